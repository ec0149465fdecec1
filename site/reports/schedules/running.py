"""The nightly pass: which monthly reports are due and not made yet. A night left out is made up for once."""

from calendar import monthrange
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from notices.domain.queueing import queue
from reports.domain.kept import with_time
from reports.enums import ExportState, ExportWhat, StopReason
from reports.exports.ordering import order
from reports.models import Export, Schedule, ScheduleRun
from reports.schedules import keeping
from shared.errors import DomainError

TOPIC = "reports.monthly"
READY, STOPPED, FAILED = "ready", "stopped", "failed"


def run_due(today: date | None = None) -> int:
    """Has what is due made; returns how many were begun. May run twice at once, and be left out for days."""
    today = today or timezone.localdate()
    begun = 0
    waiting = keeping.running().select_related("person", "unit", "course").order_by("pk")
    for schedule in waiting.iterator(chunk_size=200):
        period = last_due(schedule, today)
        if period is None or ScheduleRun.objects.filter(schedule=schedule, period=period).exists():
            continue
        try:
            begun += _begin(schedule, period)
        except IntegrityError:  # another pass was faster
            continue
    return begun


def last_due(schedule: Schedule, today: date) -> date | None:
    """The newest day of the schedule that has come; None before its first one. Of several missed it is the last."""
    day = today.replace(day=schedule.day_of_month)
    if day > today:
        before = today.replace(day=1) - timedelta(days=1)
        day = before.replace(day=min(schedule.day_of_month, monthrange(before.year, before.month)[1]))
    return day if day >= timezone.localdate(schedule.created_at) else None


def next_due(schedule: Schedule, today: date) -> date:
    """The next day of the schedule after today."""
    day = today.replace(day=schedule.day_of_month)
    if day > today:
        return day
    return (today.replace(day=28) + timedelta(days=4)).replace(day=schedule.day_of_month)


@transaction.atomic
def _begin(schedule: Schedule, period: date) -> bool:
    """The run and the wish for its file, or the end of the schedule."""
    if not keeping.is_in_scope(schedule):
        stop_and_tell(schedule)
        return False
    run = ScheduleRun.objects.create(schedule=schedule, period=period)
    parameters = {"report": schedule.report, "don_vi": str(schedule.unit_id), "ngay": period.isoformat()}
    if schedule.course_id:
        parameters["khoa_hoc"] = str(schedule.course_id)
    try:
        with translation.override(schedule.person.language or "vi"), with_time():
            run.export = order(schedule.person, ExportWhat.REPORT, parameters, schedule.file_format, is_scheduled=True)
    except DomainError:  # such as a list that has become too long for paper
        queue(schedule.person_id, TOPIC, FAILED, run.pk, period)
        return False
    run.save(update_fields=["export"])
    return True


def stop_and_tell(schedule: Schedule) -> None:
    """Ends a schedule whose unit is out of scope, and has its person told."""
    with transaction.atomic():
        if keeping.stop(schedule, StopReason.SCOPE, actor=None):
            queue(schedule.person_id, TOPIC, STOPPED, schedule.pk, timezone.localdate())


def follow(export_id: int) -> None:
    """In the transaction in which a file is ready, refused or given up."""
    export = Export.objects.get(pk=export_id)
    for run in ScheduleRun.objects.filter(export=export).select_related("schedule__person"):
        if export.state == ExportState.READY:
            queue(run.schedule.person_id, TOPIC, READY, run.pk, run.period)
        elif export.state == ExportState.REFUSED:
            stop_and_tell(run.schedule)
        else:
            queue(run.schedule.person_id, TOPIC, FAILED, run.pk, run.period)
