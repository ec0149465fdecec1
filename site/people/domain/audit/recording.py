"""Writing entries. Call `record` inside the change's transaction: both are written, or neither."""

import json

from people.domain.audit.content import digest_of, plain, without_secrets
from people.domain.audit.origin import address
from people.domain.privacy import keys
from people.models import AuditEntry, Person

_THE_SUBJECT = object()


def record(actor, action: str, subject, /, *, about=_THE_SUBJECT, old=None, new=None, **details) -> AuditEntry:
    """Appends an entry. `actor` is a Person or None (the system); `subject` is the row that was changed.

    `details` hold ids and states, never secrets and nothing about a private person: they can be read as long as
    the entry exists. `old` and `new` are the changed values by field name. If the entry is `about` a person (the
    subject itself, if it is one), they are encrypted with that person's key and become unreadable when the
    person's data are erased; otherwise they join the details. Values of secrets (passwords, codes, national IDs)
    are replaced by a mark in either case.
    """
    if about is _THE_SUBJECT:
        about = subject if isinstance(subject, Person) else None
    entry = AuditEntry(
        actor=actor if actor is not None and actor.pk else None,
        address=address(),
        action=action,
        subject_type=subject._meta.label,
        subject_id=str(subject.pk),
        about=about,
    )
    values = {name: without_secrets(plain(given)) for name, given in (("old", old), ("new", new)) if given}
    shown = plain(details)
    if values and about is not None:
        entry.personal = _encrypted(about, values, entry)
        shown.setdefault("fields", sorted({field for given in values.values() for field in given}))
    else:
        shown |= values
    entry.details = without_secrets(shown)
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    return entry


def record_view(actor: Person, person: Person, what: str, **details) -> AuditEntry | None:
    """Appends that `actor` looked at another person's results; looking at one's own is nobody's business.

    `what` names the screen or file, such as "training_record".
    """
    if actor.pk == person.pk:
        return None
    return record(actor, f"viewed.{what}", person, **details)


def _encrypted(about: Person, values: dict, entry: AuditEntry) -> str:
    """The values as a token only `reading.personal_values` opens; "" once the person's key is destroyed."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return keys.encrypt_for(about, text, place=place_of(entry))


def place_of(entry: AuditEntry) -> str:
    """What binds an encrypted text to its entry."""
    return f"log entry {entry.uid}"
