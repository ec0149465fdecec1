"""What is wrong in the sheets of real HR offices, each as a change of one clean row.

`expected` says what an import must make of the row: `repaired` and `warned` rows are taken over with the right
values, `asked` ones only once somebody confirms the repair, `doubtful` ones only once somebody decides who is
meant; `refused` ones never; `kept` ones as they stand.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from people.enums import UnitKind
from people.province.workbooks.rows import StaffRow
from shared.text.fold import drop_marks

REPAIRED, WARNED, ASKED, DOUBTFUL, REFUSED, KEPT = "repaired", "warned", "asked", "doubtful", "refused", "kept"
TAKEN_OVER = (REPAIRED, WARNED, KEPT)
MEANT, WROTE, NOTHING = "meant", "wrote", "nothing"
_EXCEL_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class Fault:
    """`write(row, other, random)` gives the spoiled cell, or None where the row does not lend itself to it.

    With `pair` the row before takes part, which may then be refused or asked about as well. `also` changes other
    cells with it. `result`: what a new record says in the column afterwards, what was meant, what was written, or
    nothing, because the cell says too little. `on_record` is expected where the people are on record already.
    """

    code: str
    column: str
    expected: str
    write: Callable[[StaffRow, StaffRow, Random], object]
    pair: bool = False
    also: Callable[[StaffRow, StaffRow], dict] | None = None
    result: str = MEANT
    on_record: str = ""

    def taken_as(self, wrote, meant):
        """What a new record says in this column once the row is imported; None if it is not."""
        if self.expected not in TAKEN_OVER:
            return None
        if self.result == NOTHING:
            return ""
        return wrote if self.result == WROTE or self.expected == KEPT else meant

    def spoil(self, row: StaffRow, other: StaffRow, random: Random) -> bool:
        """Plants the fault; False (and nothing changed) where it does not fit."""
        spoiled = self.write(row, other, random)
        if spoiled is None or spoiled == row.cells[self.column]:
            return False
        changes = {**(self.also(row, other) if self.also else {}), self.column: spoiled}
        row.meant = {column: row.cells[column] for column in changes}
        row.cells = row.cells | changes
        return True


def _on(column: str, change: Callable) -> Callable:
    """A fault that follows from the clean cell alone; an empty cell cannot have it."""

    def write(row: StaffRow, other: StaffRow, random: Random):
        value = row.cells[column]
        return change(value) if value else None

    return write


def _always(value) -> Callable:
    return lambda row, other, random: value


# --- Names ------------------------------------------------------------------------------------------

# TCVN3 fonts (.VnTime) showed these Latin-1 letters as Vietnamese ones.
_OLD_FONT = str.maketrans("ăâêôơđĐàảãáạễếềệịầấậạ", "¨©ª«¬®§µ¶·¸¹ÔÕÒÖÞÇÊË¹")


def _old_font(name: str) -> str | None:
    spoiled = name.translate(_OLD_FONT)
    return spoiled if any(char in "¨©«¬®§µ¶·¸¹" for char in spoiled) else None


def _capitals(name: str) -> str | None:
    """Not for Giàng A Páo: a particle keeps its case, so nobody can say how the name should read."""
    return None if any(len(word) == 1 for word in name.split()) else name.upper()


def _second_word_apart(name: str, gap: str) -> str:
    first, rest = name.split(" ", 1)
    return f"{first}{gap}{rest}"


# --- Units ------------------------------------------------------------------------------------------


def _short_unit(row: StaffRow, other: StaffRow, random: Random) -> str | None:
    """“Sở NV”"""
    unit = row.agency
    return unit.short_name if unit.kind == UnitKind.DEPARTMENT and row.cells["unit"] == unit.name else None


def _abbreviated_unit(row: StaffRow, other: StaffRow, random: Random) -> str | None:
    """“UBND xã T.Sơn”, where only one commune can be meant."""
    if row.agency.kind != UnitKind.COMMUNE or row.cells["unit"] != row.agency.name:
        return None
    return next((alias for alias in row.agency.aliases if alias.startswith("UBND")), None)


def _plain_unit(row: StaffRow, other: StaffRow, random: Random) -> str:
    return drop_marks(row.cells["unit"]).lower()


def _no_division(row: StaffRow, other: StaffRow) -> dict:
    return {"division": ""}


# --- Keys and namesakes -----------------------------------------------------------------------------


def _of_other(column: str) -> Callable:
    return lambda row, other, random: other.cells[column] or None


def _without_keys(row: StaffRow, other: StaffRow) -> dict:
    """The other's unit and year of birth, and nothing to recognise the person by."""
    place = {column: other.cells[column] for column in ("unit", "division")}
    return place | {"staff_number": "", "national_id": "", "work_email": "", "phone": ""} | _same_year(row, other)


