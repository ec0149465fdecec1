"""The province's people as rows of a staff list, each cell by the key of its column."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from people.enums import EmploymentType, Gender
from people.province.persons import plan_people
from people.province.units import PlannedUnit, plan_units

_EMPLOYMENT = {
    EmploymentType.OFFICIAL: "CB",
    EmploymentType.CIVIL_SERVANT: "CC",
    EmploymentType.PUBLIC_EMPLOYEE: "VC",
    EmploymentType.CONTRACT_WORKER: "NLĐ",
}


@dataclass
class StaffRow:
    """One person as HR writes them down. `cells` holds text, numbers and days; `office` is where the person is
    posted, `agency` the department, commune or other unit whose list the row belongs to."""

    cells: dict
    office: PlannedUnit
    agency: PlannedUnit
    meant: dict = field(default_factory=dict)  # by column: what a spoiled cell should say

    @property
    def staff_number(self) -> str:
        return self.meant.get("staff_number", self.cells["staff_number"])


def staff_rows(size: str, seed: int) -> Iterator[StaffRow]:
    """Everybody of a province once, at their primary posting, in the order of the units."""
    units = plan_units(size)
    by_code = {unit.code: unit for unit in units}
    for person in plan_people(units, size, seed):
        held = person.postings[0]
        office = by_code[held.unit]
        unit = office if office.is_counted else by_code[office.parent]
        cells = {
            "staff_number": person.staff_number,
            "full_name": person.full_name,
            "birth_date": person.birth_date,
            "gender": "Nữ" if person.gender == Gender.FEMALE else "Nam",
            "national_id": person.national_id,
            "unit": unit.name,
            "division": "" if office is unit else office.aliases[0],
            "position_title": held.title,
            "job_title": held.job,
            "grade": held.grade,
            "employment_type": _EMPLOYMENT[EmploymentType(held.employment)],
            "work_email": person.work_email,
            "phone": person.phone,
            "note": "",
        }
        yield StaffRow(cells, office, _agency(unit, by_code))


def _agency(unit: PlannedUnit, by_code: dict[str, PlannedUnit]) -> PlannedUnit:
    """The unit whose HR keeps the list: schools are in that of their commune, hospitals in their department's."""
    while unit.parent and by_code[unit.parent].parent:
        unit = by_code[unit.parent]
    return unit
