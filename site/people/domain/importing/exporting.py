"""People as the columns an import reads: exported and uploaded again, a list changes nothing."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Posting, Unit
from people.queries import current_on
from people.sheets.vocabulary import LABELS
from shared.tables import Column, Table
from shared.text.dates import short_date


def _column(key: str, value, width: int = 16) -> Column:
    return Column(key, LABELS[key], value, width=width)


# The national ID is not among them: only its hash is kept, and where the number is, it is not shown in full.
COLUMNS = (
    _column("full_name", lambda posting: posting.person.full_name, 28),
    _column("birth_date", lambda posting: posting.person.birth_date, 12),
    _column("gender", lambda posting: posting.person.get_gender_display(), 10),
    _column("staff_number", lambda posting: posting.person.staff_number),
    _column("unit_code", lambda posting: posting.unit.code, 14),
    _column("unit", lambda posting: posting.unit.name, 36),
    _column("position_title", lambda posting: posting.position_title, 26),
    _column("job_title", lambda posting: posting.job_title, 20),
    _column("grade", lambda posting: posting.grade, 18),
    _column("position_group", lambda posting: posting.get_position_group_display(), 20),
    _column("employment_type", lambda posting: posting.get_employment_type_display(), 20),
    _column("is_manager", lambda posting: "x" if posting.is_manager else None, 10),
    _column("work_email", lambda posting: posting.person.work_email, 30),
    _column("phone", lambda posting: posting.person.phone, 14),
    _column("username", lambda posting: posting.person.username, 18),
)


def people_table(units: Iterable[Unit]) -> Table:
    """Everybody whose primary posting is in `units` today, by given name. The rows are read as they are written."""
    day = timezone.localdate()
    postings = (
        Posting.objects.filter(current_on(day), unit__in=units, is_primary=True)
        .filter(person__is_superuser=False, person__restricted_at__isnull=True, person__erased_at__isnull=True)
        .select_related("person", "unit")
        .order_by("person__sort_key", "person_id")
    )
    notes = [_("As of {day}.").format(day=short_date(day))]
    return Table(_("List of people"), COLUMNS, postings.iterator(chunk_size=2000), notes)


def template_table() -> Table:
    """An empty list to fill in: the columns HR keeps, with two rows that show how (illustrative)."""
    keys = (
        "full_name", "birth_date", "gender", "national_id", "staff_number", "unit", "position_title", "job_title",
        "grade", "employment_type", "work_email", "phone",
    )  # fmt: skip
    columns = tuple(Column(key, LABELS[key], lambda row, key=key: row.get(key), width=20) for key in keys)
    rows = [
        {
            "full_name": "Nguyễn Thị Minh Họa",
            "birth_date": date(1985, 3, 5),
            "gender": "Nữ",
            "national_id": "099185000001",
            "staff_number": "MH0001",
            "unit": "Phòng Kinh tế",
            "position_title": "Trưởng phòng",
            "grade": "Chuyên viên chính",
            "employment_type": "CC",
            "work_email": "hoa.ntm@lamgiang.example",
            "phone": "0100000001",
        },
        {
            "full_name": "Giàng A Mẫu",
            "birth_date": date(1990, 11, 20),
            "gender": "Nam",
            "staff_number": "MH0002",
            "unit": "Trường Tiểu học Mẫu",
            "job_title": "Giáo viên",
            "employment_type": "VC",
        },
    ]
    notes = [_("Delete the two illustrative rows. Columns may be left out or stand in another order.")]
    return Table(_("List of people"), columns, rows, notes)
