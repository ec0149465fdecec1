"""One canonical form for text that comes in, and one folded form for search and forgiving comparison.

Vietnamese reaches us in two encodings that look alike: composed ("ệ", one code point, NFC) and decomposed
("e" + dot below + circumflex, NFD). Spreadsheets and chat programs add non-breaking spaces and zero-width
characters. `to_nfc` removes these differences and nothing else. `fold` goes further and also forgets case,
marks and punctuation, so that "Hoà", "Hòa" and "hoa" meet.

The letter đ is not a d with a mark for Unicode (NFD leaves it whole), so it is replaced by hand.
"""

import re
import unicodedata

# Code points that draw nothing: controls other than white space, soft hyphen, grapheme joiner, Mongolian
# vowel separator, zero-width spaces and joiners, direction marks, byte-order mark; and surrogates, which
# UTF-8 refuses.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_PUNCTUATION = re.compile(r"[\W_]+")
_STROKED_D = str.maketrans("đĐ", "dD")


def to_nfc(text: str) -> str:
    """The text on one line in NFC, without invisible characters, single ordinary spaces, none at the ends.

    Every kind of white space (no-break, thin, ideographic, tab, line break) counts as a space.
    """
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


def to_nfc_lines(text: str) -> str:
    """As `to_nfc`, but line breaks stay: for texts of several paragraphs. No empty line at either end,
    never two empty lines running.
    """
    lines: list[str] = []
    for line in map(to_nfc, _LINE_BREAK.split(text)):
        if line or (lines and lines[-1]):
            lines.append(line)
    if lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def drop_marks(text: str) -> str:
    """The letters without their marks ("Đặng" → "Dang"); case, spaces and punctuation stay."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text.translate(_STROKED_D))
    bare = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFC", bare)


def fold(text: str) -> str:
    """The text as search sees it: no case, no marks, đ as d, punctuation as space, single spaces.

    Folding twice changes nothing. Text made of nothing but punctuation folds to "".
    """
    return " ".join(_PUNCTUATION.sub(" ", drop_marks(to_nfc(text).casefold())).split())
