"""Where in a long list a page begins: behind or before a row the reader has just seen, or at the end.

To skip the first thousand rows costs as much as to read them. The links between pages therefore name the row they go on
from, so that each page costs what the first one does. A page without a place is found by counting.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict

_ORDER = ("person__sort_key", "person_id", "course_ref")
_BACKWARDS = tuple(f"-{name}" for name in _ORDER)


@dataclass(frozen=True)
class Place:
    """`row` is a person and a course, by their ids; `is_end`: the last page, read from behind."""

    row: tuple[int, int] | None = None
    is_before: bool = False
    is_end: bool = False

    def cut(self, duties: QuerySet, within: QuerySet, first: int, last: int, count: int) -> list[int]:
        """The obligations of the rows `first` to `last` of `count`, in their order.

        The place is looked up `within` the postings that may be listed: the list must not tell where in the alphabet
        somebody else would stand. A place that is not found there is left out.
        """
        found = duties.values_list("duty_ref", flat=True)
        if self.is_end:
            return list(found.order_by(*_BACKWARDS)[: max(min(last, count) - first, 0)])[::-1]
        key = within.filter(person=self.row[0]).values_list("person__sort_key", flat=True).first() if self.row else None
        if key is None:
            return list(found.order_by(*_ORDER)[first:last])
        beyond = found.filter(_beyond(key, *self.row, "lt" if self.is_before else "gt"))
        if self.is_before:
            return list(beyond.order_by(*_BACKWARDS)[: last - first])[::-1]
        return list(beyond.order_by(*_ORDER)[: last - first])


def _beyond(key: str, person: int, course: int, side: str) -> Q:
    """Rows on one side of a row in the order of the list; the first condition lets an index find where to begin."""
    same_name = Q(person__sort_key=key)
    same_person = same_name & Q(person_id=person, **{f"course_ref__{side}": course})
    further = Q(**{f"person__sort_key__{side}": key}) | same_name & Q(**{f"person_id__{side}": person}) | same_person
    return Q(**{f"person__sort_key__{side}e": key}) & further


def read_place(sent: QueryDict) -> Place | None:
    """The place an address names; nonsense is none."""
    if sent.get("cuoi") == "1":
        return Place(is_end=True)
    for name, is_before in (("sau", False), ("truoc", True)):
        parts = sent.get(name, "").split("-")
        if len(parts) == 2 and all(part.isascii() and part.isdecimal() and len(part) < 18 for part in parts):
            return Place((int(parts[0]), int(parts[1])), is_before)
    return None
