"""Regular expressions written by libraries: used where Python can be sure to finish with them."""

import re
import warnings
from functools import lru_cache
from re import _constants as constants  # what a compiled pattern is made of
from re import _parser as parser

LONGEST_TEXT = 20_000
_LONGEST_PATTERN = 2_000
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "u": 0, "g": 0}
_REPEATS = {constants.MAX_REPEAT, constants.MIN_REPEAT}


def matches(pattern: str, modifiers: str, text: str) -> bool | None:
    """Whether the expression is found in the text; None if it is not valid here, could take for ever, or the text
    is too long."""
    compiled = _compiled(pattern, modifiers)
    return compiled.search(text) is not None if compiled is not None and len(text) <= LONGEST_TEXT else None


@lru_cache(maxsize=256)
def _compiled(pattern: str, modifiers: str) -> re.Pattern | None:
    if len(pattern) > _LONGEST_PATTERN:
        return None
    flags = 0
    for letter in modifiers:
        flags |= _FLAGS.get(letter, 0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if not _finishes(parser.parse(pattern, flags), inside=False):
                return None
            return re.compile(pattern, flags)
    except (re.error, OverflowError, RecursionError):
        return None


def _finishes(parts, *, inside: bool) -> bool:
    """False for a repetition inside a repetition: such expressions can take exponential time."""
    for operation, argument in parts:
        if operation in _REPEATS:
            many = argument[1] > 1
            if (many and inside and argument[1] > 30) or not _finishes(argument[2], inside=inside or argument[1] > 30):
                return False
        elif operation is constants.SUBPATTERN:
            if not _finishes(argument[3], inside=inside):
                return False
        elif operation is constants.BRANCH:
            if inside or not all(_finishes(branch, inside=inside) for branch in argument[1]):
                return False
        elif operation in {constants.ASSERT, constants.ASSERT_NOT}:
            if not _finishes(argument[1], inside=inside):
                return False
        elif operation is constants.GROUPREF:
            return False
    return True
