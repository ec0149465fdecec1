"""Finding the heading: on any of the first rows, in one, two or three rows, merged or not, in any order."""

from dataclasses import dataclass, field

from people.sheets import vocabulary
from people.sheets.cells import as_text
from people.sheets.limits import HEADER_WITHIN_ROWS
from people.sheets.refusal import FileRefused
from people.sheets.workbook import Merge, Sheet
from shared.text.fold import fold

_DEEPEST = 3
_NAMES = frozenset({"full_name", "given"})
_SAYING_LITTLE = frozenset({"ordinal", "note", "full_name", "family", "family_middle", "middle", "given"})
# A column of these words belongs to the heading above it (“Ngày sinh” over “Nam” and “Nữ”).
_BELOW = {
    ("birth_date", "is_male"): "birth_date_male",
    ("birth_date", "is_female"): "birth_date_female",
    ("full_name", "family"): "family",
    ("full_name", "given"): "given",
    ("gender", "is_male"): "is_male",
    ("gender", "is_female"): "is_female",
}


@dataclass
class Header:
    """Where the heading stands (rows from 0: `first` up to, not including, `end`) and what each column means.

    `columns` maps column numbers (from 0) to keys of `vocabulary`; `labels` to the words of the sheet.
    `unused` are headings that mean nothing to us, `repeated` those that say what an earlier column has said,
    `above` the texts over the heading, such as the agency's name.
    """

    first: int
    end: int
    columns: dict[int, str]
    labels: dict[int, str]
    unused: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    cuts: bool = False  # whether a merged cell reaches over the edge of this reading

    @property
    def rank(self) -> tuple[int, bool, int]:
        """Of two readings the one is right that explains more columns, cuts no merged cell, and needs fewer rows."""
        return len(self.columns), not self.cuts, self.first - self.end

    def column_of(self, key: str) -> int | None:
        return next((column for column, known in self.columns.items() if known == key), None)


def find_header(sheet: Sheet) -> Header:
    """The heading of a sheet. Raises FileRefused if none of its first rows names a name and one thing more."""
    top = []
    for cells in sheet.rows():
        top.append([as_text(cell) for cell in cells])
        if len(top) >= HEADER_WITHIN_ROWS + _DEEPEST:
            break
    spread = _spread(top, sheet.merged)
    tall = [merge for merge in sheet.merged if merge[0][0] < merge[1][0] < len(top) + _DEEPEST]
    best = None
    for first in range(min(len(top), HEADER_WITHIN_ROWS)):
        for depth in range(1, _DEEPEST + 1):
            found = _try(spread, top, first, depth)
            if found:
                found.cuts = any(a < first <= b or a < found.end <= b for (a, _c), (b, _d) in tall)
            if found and (best is None or found.rank > best.rank):
                best = found
    if best is None:
        raise FileRefused("no_header", rows=HEADER_WITHIN_ROWS)
    _split_name(best, top, spread)
    best.above = [text for cells in top[: best.first] for text in cells if text]
    return best


def _spread(top: list[list[str]], merged: list[Merge]) -> list[list[str]]:
    """The rows with every merged rectangle filled with its text."""
    rows = [list(cells) for cells in top]
    for (first_row, first_column), (last_row, last_column) in merged:
        if first_row >= len(rows) or first_column >= len(rows[first_row]):
            continue
        text = rows[first_row][first_column]
        for row in rows[first_row : last_row + 1]:
            for column in range(first_column, min(last_column + 1, len(row))):
                row[column] = text
    return rows


def _try(spread: list[list[str]], top: list[list[str]], first: int, depth: int) -> Header | None:
    """The heading, if the rows from `first` on are one of this depth."""
    end = first + depth
    if end > len(top) or not any(top[first]):
        return None
    if any(_is_data(cells) for cells in top[first:end]):
        return None
    width = max(len(cells) for cells in spread[first:end])
    columns, labels, unused, repeated = {}, {}, [], []
    above = ""
    for column in range(width):
        parts = [cells[column] if column < len(cells) else "" for cells in spread[first:end]]
        if depth > 1 and not parts[0] and any(parts[1:]):
            parts[0] = above  # a heading over several columns that was not merged stands over the first only
        elif parts[0]:
            above = parts[0]
        label = " ".join(dict.fromkeys(part for part in parts if part))
        key = _key(parts)
        if key and (key not in columns.values()):
            columns[column], labels[column] = key, label
        elif label and any(column < len(cells) and cells[column] for cells in top[first:end]):
            (repeated if key else unused).append(label)
    _settle_names(columns)
    known = set(columns.values())
    if not known & _NAMES or not known - _SAYING_LITTLE:
        return None
    if depth > 1 and not any(vocabulary.key_of(cell) for cell in top[end - 1]):
        return None
    return Header(first, end, columns, labels, unused, repeated)


def _key(parts: list[str]) -> str:
    """What a column means whose headings are `parts`, from the uppermost down."""
    said = list(dict.fromkeys(part for part in parts if part))
    if not said:
        return ""
    lowest, highest = vocabulary.key_of(said[-1]), vocabulary.key_of(said[0])
    if len(said) > 1:
        below = _BELOW.get((highest, lowest))
        return below or lowest or vocabulary.key_of(" ".join(said)) or (highest if highest != "full_name" else "")
    return lowest


def _settle_names(columns: dict[int, str]) -> None:
    """“Tên” alone is the whole name; “Họ và tên” beside a column “Tên” holds what stands before it."""
    known = set(columns.values())
    if "given" in known and not known & {"family", "family_middle", "full_name"}:
        _rename(columns, "given", "full_name")
    elif {"given", "full_name"} <= known and not known & {"family", "family_middle"}:
        _rename(columns, "full_name", "family_middle")


def _split_name(header: Header, top: list[list[str]], spread: list[list[str]]) -> None:
    """“Họ và tên” over two columns without words of their own: what stands before the given name, and the given name.

    The column beside counts if it has no heading and holds, in most rows with a name, one word; of several kinds, so
    that it is no column of genders or crosses.
    """
    place = header.column_of("full_name")
    if place is None or place + 1 in header.columns:
        return
    beside = " ".join(cells[place + 1] for cells in spread[header.first : header.end] if place + 1 < len(cells)).strip()
    if beside and fold(beside) not in fold(header.labels[place]):
        return
    rows = [cells[place : place + 2] for cells in top[header.end :] if place < len(cells) and cells[place]]
    given = [cells[1] for cells in rows if len(cells) == 2 and cells[1].isalpha()]
    kinds = {fold(word) for word in given} - {"nam", "nu", "x"}
    if len(given) * 2 > len(rows) and len(kinds) >= min(3, len(rows)):
        header.columns |= {place: "family_middle", place + 1: "given"}
        header.labels[place + 1] = header.labels[place]


def _rename(columns: dict[int, str], old: str, new: str) -> None:
    columns.update({column: new for column, key in columns.items() if key == old})


def _is_data(cells: list[str]) -> bool:
    """A row with long numbers, addresses or dates is no heading."""
    if any("@" in cell or (sum(char.isdigit() for char in cell) >= 6 and len(cell) <= 40) for cell in cells):
        return True
    says_gender = any(fold(cell) in ("nam", "nu") for cell in cells)
    return says_gender and sum(bool(vocabulary.key_of(cell)) for cell in cells) < 2
