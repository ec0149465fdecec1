"""Reading JSON that a stranger wrote: strict, and bounded in size and depth before it is parsed."""

import codecs
import json
import re
from array import array
from itertools import accumulate

from .limits import DEFAULT_LIMITS, MB, Limits

_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_STEPS = bytes.maketrans(b"[{]}", b"\x01\x01\xff\xff")  # one down, one up, as signed bytes
_BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNSTORABLE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


class BadJson(Exception):
    """The bytes are not JSON as it should be. `code` is that of the finding, `limit` the number it names."""

    def __init__(self, code: str, limit: int = 0):
        self.code, self.limit = code, limit
        super().__init__(code)


def parse_json(data: bytes, limits: Limits = DEFAULT_LIMITS):
    """The value in `data`, which must be UTF-8 without a byte-order mark.

    Raises BadJson with the code json-too-large, json-too-many-values, json-too-deep, json-not-utf-8 or
    unable-to-parse-package. NaN and Infinity, which Python would take, are refused as the standard wants.
    """
    if len(data) > limits.json:
        raise BadJson("json-too-large", limits.json // MB)
    bare = _STRING.sub(b"", data)
    if sum(bare.count(mark) for mark in (b"{", b"[", b",")) > limits.json_values:
        raise BadJson("json-too-many-values", limits.json_values)
    if _depth(bare) > limits.json_depth:
        raise BadJson("json-too-deep", limits.json_depth)
    if data.startswith(_BYTE_ORDER_MARKS):
        raise BadJson("json-not-utf-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadJson("json-not-utf-8") from error
    try:
        value = json.loads(text, parse_constant=_refuse, parse_int=_integer)
        return _storable(value) if _UNSTORABLE.search(data) else value
    except (ValueError, RecursionError) as error:
        raise BadJson("unable-to-parse-package") from error


def _storable(value):
    """The value without zero characters, which databases refuse; half a surrogate pair is a ValueError."""
    if isinstance(value, str):
        value.encode("utf-8")
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_storable(one) for one in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(one) for key, one in value.items()}
    return value


def _refuse(name: str):
    raise ValueError(f"{name} is not JSON")


def _integer(digits: str):
    """Numbers too long for an integer become floating-point numbers, as in JavaScript."""
    return int(digits) if len(digits) <= 19 else float(digits)


def _depth(bare: bytes) -> int:
    """How deep brackets nest at most, found before anything is parsed; `bare` is the text without its strings."""
    brackets = bare.translate(_STEPS, _NOT_BRACKETS)
    return max(accumulate(array("b", brackets)), default=0)
