"""Tables as text: which encoding, which separator, and the rows."""

import codecs
import csv
import re
from collections import Counter
from io import StringIO

from people.sheets.refusal import FileRefused

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATORS = ";,\t|"
_LINES_LOOKED_AT = 60
_LOOKED_AT = 20_000  # characters in which the separator is looked for
_SAID_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_GUARDED = re.compile(r"'(?=[\s\u00a0]*[=+\-@\t\r\n＝＋－＠])")


def decode(content: bytes) -> str:
    """The text: UTF-8 or UTF-16 with or without a byte-order mark, or else Windows-1258. Raises FileRefused."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode(content, encoding)
    if wide := _wide_without_mark(content):
        return _decode(content, wide)
    if b"\0" in content:
        raise FileRefused("file_kind")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(content, "cp1258")


def _decode(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise FileRefused("file_encoding") from fault
    if "\0" in text:
        raise FileRefused("file_kind")
    return text


def _wide_without_mark(content: bytes) -> str:
    """UTF-16 is known by its zero bytes: commas, digits and plain letters have one each."""
    sample = content[:4000]
    if not sample.count(0) or sample.count(0) < len(sample) // 5:
        return ""
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if min(odd, even) * 10 > max(odd, even):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def rows(text: str) -> list[list[str]]:
    """The table's rows; line breaks inside quotes stay in their cell. Raises FileRefused for a quotation mark that is
    never closed: it would swallow the rows below it."""
    separator, text = _separator(text)
    found, line = [], 1
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            line = reader.line_num + 1
            found.append([_GUARDED.sub("", cell, count=1) if cell[:1] == "'" else cell for cell in cells])
    except csv.Error as fault:
        raise FileRefused("quote_open", line=line) from fault
    return found


def _separator(text: str) -> tuple[str, str]:
    """The separator most lines agree on, or the one Excel's first line “sep=;” names; and the text without it."""
    if said := _SAID_SEPARATOR.match(text):
        return said[1], text[said.end() :]
    lines = _QUOTED.sub("", text[:_LOOKED_AT]).splitlines()[:_LINES_LOOKED_AT]

    def agreement(separator: str) -> tuple[int, int]:
        counts = Counter(line.count(separator) for line in lines if separator in line)
        if not counts:
            return 0, 0
        number, lines_agreeing = max(counts.items(), key=lambda pair: (pair[1] * pair[0], pair[0]))
        return lines_agreeing * number, number

    return max(_SEPARATORS, key=agreement), text
