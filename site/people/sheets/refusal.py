"""A file that cannot be read at all: why, and what to do."""

from django.utils.translation import gettext_lazy as _

_WORDS = {
    "file_empty": _("The file is empty."),
    "file_too_large": _("The file has {size} MB; {limit} MB are allowed. Split it by unit."),
    "file_kind": _(
        "This is neither an Excel workbook (.xlsx, .xls), an OpenDocument sheet (.ods) nor a table as text (.csv)."
    ),
    "file_is_html": _("This is a web page saved under another name. Open it in Excel and save it as .xlsx."),
    "file_encrypted": _("The workbook is protected by a password. Remove the password and upload it again."),
    "file_other_office": _("This is not a workbook but another office document. Upload the list as .xlsx or .csv."),
    "file_archive": _("This is a ZIP archive. Unpack it and upload the list that is in it."),
    "quote_open": _(
        "A quotation mark that opens on line {line} is not closed where the cell ends, so the rows below it cannot be "
        "told apart. Correct that line, or save the list as .xlsx."
    ),
    "file_damaged": _("The workbook is damaged and cannot be opened. Open it in Excel, save it anew and try again."),
    "file_bomb": _("The workbook unpacks to more than {limit} MB and is not opened."),
    "file_encoding": _("The text is in no encoding that can be recognised. Save it as “CSV UTF-8” or as .xlsx."),
    "sheet_too_wide": _("The sheet “{sheet}” reaches too far ({cells} cells). Delete what stands far from the table."),
    "too_many_rows": _("The file has more than {limit} rows. Split it by unit."),
    "no_sheet": _("The workbook has no visible sheet."),
    "no_header": _(
        "No heading was found in the first {rows} rows. One row must name the columns, at least “Họ và tên” and one "
        "more, such as “Số hiệu CBCCVC”, “Ngày sinh” or “Đơn vị”."
    ),
    "no_rows": _("Below the heading there is no row with a person."),
    "file_missing": _("The uploaded file is no longer kept. Upload it again."),
}


class FileRefused(Exception):
    """The whole file is refused; `code` names why, `str()` says it in the reader's language."""

    def __init__(self, code: str, **params):
        self.code, self.params = code, params
        super().__init__(code)

    def __str__(self):
        return words_of(self.code, self.params)


def words_of(code: str, params: dict) -> str:
    return str(_WORDS[code]).format(**params)
