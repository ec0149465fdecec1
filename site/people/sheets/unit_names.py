"""Recognising a unit by what a sheet calls it: name, short name, alias, code, or an abbreviation, without marks.

Pure matching of words; which units there are is told by the caller. “Sở NV”, “UBND xã T.Sơn”, “P. VH-XH” are read
by these rules: a word stands for itself; one letter for a word that begins with it; several letters for the
initials of as many words (“và” may be left out); “UBND” for “Ủy ban nhân dân”.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from shared.text.fold import fold, to_nfc

_PHRASES = (
    ("uy ban nhan dan", "ubnd"),
    ("hoi dong nhan dan", "hdnd"),
    ("mat tran to quoc viet nam", "mttq"),
    ("mat tran to quoc", "mttq"),
    ("mttq viet nam", "mttq"),
    ("mttq vn", "mttq"),
    ("doan dai bieu quoc hoi", "doan dbqh"),
)
_DOTTED = re.compile(r"\b(\w{1,4})\.")
_SMALL_WORDS = frozenset({"va", "cua", "cac", "ve"})
_LEVELS = frozenset({"xa", "phuong", "tinh"})  # “Phòng VH-XH Thượng Sơn” for “… xã Thượng Sơn”
_DISTRICT = re.compile(r"\b(?:huyện|quận|thị xã|thị trấn)\b|\b(?:h|q|tx|tt)\.\s*\w", re.IGNORECASE)
_DISTRICT_FOLDED = re.compile(
    r"^(?:ubnd |hdnd |ubnd hdnd |huyen uy |quan uy |phong .* )?(?:huyen|quan|thi xa|thi tran) \w"
)


@dataclass(frozen=True)
class KnownUnit:
    """A unit as matching sees it. `names` are name, short name and aliases; `tails` what may be left out at the end
    of its name (the words of the units above it: “… xã Thượng Sơn”)."""

    pk: int
    code: str
    name: str
    names: tuple[str, ...]
    parent: int | None = None
    tails: tuple[str, ...] = ()


@dataclass
class UnitIndex:
    """All units of a scope, ready to be looked up by any of their names."""

    units: dict[int, KnownUnit] = field(default_factory=dict)
    _by_code: dict[str, int] = field(default_factory=dict)
    _by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _forms: list[tuple[tuple[str, ...], int]] = field(default_factory=list)
    _guesses: dict[tuple[str, int | None], tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Iterable[KnownUnit]) -> "UnitIndex":
        index = cls()
        for unit in units:
            index._add(unit)
        return index

    def _add(self, unit: KnownUnit) -> None:
        self.units[unit.pk] = unit
        self._by_code[unit.code.casefold()] = unit.pk
        for name in unit.names:
            key = key_of(name)
            if not key:
                continue
            forms = {key}
            for tail in unit.tails:
                if tail and key.endswith(" " + tail):
                    forms.add(key[: -len(tail) - 1])
            forms |= {form[5:] for form in forms if form.startswith("ubnd ")}
            for form in forms:
                self._by_name[form].add(unit.pk)
                self._forms.append((tuple(form.split()), unit.pk))

    def by_code(self, code: str) -> int | None:
        return self._by_code.get(to_nfc(code).casefold())

    def exactly(self, text: str) -> set[int]:
        """The units one of whose names, short names, aliases or codes this is, but for marks and punctuation."""
        code = self.by_code(text)
        return {code} if code is not None else set(self._by_name.get(key_of(text), ()))

    def guessed(self, text: str, below: int | None = None) -> tuple[int, ...]:
        """The units whose name `text` may abbreviate; only those under the unit `below`, if it is given."""
        known = (text, below)
        if known not in self._guesses:
            words = _words_of(text)
            found = {
                pk
                for form, pk in self._forms
                if (below is None or self.is_below(pk, below)) and words and abbreviates(words, form)
            }
            self._guesses[known] = tuple(sorted(found))
        return self._guesses[known]

    def is_below(self, pk: int, ancestor: int) -> bool:
        """Whether the unit stands anywhere under `ancestor`."""
        steps, above = 0, self.units[pk].parent
        while above is not None and steps < 20:
            if above == ancestor:
                return True
            above, steps = (self.units[above].parent if above in self.units else None), steps + 1
        return False

    def close_to(self, text: str) -> str:
        """The name most like a misspelt one, or ""."""
        found = get_close_matches(key_of(text), self._by_name, n=1, cutoff=0.84)
        return self.units[min(self._by_name[found[0]])].name if found else ""


def key_of(text: str) -> str:
    """A name folded, with the usual long phrases as the abbreviations everybody writes."""
    key = f" {fold(text)} "
    for phrase, short in _PHRASES:
        key = key.replace(f" {phrase} ", f" {short} ")
    return key.strip()


def is_district(text: str) -> bool:
    """Whether a name speaks of the level that was abolished on 1 July 2025 (huyện, quận, thị xã, thị trấn)."""
    plain = to_nfc(text)
    if _DISTRICT.search(plain):
        return True
    return plain.isascii() and bool(_DISTRICT_FOLDED.match(fold(plain)))


def _words_of(text: str) -> tuple[str, ...]:
    """The folded words; one that was written with a full stop keeps it: “Th.Sơn” → ("th.", "son")."""
    dotted = {fold(word) for word in _DOTTED.findall(to_nfc(text))}
    return tuple(f"{word}." if word in dotted else word for word in key_of(text).split())


def abbreviates(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether `words` are a shorter way to write `name`: every word of it is stood for, in order."""
    if not words:
        return not name
    if not name:
        return False
    word, rest = words[0], words[1:]
    if word.endswith("."):
        word = word[:-1]
        if name[0].startswith(word) and abbreviates(rest, name[1:]):
            return True
    if word == name[0] and abbreviates(rest, name[1:]):
        return True
    if len(name) > 1 and name[0] in _SMALL_WORDS | _LEVELS and abbreviates(words, name[1:]):
        return True
    if len(word) == 1:
        return name[0].startswith(word) and abbreviates(rest, name[1:])
    return _initials(word, rest, name)


def _initials(word: str, rest: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether `word` is the initials of the first words of `name` and `rest` stands for what follows."""
    letters, place = 0, 0
    while letters < len(word) and place < len(name):
        if name[place][0] == word[letters]:
            letters += 1
        elif name[place] not in _SMALL_WORDS:
            return False
        place += 1
    return letters == len(word) and place > 1 and abbreviates(rest, name[place:])
