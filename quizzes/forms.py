"""What the pages of an attempt post: plain forms with one or several questions, and the script's changes in JSON."""

import json
from dataclasses import dataclass

from quizzes.domain.saving import HIGHEST_SEQUENCE

MOST_CHANGES = 300  # more slots than any paper has
_KEY_LENGTH = 36


class UnreadableChanges(ValueError):
    """A body that the page's script does not send."""


@dataclass(frozen=True)
class PostedChange:
    """One change as it came: `fields` are the form fields of that question, lists of texts by name.

    `left`: the page was turned for good with this change (where pages can only be turned forward).
    """

    slot: int
    sequence: int
    key: str
    fields: dict[str, list[str]]
    left: bool = False


class FormPart:
    """The fields of one question in a form with several: their names begin with the slot's prefix."""

    def __init__(self, data, prefix: str):
        self.data, self.prefix = data, prefix

    def getlist(self, field: str) -> list[str]:
        return self.data.getlist(self.prefix + field)


def prefix_of(slot: int) -> str:
    """What the names of a slot's fields begin with on a page of several questions."""
    return f"q{slot}-"


def posted_changes(body: bytes) -> list[PostedChange]:
    """Reads {"changes": [{"slot", "sequence", "key", "fields"}, …]}. Raises UnreadableChanges."""
    try:
        changes = json.loads(body)["changes"]
    except (ValueError, KeyError, TypeError) as problem:
        raise UnreadableChanges from problem
    if not isinstance(changes, list) or not 1 <= len(changes) <= MOST_CHANGES:
        raise UnreadableChanges
    read = [_posted_change(change) for change in changes]
    if len({change.slot for change in read}) < len(read):  # which of two would be the newer?
        raise UnreadableChanges
    return read


def _posted_change(change) -> PostedChange:
    match change:
        case {"slot": int(slot), "sequence": int(sequence), "key": str(key), "fields": dict(fields)}:
            if slot >= 0 and 0 < sequence <= HIGHEST_SEQUENCE and 0 < len(key) <= _KEY_LENGTH and "\0" not in key:
                return PostedChange(slot, sequence, key, fields, change.get("left") is True)
    raise UnreadableChanges
