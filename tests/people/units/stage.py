"""A small province for the tests of units, with people in it; everything illustrative."""

from datetime import date, timedelta

from people.domain import units
from people.models import Person, Posting, Unit

START = date(2025, 7, 1)
# code: (parent, number of people)
PROVINCE = {
    "T": (None, 1),
    "XA": ("T", 3),
    "XA-KT": ("XA", 2),
    "XB": ("T", 4),
    "XB-KT": ("XB", 1),
    "XC": ("T", 2),
    "DU": (None, 2),
}
BASIS = "Nghị quyết số 12/NQ-HĐND (minh họa)"


def province(start: date = START) -> dict[str, Unit]:
    """Two communes with an office each, a third commune, the Party's committee beside; people in all of them."""
    made: dict[str, Unit] = {}
    for code, (parent, people) in PROVINCE.items():
        line = "party" if code == "DU" else "state"
        kind = {None: "province", "T": "commune"}.get(parent, "division")
        made[code] = units.create_unit(
            code, f"Đơn vị {code}", parent=made.get(parent), active_from=start, line=line, kind=kind
        )
        for number in range(people):
            add_person(made[code], f"{code.lower()}{number}", start)
    return made


def add_person(unit: Unit, username: str, since: date = START, **fields) -> Person:
    person, _created = Person.objects.get_or_create(username=username, defaults={"full_name": f"Người {username}"})
    fields = {"position_title": "Chuyên viên"} | fields
    Posting.objects.create(person=person, unit=unit, valid_from=since, **fields)
    return person


def before(day: date) -> date:
    return day - timedelta(days=1)
