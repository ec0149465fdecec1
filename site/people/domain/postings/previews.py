"""What a verb would do, without doing it: the verb itself runs and is rolled back, so both always agree."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction

from people.models import Person, Posting

_COMPARED = tuple(
    column.attname for column in Posting._meta.concrete_fields if column.name not in {"id", "person", "follows"}
)


@dataclass(frozen=True)
class Preview:
    """Rows of the person's postings that a verb would begin, take away, or change (as they are, as they would be).

    `before` and `after` are all rows, without the verb and with it.
    """

    before: list[Posting] = field(default_factory=list)
    after: list[Posting] = field(default_factory=list)
    begun: list[Posting] = field(default_factory=list)
    changed: list[tuple[Posting, Posting]] = field(default_factory=list)
    gone: list[Posting] = field(default_factory=list)


class _RollBack(Exception):
    """Ends the rehearsal."""


def preview(person: Person, verb: Callable[[], object]) -> Preview:
    """Runs `verb` (no arguments: bind them first) for this person and takes it all back. Raises what it raises."""
    before = _rows(person)
    after = before
    try:
        with transaction.atomic():
            verb()
            after = _rows(person)
            raise _RollBack
    except _RollBack:
        pass
    return difference(before, after)


def difference(before: dict[int, Posting], after: dict[int, Posting]) -> Preview:
    """What lies between two states of a person's postings."""
    return Preview(
        before=list(before.values()),
        after=list(after.values()),
        begun=[row for pk, row in after.items() if pk not in before],
        changed=[(before[pk], row) for pk, row in after.items() if pk in before and differing(before[pk], row)],
        gone=[row for pk, row in before.items() if pk not in after],
    )


def _rows(person: Person) -> dict[int, Posting]:
    rows = Posting.objects.filter(person=person).select_related("unit").order_by("valid_from", "pk")
    return {row.pk: row for row in rows}


def differing(one: Posting, other: Posting) -> set[str]:
    """The names of what is not the same in two states of one row."""
    return {name for name in _COMPARED if getattr(one, name) != getattr(other, name)}
