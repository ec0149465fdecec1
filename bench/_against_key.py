"""Holds what an import found against the key of planted faults."""

from collections import Counter

from people.enums import RowKind
from people.province.workbooks.faults import ASKED, DOUBTFUL, REFUSED, WARNED
from people.province.workbooks.planting import Planted

_IMPORTED = (RowKind.CREATE, RowKind.CHANGE, RowKind.MOVE, RowKind.UNCHANGED)


def compare(people_import, planted: list[Planted], *, on_record: bool = False) -> dict:
    """Faults found as the key says, those missed, and rows without a fault that were not simply taken over.

    Rows that take part in a fault of two rows may be refused or asked about with it. `on_record`: the people were
    there before.
    """
    rows = {
        (sheet, number): (kind, warned, problems)
        for sheet, number, kind, warned, problems in people_import.rows.values_list(
            "sheet", "number", "kind", "is_warned", "problems"
        )
    }
    missed, found = [], Counter()
    touched = set()
    for one in planted:
        touched.add((one.sheet, one.number))
        touched.update((one.sheet, other) for other in one.others)
        said = rows.get((one.sheet, one.number))
        expected = (on_record and one.fault.on_record) or one.fault.expected
        if said and _as_expected(expected, *said):
            found[expected] += 1
        else:
            missed.append(f"{one.sheet} {one.cell} {one.fault.code}: {expected}, not {said}")
    wronged = [
        f"{sheet} row {number}: {kind} {problems}"
        for (sheet, number), (kind, _warned, problems) in rows.items()
        if (sheet, number) not in touched and kind not in _IMPORTED
    ]
    return {
        "planted": len(planted),
        "as_expected": dict(found),
        "missed": len(missed),
        "clean_rows_refused": len(wronged),
        "kinds": dict(Counter(kind for kind, _warned, _problems in rows.values())),
        "examples": missed[:20] + wronged[:20],
    }


def wrong_values(planted: list[Planted]) -> list[str]:
    """Rows that were to be taken over, and whose record does not say what the key says."""
    from people.models import Person
    from people.national_id import keyed_hash

    records = {person.staff_number: person for person in Person.objects.exclude(staff_number=None)}
    read = {
        "full_name": lambda person, _meant: person.full_name,
        "birth_date": lambda person, _meant: f"{person.birth_date:%d/%m/%Y}" if person.birth_date else "",
        "gender": lambda person, _meant: {"female": "Nữ", "male": "Nam", "": ""}[person.gender],
        "work_email": lambda person, _meant: person.work_email,
        "phone": lambda person, _meant: person.phone,
        "national_id": lambda person, meant: meant if person.national_id_hash == keyed_hash(meant) else "another",
    }
    wrong = []
    for one in planted:
        fault = one.as_dict()
        if fault["taken_as"] is None or fault["column"] not in read:
            continue
        person = records.get(fault["staff_number"])
        said = read[fault["column"]](person, fault["taken_as"]) if person else None
        if said != fault["taken_as"]:
            wrong.append(f"{fault['cell']} {fault['code']}: {said!r} instead of {fault['taken_as']!r}")
    return wrong


def _as_expected(expected: str, kind: str, warned: bool, problems: list) -> bool:
    if expected in (REFUSED, ASKED):
        return kind == RowKind.REFUSED and bool(problems)
    if expected == DOUBTFUL:
        return kind == RowKind.DOUBTFUL
    return kind in _IMPORTED and (expected != WARNED or warned)