def _same_place_and_year(row: StaffRow, other: StaffRow) -> dict:
    return {column: other.cells[column] for column in ("unit", "division")} | _same_year(row, other)


def _same_year(row: StaffRow, other: StaffRow) -> dict:
    born = other.cells["birth_date"]
    return {"birth_date": date(born.year, born.month % 12 + 1, min(born.day, 28))}


def _whole_row(row: StaffRow, other: StaffRow) -> dict:
    return dict(other.cells)


FAULTS = (
    # Those every list has come first: a small file has room for the first ones only.
    Fault("name_capitals", "full_name", WARNED, _on("full_name", _capitals)),
    Fault("name_two_spaces", "full_name", REPAIRED, _on("full_name", lambda name: _second_word_apart(name, "  "))),
    Fault("name_last_space", "full_name", REPAIRED, _on("full_name", lambda name: name + "  ")),
    Fault("name_decomposed", "full_name", REPAIRED, _on("full_name", lambda name: unicodedata.normalize("NFD", name))),
    Fault("national_id_lost_zero", "national_id", ASKED, _on("national_id", int)),
    Fault(
        "birth_date_d_m_yyyy",
        "birth_date",
        REPAIRED,
        _on("birth_date", lambda day: f"{day.day}/{day.month}/{day.year}"),
    ),
    Fault("birth_date_two_digits", "birth_date", WARNED, _on("birth_date", lambda day: f"{day:%d/%m/%y}")),
    Fault("birth_date_serial", "birth_date", WARNED, _on("birth_date", lambda day: (day - _EXCEL_EPOCH).days)),
    Fault("gender_without_mark", "gender", REPAIRED, _on("gender", lambda said: "nu" if said == "Nữ" else "NAM")),
    Fault("gender_one_letter", "gender", WARNED, _always("N"), result=NOTHING),
    Fault("gender_empty", "gender", KEPT, _always("")),
    Fault(
        "namesakes_with_keys",
        "full_name",
        KEPT,
        _of_other("full_name"),
        pair=True,
        also=_same_place_and_year,
        on_record=DOUBTFUL,
    ),
    Fault("namesake_without_key", "full_name", DOUBTFUL, _of_other("full_name"), pair=True, also=_without_keys),
    Fault("unit_short_name", "unit", REPAIRED, _short_unit),
    Fault("unit_abbreviated", "unit", REPAIRED, _abbreviated_unit),
    Fault("unit_abolished", "unit", REFUSED, _always("UBND huyện Lam Bình"), also=_no_division),
    Fault("email_twice", "work_email", REFUSED, _of_other("work_email"), pair=True),
    # No private address can be this: the service allows no hyphens.
    Fault(
        "email_personal",
        "work_email",
        WARNED,
        lambda row, other, random: f"minh-hoa-{row.staff_number.lower()}@gmail.com",
        result=WROTE,
    ),
    Fault("email_empty", "work_email", KEPT, _on("work_email", lambda address: "")),
    Fault(
        "name_formula",
        "full_name",
        REFUSED,
        _on("full_name", lambda name: f'=HYPERLINK("http://lamgiang.example","{name}")'),
    ),
    # What else happens.
    Fault("name_formula_plus", "full_name", REFUSED, _on("full_name", lambda name: f"+{name}")),
    Fault("name_formula_minus", "full_name", REFUSED, _on("full_name", lambda name: f"-{name}")),
    Fault("name_formula_at", "full_name", REFUSED, _on("full_name", lambda name: f"@{name}")),
    Fault("note_formula", "note", KEPT, _always('=cmd|" /C calc"!A0')),
    Fault("name_missing", "full_name", REFUSED, _always("")),
    Fault("name_old_font", "full_name", REFUSED, _on("full_name", _old_font)),
    Fault("name_no_break_space", "full_name", REPAIRED, _on("full_name", lambda name: name.replace(" ", "\u00a0"))),
    Fault("name_zero_width", "full_name", REPAIRED, _on("full_name", lambda name: _second_word_apart(name, "\u200b "))),
    Fault("birth_date_impossible", "birth_date", REFUSED, _on("birth_date", lambda day: f"31/02/{day.year}")),
    Fault(
        "birth_date_unlikely",
        "birth_date",
        REFUSED,
        _on("birth_date", lambda day: f"{day.day:02d}/{day.month:02d}/{day.year - 100}"),
    ),
    Fault("birth_date_unreadable", "birth_date", REFUSED, _always("theo hồ sơ gốc")),
    Fault("birth_year_only", "birth_date", WARNED, _on("birth_date", lambda day: day.year), result=NOTHING),
    Fault(
        "national_id_spaced",
        "national_id",
        REPAIRED,
        _on("national_id", lambda number: f"{number[:3]} {number[3:6]} {number[6:]}"),
    ),
    Fault("national_id_old", "national_id", REFUSED, _on("national_id", lambda number: number[3:])),
    Fault("national_id_length", "national_id", REFUSED, _on("national_id", lambda number: number + "7")),
    Fault("national_id_letters", "national_id", REFUSED, _on("national_id", lambda number: number[:-1] + "O")),
    Fault("national_id_scientific", "national_id", REFUSED, _on("national_id", lambda number: f"{int(number):.4E}")),
    Fault("national_id_twice", "national_id", REFUSED, _of_other("national_id"), pair=True),
    Fault("staff_number_twice", "staff_number", REFUSED, _of_other("staff_number"), pair=True),
    Fault("staff_number_unreadable", "staff_number", REFUSED, _on("staff_number", lambda number: f"{number}???")),
    Fault("repeated_row", "full_name", REFUSED, _of_other("full_name"), pair=True, also=_whole_row, on_record=KEPT),
    Fault("phone_lost_zero", "phone", ASKED, _on("phone", int)),
    Fault("phone_dotted", "phone", REPAIRED, _on("phone", lambda number: f"{number[:4]}.{number[4:7]}.{number[7:]}")),
    Fault("phone_unreadable", "phone", REFUSED, _on("phone", lambda number: f"máy lẻ {number[-2:]}")),
    Fault("email_capitals", "work_email", REPAIRED, _on("work_email", str.upper)),
    Fault("email_unreadable", "work_email", REFUSED, _on("work_email", lambda address: address.replace("@", "@@"))),
    Fault("unit_without_marks", "unit", REPAIRED, _plain_unit),
    Fault("unit_missing", "unit", REFUSED, _always(""), also=_no_division),
    Fault("unit_unknown", "unit", REFUSED, _always("Trung tâm Điều phối liên ngành Bắc Lam Giang"), also=_no_division),
    Fault(
        "employment_in_words",
        "employment_type",
        REPAIRED,
        _on(
            "employment_type",
            lambda said: {"CB": "Cán bộ", "CC": "công chức", "VC": "Vien chuc", "NLĐ": "Người lao động"}[said],
        ),
    ),
    Fault("employment_unknown", "employment_type", REFUSED, _always("XYZ")),
)
