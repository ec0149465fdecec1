"""Below the heading: which rows are people, and which are sections, sums, repeated headings or signatures."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from people.sheets.cells import as_text
from people.sheets.cells.text import folded
from people.sheets.header import Header
from people.sheets.limits import MAX_ROWS
from people.sheets.refusal import FileRefused
from people.sheets.workbook import Sheet
from shared.text.fold import to_nfc

BLANK, REPEATED_HEADING, NUMBERING, SECTION, SUM, SIGNATURE = (
    "blank", "repeated_heading", "numbering", "section", "sum", "signature"
)  # fmt: skip

_ENUMERATOR = re.compile(r"^\s*(?:[IVXLC]+|[A-ZĐ]|\d{1,3}(?:\.\d{1,2})*)\s*[.)/:\-–]+\s*(?=\S)")
_COUNT = re.compile(r"\s*[(:\-–]?\s*\d+\s*(?:người|đồng chí|đ/c|CBCCVC|cán bộ|biên chế)\s*\)?\s*$", re.IGNORECASE)
_ROMAN_OR_LETTER = re.compile(r"[IVXLC]+|[A-ZĐ]")
_SUM = re.compile(
    r"(?:tong(?: cong| so| toan)?|cong|cong don|tong hop|total)(?: \d.*| nguoi.*| cong.*| so.*| toan.*| chung.*)?"
)
_SIGNATURE = re.compile(
    r"(?:nguoi lap(?: bieu| danh sach| bang)?|lap bieu|lap bang|thu truong|thu truong (?:don vi|co quan)|nguoi ky|ky ten"  # noqa: E501
    r"|ky ghi ro ho ten|ky va ghi ro ho ten|ky ten dong dau|noi nhan|xac nhan cua.*|tm .*|kt .*|tl .*|tuq .*|luu vt.*"
    r"|nguoi tong hop|can bo tong hop|danh sach (?:nay )?(?:co|gom) .*|an dinh danh sach.*|ghi chu|nguoi kiem tra|da ky"
    r"|phu trach bo phan to chuc.*)"
)
_PLACE_AND_DAY = re.compile(r"^.{0,40}\bngay\b.{0,12}\bthang\b.{0,10}\bnam\b.{0,8}$")
_UNIT_WORDS = re.compile(
    r"^(?:phong|ban|van phong|trung tam|khoi|to|bo phan|dang uy|ubnd|uy ban|so|truong|tram|chi cuc|hoi|doan|cong doan"
    r"|mat tran|mttq|thuong truc|lanh dao|hdnd|benh vien|khoa|doi|hat|thanh tra|xa|phuong|dac khu|thu vien|bao tang|quy"
    r"|nha|co quan|don vi|tinh uy|tinh doan|lien doan|can bo|cong chuc|vien chuc|nguoi lao dong|hop dong|bien che"
    r"|ban chi huy|cac|chi nhanh|vien|dai)\b"
)
# Sections that name no unit: the unit above them goes on.
_NO_UNIT = re.compile(
    r"^(?:(?:ban |tap the )?lanh dao(?: .*)?|can bo(?: .*)?|cong chuc(?: .*)?|vien chuc(?: .*)?|nguoi lao dong(?: .*)?"
    r"|hop dong(?: .*)?|bien che(?: .*)?|chuyen vien(?: .*)?|nhan vien(?: .*)?|nam|nu|lao dong(?: .*)?|giao vien(?: .*)?"  # noqa: E501
    r"|khoi(?: (?:hanh chinh|chuyen mon|dang|doan the|chinh quyen|van phong))?|ban giam (?:doc|hieu)|to(?: \d+)?)$"
)
_CARRIED_DOWN = frozenset(
    {"unit", "unit_code", "division", "employment_type", "position_group", "position_title", "ordinal"}
)
_NAME_KEYS = ("full_name", "family_middle", "family", "given")
_MOST_ROWS_OF_A_SHEET = 1_100_000


@dataclass
class PersonRow:
    """A row with a person: its number as Excel shows it, its cells by column key, and the section it stands in."""

    number: int
    cells: dict[str, object]
    section: str = ""
    unreadable: dict[str, str] = field(default_factory=dict)  # by column key, see Sheet.unreadable


@dataclass
class Body:
    """People's rows of one sheet; `skipped` counts what was passed over, once the rows have been read."""

    sheet: Sheet
    header: Header
    skipped: Counter = field(default_factory=Counter)

    @cached_property
    def _labels(self) -> frozenset[str]:
        return frozenset(self.header.labels.values())

    def people(self, *, names_unit: Callable[[str], bool] = lambda text: False) -> Iterator[PersonRow]:
        """`names_unit` says whether a lone text is the name of a unit, which makes its row a section."""
        self.skipped.clear()
        heading = {column: folded(label) for column, label in self.header.labels.items()}
        filled_down = self._filled_down()
        section, found, signed = "", 0, False
        for index, raw in enumerate(self.sheet.rows()):
            if index < self.header.end:
                continue
            if index >= _MOST_ROWS_OF_A_SHEET:
                raise FileRefused("too_many_rows", limit=MAX_ROWS)
            cells = {key: raw[column] for column, key in self.header.columns.items() if column < len(raw)}
            own_texts = {key: as_text(cell) for key, cell in cells.items()}
            kind, text = self._kind(raw, own_texts, heading, names_unit, signed)
            if kind:
                self.skipped[kind] += 1
                signed = signed or kind == SIGNATURE
                if kind == SECTION:
                    section = "" if _NO_UNIT.match(folded(text)) else text
                continue
            found += 1
            if found > MAX_ROWS:
                raise FileRefused("too_many_rows", limit=MAX_ROWS)
            cells |= filled_down.get(index, {})  # what Excel shows; hidden leftovers below do not count
            yield PersonRow(index + 1, cells, section, self._unreadable(index))

    def _kind(self, raw, texts, heading, names_unit, signed) -> tuple[str, str]:
        """("", "") for a person's row, else what the row is, with the text of a section."""
        said = {key: text for key, text in texts.items() if text}
        if not said:
            stray = [text for text in map(as_text, raw) if text]
            if not stray:
                return BLANK, ""
            if _ends_table(stray):
                return SIGNATURE, ""
            return (SECTION, _bare(stray[0])) if len(stray) == 1 and names_unit(_bare(stray[0])) else (BLANK, "")
        if self._repeats_heading(raw, heading):
            return REPEATED_HEADING, ""
        others = {key: text for key, text in said.items() if key != "ordinal"}
        if len(others) > 3 and _has_key(said) and len(said.get("full_name", "")) > 3:
            return "", ""  # what nearly every row is
        if _is_numbering(list(said.values())):
            return NUMBERING, ""
        words = [folded(text) for text in said.values() if not text.isdigit()]
        name = " ".join(said[key] for key in _NAME_KEYS if key in said)
        if any(_SUM.fullmatch(word) for word in words) and len(others) <= 3 and not _has_key(said):
            return SUM, ""
        if len(others) <= 3 and not _has_key(said) and _ends_table([*said.values(), *map(as_text, raw)]):
            return SIGNATURE, ""
        if signed and len(others) < 3 and not _has_key(said):
            return SIGNATURE, ""
        return self._section(said, others, name, names_unit)

    def _section(self, said, others, name, names_unit) -> tuple[str, str]:
        """A lone text is a section if it is numbered like one, merged over the table, or the name of a unit."""
        ordinal = said.get("ordinal", "")
        if not others and ordinal and not ordinal.isdigit() and len(ordinal) > 3:
            return SECTION, _bare(ordinal)
        if len(others) != 1:
            return "", ""
        [(key, text)] = others.items()
        if key not in (*_NAME_KEYS, "unit", "division", "staff_number"):
            return "", ""
        bare = _bare(text)
        looks_like_unit = names_unit(bare) or bool(_UNIT_WORDS.match(folded(bare)))
        numbered = bare != text or _ROMAN_OR_LETTER.fullmatch(ordinal)
        if looks_like_unit and (not ordinal.isdigit() or names_unit(bare)):
            return SECTION, bare
        return (SECTION, bare) if numbered and not ordinal.isdigit() else ("", "")

    def _repeats_heading(self, raw, heading) -> bool:
        if not any(column < len(raw) and as_text(raw[column]) in self._labels for column in heading):
            return False
        same = sum(column < len(raw) and folded(as_text(raw[column])) == label for column, label in heading.items())
        return same >= 3 and same * 2 >= len(heading)

    def _filled_down(self) -> dict[int, dict[str, object]]:
        """For the rows below the first of a merged cell: what the cell says there, by column key.

        Only for columns in which several people share one value; a name or a number merged over two rows is left
        empty below, and so is told as missing.
        """
        wanted: dict[int, list[tuple[str, int, int]]] = {}
        for (first_row, first_column), (last_row, _last_column) in self.sheet.merged:
            key = self.header.columns.get(first_column)
            if last_row > first_row >= self.header.end and key in _CARRIED_DOWN:
                wanted.setdefault(first_row, []).append((key, first_column, min(last_row, first_row + 5000)))
        filled: dict[int, dict[str, object]] = {}
        if not wanted:
            return filled
        for index, raw in enumerate(self.sheet.rows()):
            for key, column, last_row in wanted.get(index, ()):
                for below in range(index + 1, last_row + 1):
                    filled.setdefault(below, {})[key] = raw[column] if column < len(raw) else ""
        return filled

    def _unreadable(self, index: int) -> dict[str, str]:
        if not self.sheet.unreadable:
            return {}
        columns = self.header.columns
        return {
            columns[column]: shown
            for (row, column), shown in self.sheet.unreadable.items()
            if row == index and column in columns
        }


