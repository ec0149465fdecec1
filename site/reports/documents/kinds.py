"""The five reports and the formats they come in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportKind(models.TextChoices):
    """The values are parts of addresses."""

    BY_UNIT = "theo-don-vi", _("Results by unit")
    BY_COURSE = "theo-khoa-hoc", _("Results by course")
    BY_AUDIENCE = "theo-doi-tuong", _("Results by kind of staff")
    DETAILS = "danh-sach", _("Detailed list")
    GRADES = "xep-loai", _("Classification of results")


WHAT_IT_SAYS = {
    ReportKind.BY_UNIT: _("Assigned, completed, overdue and the average score, unit by unit."),
    ReportKind.BY_COURSE: _("How many were asked for each course, began it and completed it."),
    ReportKind.BY_AUDIENCE: _("By employment type, leading position and gender as far as it is on record."),
    ReportKind.DETAILS: _("Every person and course, with due day, state and register number."),
    ReportKind.GRADES: _("How many results fall into each band, unit by unit."),
}


class FileFormat(models.TextChoices):
    PDF = "pdf", "PDF (.pdf)"
    DOCX = "docx", "Word (.docx)"
    XLSX = "xlsx", "Excel (.xlsx)"
    CSV = "csv", "CSV (.csv)"


MEDIA_TYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.CSV: "text/csv; charset=utf-8",
}
# Rows at most. Typst holds the whole table, some 0.2 MB a row; Word's rows are written one after another, but Word
# itself is slow with more. What is longer is for a table calculation.
MOST_ROWS = {FileFormat.PDF: 2000, FileFormat.DOCX: 20_000}


def is_too_long(file_format: FileFormat, count: int) -> bool:
    """Whether a file of the format does not hold so many rows."""
    return count > MOST_ROWS.get(file_format, count)
