"""How the lists of different offices look: which columns in which order, under which headings, with what around."""

from dataclasses import dataclass

# Three offices never call a column the same. Index = variant of a layout.
HEADINGS = {
    "ordinal": ("STT", "TT", "Số TT", "STT"),
    "staff_number": ("Số hiệu CBCCVC", "Mã cán bộ", "SO HIEU", "Mã số CBCCVC"),
    "full_name": ("Họ và tên", "Họ tên", "HO VA TEN", "Họ và\ntên"),
    "family_middle": ("Họ đệm", "Họ và đệm", "HO DEM", "Họ lót"),
    "given": ("Tên", "Tên", "TEN", "Tên"),
    "birth_date": ("Ngày sinh", "Ngày, tháng, năm sinh", "NGAY SINH", "Ngày sinh (dd/mm/yyyy)"),
    "gender": ("Giới tính", "Nam/Nữ", "GIOI TINH", "GT"),
    "national_id": ("Số CCCD", "Số định danh cá nhân", "SO CCCD", "Số căn cước"),
    "unit": ("Cơ quan/đơn vị", "Đơn vị công tác", "DON VI", "Đơn vị"),
    "division": ("Phòng/bộ phận", "Phòng, ban", "PHONG", "Bộ phận"),
    "position_title": ("Chức vụ", "Chức vụ hiện nay", "CHUC VU", "Chức vụ, chức danh"),
    "job_title": ("Chức danh nghề nghiệp", "Chức danh", "CHUC DANH", "CDNN"),
    "grade": ("Ngạch", "Ngạch công chức", "NGACH", "Ngạch/hạng"),
    "employment_type": ("Loại CB/CC/VC/NLĐ", "Loại", "LOAI", "Đối tượng"),
    "work_email": ("Email công vụ", "Thư điện tử công vụ", "EMAIL", "Địa chỉ email"),
    "phone": ("Điện thoại", "Số điện thoại", "SDT", "Điện thoại di động"),
    "note": ("Ghi chú", "Ghi chú", "GHI CHU", "Ghi chú"),
}
_USUAL = (
    "staff_number", "full_name", "birth_date", "gender", "national_id", "unit", "division", "position_title",
    "job_title", "grade", "employment_type", "work_email", "phone", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """One office's way of keeping its list.

    `places` says how a row names its unit: in two columns (`unit`, `division`), in one with the office's full name
    (`office`), in one cell merged over all of an office (`merged`), by a section's heading (`sections`) or by one
    sheet for each office besides the column (`sheets`).
    """

    name: str
    columns: tuple[str, ...] = _USUAL
    variant: int = 0
    places: str = "columns"
    split_name: bool = False
    two_rows: bool = False
    letterhead: bool = False
    numbering: bool = False
    signature: bool = False
    days_as_text: bool = False
    encoding: str = ""  # of a text file; "" is a workbook
    separator: str = ","

    @property
    def headed_columns(self) -> tuple[str, ...]:
        """The columns as written, the name in two if it is split."""
        columns = ["ordinal", *self.columns]
        if self.places in ("sections", "office", "merged", "sheets"):
            columns.remove("division")
        if self.places == "sections":
            columns.remove("unit")
        if self.split_name:
            at = columns.index("full_name")
            columns[at : at + 1] = ["family_middle", "given"]
        return tuple(columns)

    def heading(self, column: str) -> str:
        return HEADINGS[column][self.variant]

    def can_hold(self, column: str) -> bool:
        """Whether a row has a cell of its own for this: not a unit given by a section or a merged cell."""
        return column != "unit" or self.places in ("columns", "office")


_OTHER_ORDER = (
    "full_name", "gender", "birth_date", "position_title", "employment_type", "grade", "job_title", "unit", "division",
    "national_id", "phone", "work_email", "staff_number", "note",
)  # fmt: skip

WHOLE_PROVINCE = Layout("whole province", letterhead=True)
LAYOUTS = (
    Layout("letterhead, numbered columns", letterhead=True, numbering=True, signature=True),
    Layout(
        "two rows of headings, split name", variant=1, split_name=True, two_rows=True, letterhead=True, signature=True
    ),
    Layout("sections", variant=3, places="sections", letterhead=True, signature=True, days_as_text=True),
    Layout("merged units, other order, no marks", columns=_OTHER_ORDER, variant=2, places="merged"),
    Layout("UTF-8 with mark", encoding="utf-8-sig", variant=0, days_as_text=True),
    Layout("a sheet for each office", variant=1, places="sheets", letterhead=True),
    Layout("plain table, other order", columns=_OTHER_ORDER, variant=3, days_as_text=True),
    Layout("UTF-16, tabs", encoding="utf-16", separator="\t", variant=1, days_as_text=True),
    Layout("one unit column", variant=0, places="office", letterhead=True, signature=True),
    Layout("Windows-1258, semicolons", encoding="cp1258", separator=";", variant=3, days_as_text=True),
    Layout("split name in text, UTF-8", encoding="utf-8", separator=";", variant=0, split_name=True, days_as_text=True),
)