def _bare(text: str) -> str:
    """A section's words without its number in front and the count of people behind."""
    return to_nfc(_COUNT.sub("", _ENUMERATOR.sub("", text))).strip(" :;.-–")


def _has_key(said: dict[str, str]) -> bool:
    """Whether the row has a number, an address or a date of somebody. Words that stand in those columns, such as a
    sum, the place and day or the signatures below the table, are none."""
    number = said.get("staff_number", "")
    born = said.get("birth_date", "")
    return (
        (any(char.isdigit() for char in number) and number.count(" ") < 2)
        or sum(char.isdigit() for char in said.get("national_id", "")) >= 8
        or "@" in said.get("work_email", "")
        or (any(char.isdigit() for char in born) and not _PLACE_AND_DAY.match(folded(born)))
    )


def _is_numbering(texts: list[str]) -> bool:
    """The row “(1) (2) (3) …” or “A B 1 2 …” under a heading."""
    bare = [text.strip("()[] ") for text in texts]
    if len(bare) < 3:
        return False
    numbers = [int(text) for text in bare if text.isdigit() and len(text) <= 2]
    letters = [text for text in bare if len(text) == 1 and text.isalpha()]
    return len(numbers) + len(letters) == len(bare) and numbers == sorted(numbers) and len(set(numbers)) == len(numbers)


def _ends_table(texts: list[str]) -> bool:
    words = [folded(text) for text in texts if text]
    return any(_SIGNATURE.fullmatch(text) or _PLACE_AND_DAY.match(text) for text in words)
