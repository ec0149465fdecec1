"""One agency's list on paper: what stands above the table, the table in the agency's layout, what stands below."""

from collections.abc import Iterator
from itertools import groupby

from people.province.facts import marks
from people.province.workbooks.files import TextFile, XlsxFile
from people.province.workbooks.layouts import Layout
from people.province.workbooks.planting import Planted
from people.province.workbooks.rows import StaffRow

Spoiled = tuple[StaffRow, Planted | None]
_GROUPS = {"family_middle": "Họ và tên", "given": "Họ và tên", "work_email": "Liên hệ", "phone": "Liên hệ"}


class ListWriter:
    """Writes spoiled rows into sheets and notes the row and cell of every fault."""

    def __init__(self, layout: Layout, agency: str):
        self.layout, self.agency = layout, agency
        self.columns = layout.headed_columns
        self.rows = 0
        self._number_before = 0  # where the row before stands: the other one of a fault of two rows

    def write(self, file: XlsxFile | TextFile, rows: Iterator[Spoiled]) -> None:
        if isinstance(file, TextFile):
            self._table(file, rows)
        elif self.layout.places == "sheets":
            self._sheets(file, rows)
        else:
            sheet = file.add_sheet("Danh sách")
            self._above(sheet, self.agency)
            self._table(sheet, rows)
            self._below(sheet)

    # --- Around the table -----------------------------------------------------------------------------

    def _above(self, sheet, agency: str) -> None:
        last = len(self.columns) - 1
        if self.layout.letterhead:
            middle = last // 2
            sheet.add_merged(
                [(0, middle, "TỈNH LAM GIANG"), (middle + 1, last, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")], "title"
            )
            sheet.add_merged([(0, middle, agency.upper()), (middle + 1, last, "Độc lập - Tự do - Hạnh phúc")], "title")
            sheet.add([])
            sheet.add_merged([(0, last, "DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC VÀ NGƯỜI LAO ĐỘNG")], "title")
            sheet.add_merged([(0, last, "(Tính đến ngày 31 tháng 10 năm 2026)")], "title")
        sheet.add_merged([(0, last, marks()["banner"])], "mark")
        if self.layout.letterhead:
            sheet.add([])

    def _below(self, sheet) -> None:
        if not self.layout.signature:
            return
        right = [""] * (len(self.columns) - 4)
        sheet.add([])
        sheet.add(["", f"Tổng cộng: {self.rows} người"], "section")
        sheet.add([])
        sheet.add(["", *right, "Lam Giang, ngày 05 tháng 11 năm 2026"])
        sheet.add(["", "NGƯỜI LẬP BIỂU", *right[:-1], "THỦ TRƯỞNG ĐƠN VỊ"], "title")
        sheet.add(["", "(Ký, ghi rõ họ tên)", *right[:-1], "(Ký tên, đóng dấu)"])
        sheet.add([])
        sheet.add(["", "Nguyễn Thị Minh Họa", *right[:-1], "Trần Văn Ví Dụ"])

    # --- The table ------------------------------------------------------------------------------------

    def _headings(self, sheet) -> None:
        labels = [self.layout.heading(column) for column in self.columns]
        if self.layout.two_rows:
            groups = [_GROUPS.get(column, "") for column in self.columns]
            sheet.add_merged(
                list(_spans([group or label for group, label in zip(groups, labels, strict=True)])), "head"
            )
            sheet.add([label if group else "" for group, label in zip(groups, labels, strict=True)], "head")
        else:
            sheet.add(labels, "head")
        if self.layout.numbering:
            sheet.add([f"({number})" for number in range(1, len(labels) + 1)], "head")

    def _table(self, sheet, rows: Iterator[Spoiled]) -> None:
        self._headings(sheet)
        if self.layout.places == "sections":
            self._sections(sheet, rows)
        elif self.layout.places == "merged":
            self._merged(sheet, rows)
        else:
            for spoiled in rows:
                self._row(sheet, spoiled)

    def _sections(self, sheet, rows: Iterator[Spoiled]) -> None:
        for number, (_code, members) in enumerate(groupby(rows, key=lambda spoiled: spoiled[0].office.code), start=1):
            members = list(members)
            sheet.add(["", f"{roman(number)}. {members[0][0].office.name}"], "section")
            for spoiled in members:
                self._row(sheet, spoiled)
            sheet.add(["", f"Cộng: {len(members)} người"], "section")

    def _merged(self, sheet, rows: Iterator[Spoiled]) -> None:
        column = self.columns.index("unit")
        for _code, members in groupby(rows, key=lambda spoiled: spoiled[0].office.code):
            members = list(members)
            numbers = [self._row(sheet, spoiled, leaving="unit") for spoiled in members]
            sheet.merge_down(column, numbers[0], numbers[-1], members[0][0].office.name)

    def _sheets(self, file: XlsxFile, rows: Iterator[Spoiled]) -> None:
        guide = file.add_sheet("Hướng dẫn")
        guide.add([marks()["banner"]], "mark")
        guide.add(["Mỗi phòng, đơn vị một trang tính. Không sửa dòng tiêu đề."])
        codes = file.add_sheet("_danhmuc", hidden=True)
        for line in (["Họ và tên", "Số hiệu CBCCVC", "Đơn vị"], ["Mẫu Thị Ẩn", "LG000000", "Không dùng"]):
            codes.add(line)
        for number, (_code, members) in enumerate(groupby(rows, key=lambda spoiled: spoiled[0].office.code), start=1):
            members = list(members)
            sheet = file.add_sheet(f"{number}. {_sheet_name(members[0][0].office.short_name)}")
            self._above(sheet, members[0][0].office.name)
            self._table_of_office(sheet, members)

    def _table_of_office(self, sheet, members: list[Spoiled]) -> None:
        self._headings(sheet)
        self._number_before = 0
        for spoiled in members:
            self._row(sheet, spoiled)

    def _row(self, sheet, spoiled: Spoiled, leaving: str = "") -> int:
        row, planted = spoiled
        self.rows += 1
        cells = [self._value(row, column) if column != leaving else "" for column in self.columns]
        number = sheet.add(cells)
        if planted:
            column = planted.fault.column
            column = "family_middle" if column == "full_name" and self.layout.split_name else column
            planted.sheet, planted.number = sheet.name, number
            planted.cell = sheet.cell(number, self.columns.index(column))
            planted.others = [self._number_before] if planted.fault.pair else []
        self._number_before = number
        return number

    def _value(self, row: StaffRow, column: str):
        if column == "ordinal":
            return self.rows
        if column == "unit" and self.layout.places != "columns":
            return row.cells["unit"] if "unit" in row.meant else row.office.name
        if column in ("family_middle", "given"):
            before, _space, given = row.cells["full_name"].rstrip().rpartition(" ")
            return given if column == "given" else before
        value = row.cells[column]
        if column == "birth_date" and self.layout.days_as_text and hasattr(value, "year"):
            return f"{value:%d/%m/%Y}"
        return value


def roman(number: int) -> str:
    text = ""
    for value, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            text, number = text + sign, number - value
    return text


def _spans(labels: list[str]) -> Iterator[tuple[int, int, str]]:
    """Equal labels beside each other as one span."""
    at = 0
    for label, same in groupby(labels):
        width = len(list(same))
        yield at, at + width - 1, label
        at += width


def _sheet_name(name: str) -> str:
    return "".join(char for char in name if char not in "[]:*?/\\'")[:24].strip()
