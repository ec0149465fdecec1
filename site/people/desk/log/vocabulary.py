"""Which details of the log are numbers of rows, and which are codes with words. Every room tells its own.

Names are looked up when the log is read: what was renamed or erased since stands there as it is called now.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from people.models import AuditEntry, Person, Unit


@dataclass
class Names:
    """The names of the rows a number of entries speak of, by table and number."""

    found: dict[str, dict[int, str]] = field(default_factory=dict)

    def of(self, model: str, number) -> str:
        """The row's name, or its number where there is no such row any more."""
        return str(self.found.get(model, {}).get(_number(number)) or number)


@dataclass(frozen=True)
class _Rows:
    model: type
    title: str


_rows_of_details: dict[str, _Rows] = {}
_rows_of_subjects: dict[str, _Rows] = {}
_codes: dict[tuple[str, str], Mapping[str, object]] = {}


def rows(model, title: str, *details: str, as_subject: bool = True) -> None:
    """For a room's `wagtail_hooks`: these details hold numbers of rows of `model`, called by the field `title`."""
    told = _Rows(model, title)
    _rows_of_details.update(dict.fromkeys(details, told))
    if as_subject:
        _rows_of_subjects[model._meta.label] = told


def codes(detail: str, words: Mapping[str, object], *, action: str = "") -> None:
    """For a room's `wagtail_hooks`: this detail holds codes; `words` says them. Only of one action, if given."""
    _codes[action, detail] = words


def names_in(entries: Iterable[AuditEntry]) -> Names:
    """The names of all rows these entries are about or speak of. One query a table."""
    wanted: dict[_Rows, set[int]] = defaultdict(set)
    for entry in entries:
        _note(wanted, _rows_of_subjects.get(entry.subject_type), entry.subject_id)
        for name, value in entry.details.items():
            for one in value if isinstance(value, list) else [value]:
                _note(wanted, _rows_of_details.get(name), one)
    names = Names()
    for told, numbers in wanted.items():
        known = told.model._base_manager.filter(pk__in=numbers).values_list("pk", told.title)
        names.found.setdefault(told.model._meta.label, {}).update(known)
    return names


def _note(wanted, told: _Rows | None, value) -> None:
    if told is not None and (number := _number(value)) is not None:
        wanted[told].add(number)


def _number(value) -> int | None:
    """A row's number; what counts something (`units: 3`) is not told apart here, only looked up in vain."""
    if isinstance(value, bool) or not str(value).isdecimal():
        return None
    return int(value)


def table_of(detail: str, value) -> str:
    """The table a detail's numbers belong to; "" if they are no numbers of rows. A plural alone is a count."""
    told = _rows_of_details.get(detail)
    if told is None or (detail in COUNTED_ALONE and not isinstance(value, list)):
        return ""
    return told.model._meta.label


def word_for(entry: AuditEntry, detail: str, code: str):
    """What a code means in this entry; None if it is no code."""
    words = _codes.get((entry.action, detail)) or _codes.get(("", detail)) or {}
    return words.get(code)


COUNTED_ALONE = frozenset({"units"})  # “units” alone may be how many

rows(Unit, "name", "unit", "units", "under", "parent", "heir", "into", "successor")
rows(Person, "full_name", "person", as_subject=False)
