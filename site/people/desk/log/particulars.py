"""What an entry of the log is about, and its particulars, in words an administrator reads without knowing the code."""

from collections.abc import Iterable
from datetime import date

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from people.enums import RowKind
from people.models import AuditEntry, DataRequest, Person, Posting, Unit
from shared.text.dates import short_date

_LONGEST = 400
_UNITS = frozenset({"unit", "units", "under", "parent", "heir", "into", "successor"})  # details that hold ids of units
_DETAILS = {  # what no model's field is called
    "units": gettext_lazy("units"),
    "names": gettext_lazy("names of units"),
    "counts": gettext_lazy("rows"),
    "outcome": gettext_lazy("outcome"),
    "effective": gettext_lazy("effective date"),
    "effective_on": gettext_lazy("effective date"),
    "added": gettext_lazy("added"),
    "removed": gettext_lazy("removed"),
    "basis": gettext_lazy("basis"),
    "reason": gettext_lazy("reason"),
    "fields": gettext_lazy("fields"),
    "course": gettext_lazy("course"),
    "path": gettext_lazy("learning path"),
    "exemplar": gettext_lazy("good example"),
    "channels": gettext_lazy("channels"),
    "scopes": gettext_lazy("covers"),
    "from": pgettext_lazy("before a change", "before"),
    "to": pgettext_lazy("after a change", "after"),
    "people": gettext_lazy("people"),
    "since": gettext_lazy("from day"),
    "until": gettext_lazy("to day"),
}
_COUNTED = {kind.value: kind.label for kind in RowKind} | {
    "total": pgettext_lazy("rows of a list", "all"),
    "warned": pgettext_lazy("rows of a list", "With notes"),
    "lost_zeros": gettext_lazy("Lost zeros"),
    "undone": pgettext_lazy("outcome of undoing", "former values put back"),
    "removed": pgettext_lazy("outcome of undoing", "accounts removed"),
    "closed": pgettext_lazy("outcome of undoing", "accounts closed"),
    "undo_changed_since": pgettext_lazy("outcome of undoing", "kept, changed since"),
    "undo_key_taken": pgettext_lazy("outcome of undoing", "kept, number or address taken"),
}
NO_VALUES: dict = {}  # the entry never had any; None: they were erased


def unit_names(entries: Iterable[AuditEntry]) -> dict[int, str]:
    """The names of all units these entries are about or speak of, by id. One query."""
    wanted = {int(entry.subject_id) for entry in entries if _is_about_unit(entry)}
    for entry in entries:
        for name, value in entry.details.items():
            if name in _UNITS:
                wanted.update(one for one in (value if isinstance(value, list) else [value]) if type(one) is int)
    return dict(Unit.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _is_about_unit(entry: AuditEntry) -> bool:
    return entry.subject_type == Unit._meta.label and str(entry.subject_id).isdecimal()


def subject_of(entry: AuditEntry, units: dict[int, str] | None = None) -> str:
    """About whom or what: the person's name, the unit's, or the kind of thing and its number."""
    if entry.about_id and entry.about:
        return entry.about.full_name
    if units and _is_about_unit(entry) and int(entry.subject_id) in units:
        return units[int(entry.subject_id)]
    try:
        label = capfirst(apps.get_model(entry.subject_type)._meta.verbose_name)
    except (LookupError, ValueError):
        label = entry.subject_type
    return f"{label} {entry.subject_id}"


def particulars(entry: AuditEntry, values: dict | None = NO_VALUES, units: dict[int, str] | None = None) -> str:
    """Old → new, then the other details. `values` are the entry's personal values: None if they were erased."""
    details = dict(entry.details)
    shown = {name: details.pop(name, None) or {} for name in ("old", "new")}
    parts = []
    if values is None:
        parts.append(_("(values erased)"))
    elif values is not NO_VALUES:
        shown = {name: values.get(name) or {} for name in ("old", "new")}
    if isinstance(shown["old"], dict) and isinstance(shown["new"], dict):
        pairs = {name: (_text(shown["old"].get(name)), _text(shown["new"].get(name))) for name in _names(shown)}
        parts += [f"{_field(name)}: {old} → {new}" for name, (old, new) in pairs.items() if old != new]
        if parts and values is not None:
            details.pop("fields", None)
    details.pop("role", None)  # is in the words of the action
    parts += [_detail(name, value, units or {}) for name, value in sorted(details.items()) if value is not None]
    return "; ".join(parts)[:_LONGEST]


def _names(shown: dict) -> list[str]:
    return sorted({*shown["old"], *shown["new"]})


def _detail(name: str, value, units: dict[int, str]) -> str:
    if name in ("counts", "outcome") and isinstance(value, dict):
        said = [f"{_COUNTED.get(key, key)} {count}" for key, count in value.items() if count]
        return f"{_field(name)}: {', '.join(said) or '–'}"
    if name in _UNITS and (isinstance(value, list) or name != "units"):  # “units” alone may be how many
        ids = value if isinstance(value, list) else [value]
        return f"{_field(name)}: {', '.join(str(units.get(one, one)) for one in ids) or '–'}"
    return f"{_field(name)}: {_text(value)}"


def _field(name: str) -> str:
    """The name of a detail as the screens call it, its own where none of these models has it."""
    if name in _DETAILS:
        return str(_DETAILS[name])
    for model in (Person, Posting, Unit, DataRequest):
        try:
            return str(model._meta.get_field(name).verbose_name)
        except (FieldDoesNotExist, AttributeError):
            continue
    return name


def _text(value) -> str:
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    if isinstance(value, dict):
        return ", ".join(f"{_field(key)} {_text(one)}" for key, one in value.items())
    return _day(str(value))


def _day(text: str) -> str:
    """An ISO day as people write it; other text as it is."""
    try:
        return short_date(date.fromisoformat(text)) if len(text) == 10 else text
    except ValueError:
        return text
