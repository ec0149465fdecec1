"""Reading what a form posted: a mapping of names to lists, Django's QueryDict or a plain dict of lists."""

from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.kinds.errors import AnswerError, gettext_noop
from shared.text.fold import to_nfc

MAX_ANSWER = 500  # characters of one typed answer
_MAX_RAW = 4 * MAX_ANSWER  # before normalising, which shortens, but is slow for long runs of marks

_TOO_LONG = gettext_noop("The answer is longer than %(limit)s characters. Please shorten it.")
_SEVERAL = gettext_noop("Only one value can be given here, but %(count)s came. Please answer again.")
_UNREADABLE = gettext_noop("The answer could not be read. Please reload the page and answer again.")


def posted(data: Mapping[str, Any], field: str, limit: int = MAX_ANSWER) -> Sequence[str]:
    """All values posted under the name. Raises AnswerError for what is no text or longer than `limit`."""
    values = data.getlist(field) if hasattr(data, "getlist") else data.get(field) or ()
    if isinstance(values, str):
        values = (values,)
    elif not isinstance(values, list | tuple):
        raise AnswerError(field, _UNREADABLE)
    for value in values:
        if not isinstance(value, str):
            raise AnswerError(field, _UNREADABLE)
        if len(value) > limit:
            raise AnswerError(field, _TOO_LONG, {"limit": MAX_ANSWER})
    return values


def posted_one(data: Mapping[str, Any], field: str, limit: int = MAX_ANSWER) -> str:
    """The single value posted under the name, or "". Raises AnswerError if there are several."""
    values = posted(data, field, limit)
    if len(values) > 1:
        raise AnswerError(field, _SEVERAL, {"count": len(values)})
    return values[0] if values else ""


def posted_text(data: Mapping[str, Any], field: str) -> str:
    """The single text typed into the field, normalised, or "". Raises AnswerError if it is too long."""
    text = to_nfc(posted_one(data, field, _MAX_RAW))
    if len(text) > MAX_ANSWER:
        raise AnswerError(field, _TOO_LONG, {"limit": MAX_ANSWER})
    return text
