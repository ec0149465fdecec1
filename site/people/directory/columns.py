"""The columns of the directory. Page, XLSX and CSV are made from these and from nothing else."""

from django.utils.translation import gettext_lazy as _

from shared.tables import Column


def _of_posting(name: str):
    def value(row):
        return getattr(row.posting, name) if row.posting else None

    return value


def _label_of(name: str):
    def value(row):
        return getattr(row.posting, f"get_{name}_display")() if row.posting else None

    return value


def _employment(row):
    """In a list one word does: “Cán bộ”, without the law's description behind it."""
    return row.posting.get_employment_type_display().partition(" (")[0] if row.posting else None


def _position(row):
    if row.posting is None:
        return None
    if not row.others:
        return row.posting.position_title
    return f"{row.posting.position_title} (+{row.others})"


COLUMNS = (
    Column("name", _("Full name"), lambda row: row.person.full_name, width=26),
    Column("staff_number", _("Staff number"), lambda row: row.person.staff_number, width=13),
    Column("unit", _("Unit"), lambda row: row.unit, width=36),
    Column("position", _("Position"), _position, width=26),
    Column("group", _("Position group"), _label_of("position_group"), width=20),
    Column("employment", _("Employment type"), _employment, width=16),
    Column("work_email", _("Work e-mail"), lambda row: row.person.work_email, width=28),
    Column("phone", _("Phone"), lambda row: spaced_phone(row.person.phone), width=14),
    Column("account", _("Account"), lambda row: row.account.label, width=20),
)


def spaced_phone(digits: str) -> str:
    """A stored number as people read it: 0100 123 456."""
    if len(digits) != 10:
        return digits
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
