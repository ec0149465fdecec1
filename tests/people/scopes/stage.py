"""A province in which every way of being in or out of somebody's scope occurs once; all names are made up."""

from datetime import timedelta

from django.utils import timezone

from people.domain.units import create_unit, move_unit
from people.enums import Role
from people.models import Person, Posting, RoleGrant, Unit


def day(offset: int):
    return timezone.localdate() + timedelta(days=offset)


def set_up() -> None:
    """Beside the cast: units that moved and closed, people who come, left, serve twice, hold roles for a time."""
    north, south = Unit.objects.get(code="LG-TS"), Unit.objects.get(code="LG-KL")
    moved = create_unit("LG-DI", "Trạm chuyển đi", parent=north, active_from=day(-500))
    move_unit(moved, south, day(-100))
    closed = create_unit("LG-DONG", "Tổ đã giải thể", parent=north, active_from=day(-500))
    people = {
        "serves": [(north, -300, None, True)],
        "comes": [(north, 30, None, True)],
        "left": [(north, -300, -30, True)],
        "left-then-south": [(north, -300, -30, True), (south, -30, None, True)],
        "goes-south": [(north, -300, 30, True), (south, 30, None, True)],
        "serves-both": [(north, -300, None, True), (south, -200, None, False)],
        "left-before-the-move": [(moved, -300, -200, True)],
        "left-after-the-move": [(moved, -90, -20, True)],
        "serves-in-the-moved": [(moved, -300, None, True)],
        "left-with-the-closing": [(closed, -300, -10, True)],
        "never-posted": [],
        "restricted": [(north, -300, None, True)],
        "superuser": [(north, -300, None, True)],
        "with-a-role": [(north, -300, None, True)],
        "with-a-role-to-come": [(north, -300, None, True)],
        "with-a-role-that-ended": [(north, -300, None, True)],
        "heads-south": [(north, -300, None, True)],
    }
    for number, (name, postings) in enumerate(people.items()):
        person = Person.objects.create(username=name, full_name=f"Minh Họa {number}", password="!")
        for unit, since, until, primary in postings:
            Posting.objects.create(
                person=person,
                unit=unit,
                position_title=f"Chức vụ {since}",
                valid_from=day(since),
                valid_to=None if until is None else day(until),
                is_primary=primary,
            )
    Person.objects.filter(username="restricted").update(restricted_at=timezone.now())
    Person.objects.filter(username="superuser").update(is_superuser=True, is_staff=True)
    Unit.objects.filter(pk=south.pk).update(head=Person.objects.get(username="heads-south"))
    _close(closed)
    grant("with-a-role", Role.HR_OFFICER, north)
    grant("with-a-role-to-come", Role.HR_OFFICER, north, valid_from=day(5))
    grant("with-a-role-that-ended", Role.HR_OFFICER, north, valid_from=day(-50), valid_to=day(0))
    for number, role in enumerate((Role.SIGNATORY, Role.CLERK, Role.REVIEWER, Role.H5P_LIBRARY_MANAGER)):
        grant(list(people)[number], role, south if number % 2 else north)
    Unit.objects.filter(pk=north.pk).update(keeps_national_ids=True)


def grant(name: str, role: Role, unit: Unit, **days) -> None:
    RoleGrant.objects.create(person=Person.objects.get(username=name), role=role, unit=unit, **days)


def _close(unit: Unit) -> None:
    """As closing leaves it: the unit and its place in the tree end on the day."""
    Unit.objects.filter(pk=unit.pk).update(active_to=day(-10))
    unit.placements.update(valid_to=day(-10))
    unit.closure_above.update(valid_to=day(-10))
