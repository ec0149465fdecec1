"""What an entry of the log is about, and its particulars, in words an administrator reads without knowing the code."""

from datetime import date

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from people.desk.log import vocabulary
from people.desk.log.vocabulary import Names
from people.enums import RowKind
from people.models import AuditEntry, DataRequest, Person, Posting, Unit
from shared.text.dates import short_date

_LONGEST = 400
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
    "quiz": gettext_lazy("quiz"),
    "exemplar": gettext_lazy("good example"),
    "exemplars": gettext_lazy("good examples"),
    "story": gettext_lazy("story"),
    "stories": gettext_lazy("stories"),
    "photograph": gettext_lazy("photograph"),
    "nomination": gettext_lazy("nomination"),
    "decision": gettext_lazy("decision"),
    "answer": gettext_lazy("answer"),
    "purpose": gettext_lazy("purpose"),
    "value": gettext_lazy("vote"),
    "revision": gettext_lazy("version"),
    "files": gettext_lazy("files"),
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


def subject_of(entry: AuditEntry, names: Names) -> str:
    """About whom or what: the person's name, the unit's, or the kind of thing with its name or number."""
    if entry.about_id and entry.about:
        return entry.about.full_name
    name = names.of(entry.subject_type, entry.subject_id)
    if entry.subject_type == Unit._meta.label and name != entry.subject_id:
        return name
    try:
        label = capfirst(apps.get_model(entry.subject_type)._meta.verbose_name)
    except (LookupError, ValueError):
        label = entry.subject_type
    return f"{label} {name}"


def particulars(entry: AuditEntry, values: dict | None, names: Names) -> str:
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
    parts += [_detail(entry, name, value, names) for name, value in sorted(details.items()) if value is not None]
    return "; ".join(parts)[:_LONGEST]


def _names(shown: dict) -> list[str]:
    return sorted({*shown["old"], *shown["new"]})


def _detail(entry: AuditEntry, name: str, value, names: Names) -> str:
    if name in ("counts", "outcome") and isinstance(value, dict):
        said = [f"{_COUNTED.get(key, key)} {count}" for key, count in value.items() if count]
        return f"{_field(name)}: {', '.join(said) or '–'}"
    several = value if isinstance(value, list) else [value]
    if table := vocabulary.table_of(name, value):
        return f"{_field(name)}: {', '.join(names.of(table, one) for one in several) or '–'}"
    said = [vocabulary.word_for(entry, name, one) or _text(one) for one in several if not isinstance(one, dict)]
    return f"{_field(name)}: {', '.join(map(str, said)) or _text(value)}"


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
