"""Vietnamese personal names: their parts, their order in a list, their initials.

A name is written family, middle, given ("Nguyễn Thị Ánh") and people are listed by given name, then family
name, then middle name. No plain string sort does that, and a database can only if it was built with ICU; so
each person carries a key made here.

Order of letters and tones: a ă â b c d đ e ê … o ô ơ … u ư … y (f j w z at their Latin places) and, as a
lesser difference, no tone, huyền, hỏi, ngã, sắc, nặng. Source: Unicode CLDR, collation rules of locale `vi`,
which read `&̀<<̉<<̃<<́<<̣ &a<ă<<<Ă<â<<<Â &d<đ<<<Đ &e<ê<<<Ê &o<ô<<<Ô<ơ<<<Ơ &u<ư<<<Ư` (as shipped in ICU 72).
One difference on purpose: CLDR weighs a tone where it stands, so that "Hoá" comes before "Hòa"; here the
tone belongs to the whole syllable, so that both spellings of one syllable (hoà, hòa) are equal.

The middle name is everything between the first and the last word, also where the first two words are one
family name ("Tôn Thất Tùng"): records do not say so, and the order by given name does not depend on it.
Names of peoples who put the family name last are read the same way, since staff lists sort them by the last
word too.
"""

import unicodedata

from shared.text.fold import to_nfc

# Codes of the key. It is read from left to right as a row of codes, and at each place the possible codes are
# ordered as wanted: end of the letters < next word < digit < letter. The key uses only 0-9 and a-z, so C,
# NOCASE and the usual language collations agree on it.
_END_OF_LETTERS = "0"
_NEXT_WORD = "1"
_DIGIT = "2"
_OTHER_LETTER = "z1"  # then six hexadecimal digits: letters of other scripts come after z

_PLAIN, _BREVE, _CIRCUMFLEX, _HORN = "", "\u0306", "\u0302", "\u031b"
_LETTER_CODES = {(letter, _PLAIN): letter for letter in "bcfghijklmnpqrstvwxy"} | {
    ("a", _PLAIN): "a0",
    ("a", _BREVE): "a1",
    ("a", _CIRCUMFLEX): "a2",
    ("d", _PLAIN): "d0",
    ("đ", _PLAIN): "d1",
    ("e", _PLAIN): "e0",
    ("e", _CIRCUMFLEX): "e1",
    ("o", _PLAIN): "o0",
    ("o", _CIRCUMFLEX): "o1",
    ("o", _HORN): "o2",
    ("u", _PLAIN): "u0",
    ("u", _HORN): "u1",
    ("z", _PLAIN): "z0",
}
_NO_TONE = "1"
_TONE_CODES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}


def split_name(full_name: str) -> tuple[str, str, str]:
    """(family, middle, given) in NFC. One word is a given name alone; two words have no middle name."""
    words = to_nfc(full_name).split()
    if not words:
        return "", "", ""
    if len(words) == 1:
        return "", "", words[0]
    return words[0], " ".join(words[1:-1]), words[-1]


def sort_key(full_name: str) -> str:
    """A key whose plain byte order is the Vietnamese order of names: given, then family, then middle.

    Within each part the letters of all its words are compared first and the tones only if these are equal.
    Case makes no difference. "Nguyễn Văn Ánh" → "a0nh05ngu0ye1n04va1n01".
    """
    family, middle, given = split_name(full_name)
    return _part_key(given) + _part_key(family) + _part_key(middle)


def text_key(text: str) -> str:
    """As `sort_key`, for names of things (units, courses): word by word from the first word on."""
    return _part_key(to_nfc(text))


def initials(full_name: str) -> str:
    """Two capitals for an avatar: of the word before the given name and of the given name.

    Letters keep what makes them letters of the alphabet (Đ, Ê, Ơ) and lose the tone: "Lê Thị Ánh" → "TA".
    A single word gives one letter.
    """
    letters = (_initial(word) for word in to_nfc(full_name).split())
    return "".join([letter for letter in letters if letter][-2:])


def _part_key(part: str) -> str:
    words = [_word_codes(word) for word in _syllables(part)]
    letters = _NEXT_WORD.join(codes for codes, _ in words)
    tones = "".join(tone for _, tone in words)
    return letters + _END_OF_LETTERS + tones


def _syllables(part: str) -> list[str]:
    """The words of a part of a name; hyphens and apostrophes separate as well ("K'Brể", "Y-Ngông")."""
    spaced = (char if char.isalnum() or unicodedata.combining(char) else " " for char in part.casefold())
    return "".join(spaced).split()


def _word_codes(word: str) -> tuple[str, str]:
    """The codes of the letters of one word, and the code of its (first) tone."""
    codes: list[str] = []
    tone = _NO_TONE
    base = ""
    for char in unicodedata.normalize("NFD", word):
        if not unicodedata.combining(char):
            codes.append(_letter_code(char))
            base = char
        elif (base, char) in _LETTER_CODES:
            codes[-1] = _LETTER_CODES[base, char]
        elif tone == _NO_TONE:
            tone = _TONE_CODES.get(char, _NO_TONE)
    return "".join(codes), tone


def _letter_code(char: str) -> str:
    code = _LETTER_CODES.get((char, _PLAIN))
    if code:
        return code
    if char.isascii() and char.isdigit():
        return _DIGIT + char
    return f"{_OTHER_LETTER}{ord(char):06x}"


def _initial(word: str) -> str:
    """The first letter of a word as a capital without its tone, or "" if the word has no letter or digit."""
    for char in word:
        if char.isalnum():
            toneless = "".join(mark for mark in unicodedata.normalize("NFD", char) if mark not in _TONE_CODES)
            return unicodedata.normalize("NFC", toneless).upper()[:1]
    return ""
