"""Days on which offices work, and the day by which a request must be answered."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from people.domain import audit
from people.enums import RequestState
from people.models import DataRequest, SpecialDay
from shared.errors import DomainError

ANSWER_WITHIN = 2  # working days; needs.md: the law's time for requests about personal data

_LONGEST_PAUSE = timedelta(days=60)  # no holiday is longer; a table that says so is wrong
# What a site starts with. The government sets the days around Tết each year: administrators check the table.
STARTING_DAYS = (
    (date(2026, 9, 1), "Nghỉ Quốc khánh", False),
    (date(2026, 9, 2), "Quốc khánh", False),
    (date(2027, 1, 1), "Tết Dương lịch", False),
    (date(2027, 2, 4), "Tết Nguyên đán (28 tháng Chạp)", False),
    (date(2027, 2, 5), "Tết Nguyên đán (29 tháng Chạp)", False),
    (date(2027, 2, 6), "Tết Nguyên đán (mùng 1)", False),
    (date(2027, 2, 7), "Tết Nguyên đán (mùng 2)", False),
    (date(2027, 2, 8), "Tết Nguyên đán (mùng 3)", False),
    (date(2027, 2, 9), "Tết Nguyên đán (mùng 4)", False),
    (date(2027, 2, 10), "Tết Nguyên đán (mùng 5)", False),
    (date(2027, 4, 16), "Giỗ Tổ Hùng Vương", False),
    (date(2027, 4, 30), "Ngày Giải phóng miền Nam", False),
    (date(2027, 5, 1), "Ngày Quốc tế Lao động", False),
    (date(2027, 9, 2), "Quốc khánh", False),
    (date(2027, 9, 3), "Nghỉ Quốc khánh", False),
)


def is_worked(day: date, special: Mapping[date, bool]) -> bool:
    """Whether offices work on `day`: Monday to Friday, unless `special` (day → is it worked) says otherwise."""
    return special.get(day, day.weekday() < 5)


def due_after(received: date, special: Mapping[date, bool], working_days: int = ANSWER_WITHIN) -> date:
    """The last day for an answer: the `working_days`-th working day after the day of receipt, which itself does
    not count. Raises ValueError if `special` leaves no working day for two months."""
    day, left, limit = received, working_days, received + _LONGEST_PAUSE
    while left:
        day += timedelta(days=1)
        if day > limit:
            raise ValueError("The table of holidays leaves no working day.")
        left -= is_worked(day, special)
    return day


def special_days() -> dict[date, bool]:
    return dict(SpecialDay.objects.values_list("day", "is_worked"))


@transaction.atomic
def set_day(day: date, occasion: str, worked: bool, *, actor, stored: SpecialDay | None = None) -> SpecialDay:
    """Enters or changes a special day; requests not yet answered get the due day that follows from it.

    Raises DomainError when the table would leave no working day.
    """
    entry = stored or SpecialDay()
    entry.day, entry.occasion, entry.is_worked = day, occasion, worked
    entry.save()
    audit.record(actor, "special_day.set", entry, day=day, worked=worked)
    _move_due_days()
    return entry


@transaction.atomic
def delete_day(stored: SpecialDay, *, actor) -> None:
    audit.record(actor, "special_day.deleted", stored, day=stored.day)
    stored.delete()
    _move_due_days()


def load_starting_days() -> None:
    """Fills an empty table. Administrators change it afterwards."""
    if not SpecialDay.objects.exists():
        SpecialDay.objects.bulk_create(
            SpecialDay(day=day, occasion=occasion, is_worked=worked) for day, occasion, worked in STARTING_DAYS
        )


def years_without_days(today: date) -> list[int]:
    """Of this year and, from October on, the next: those for which nobody has entered a holiday."""
    years = [today.year, today.year + 1] if today.month >= 10 else [today.year]
    entered = {day.year for day in SpecialDay.objects.filter(is_worked=False).values_list("day", flat=True)}
    return [year for year in years if year not in entered]


def _move_due_days() -> None:
    special = special_days()
    waiting = list(DataRequest.objects.select_for_update().filter(state=RequestState.OPEN))
    try:
        for request in waiting:
            request.due_on = due_after(request.received_on, special)
    except ValueError:
        raise DomainError(_("With this day there would be no working day for two months. Check the table.")) from None
    DataRequest.objects.bulk_update(waiting, ["due_on"], batch_size=500)
