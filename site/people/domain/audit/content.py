"""What an entry says, in one exact form: the same on every database, so that its digest can be computed again."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from people.models import AuditEntry
from shared import secrecy

_PURPOSE = "log of changes"
_SECRET_WORDS = ("password", "secret", "token", "national_id", "recovery", "otp", "code_hash")
HIDDEN = "•••"


def digest_of(entry: AuditEntry) -> str:
    """HMAC-SHA256 over everything the entry says. Who can write to the database but lacks the site's key can
    neither change an entry nor make one up."""
    said = [
        str(entry.uid),
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.address,
        entry.action,
        entry.subject_type,
        entry.subject_id,
        entry.about_id,
        entry.details,
        entry.personal,
    ]
    return secrecy.keyed_hash(secrecy.derive(_PURPOSE), _exact(said))


def seal_of(*parts) -> str:
    """HMAC-SHA256 over the parts of a link, the head or a checkpoint."""
    return secrecy.keyed_hash(secrecy.derive(f"{_PURPOSE}: chain"), _exact(parts))


def plain(value):
    """A value as the log keeps it: texts, whole numbers, truth values, nothing, and lists and dictionaries of
    these. Days, moments, decimals and choices become texts; floats too, as databases write them differently."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, float | Decimal | UUID):
        return str(value)
    if hasattr(value, "_meta"):  # a row: its id is enough
        return plain(value.pk)
    return str(value).replace("\x00", "")


def without_secrets(values: dict) -> dict:
    """The values, those of secrets replaced by a mark that says only that there was one."""
    return {
        name: without_secrets(value) if isinstance(value, dict) else HIDDEN if _is_secret(name) and value else value
        for name, value in values.items()
    }


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in _SECRET_WORDS)


def _exact(parts) -> str:
    return json.dumps(list(parts), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
