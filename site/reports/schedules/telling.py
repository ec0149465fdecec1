"""The letter about a monthly report: a link to the page where it is downloaded after signing in, never the figures."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices.domain.topics import Line, Topic, one_by_one, register
from people.rules import can_see_reports
from reports.enums import ExportState, StopReason
from reports.exports.keeping import can_download
from reports.models import Schedule, ScheduleRun
from reports.schedules import keeping, running
from shared.text.dates import short_date


def declare() -> None:
    register(
        Topic(
            running.TOPIC,
            gettext_lazy("Monthly reports one has set up"),
            one_by_one(_lines),
            why=gettext_lazy("They come because they were set up, until they are stopped among the monthly reports."),
        )
    )


def _lines(person, matters, day) -> list[Line]:
    """Asked right before the letter goes out: a report whose unit is out of scope meanwhile is stopped instead."""
    lines = []
    for matter in matters:
        if matter.step == running.STOPPED:
            schedule = Schedule.objects.filter(pk=matter.subject_id, person=person).select_related("unit").first()
            lines += [_stopped(schedule, matter)] if schedule else []
            continue
        runs = ScheduleRun.objects.select_related("schedule__unit", "schedule__person", "export")
        run = runs.filter(pk=matter.subject_id, schedule__person=person).first()
        if run is not None:
            lines += _of_run(run, matter, person)
    return lines


def _of_run(run: ScheduleRun, matter, person) -> list[Line]:
    schedule = run.schedule
    if not keeping.is_in_scope(schedule):
        keeping.stop(schedule, StopReason.SCOPE, actor=None)
        return [_stopped(schedule, matter)]
    if matter.step == running.FAILED:
        return [_failed(schedule, matter)]
    if run.export is None or not can_download(person, run.export):
        return []
    words = {"report": schedule.get_report_display(), "unit": schedule.unit.name, "day": short_date(run.period)}
    return [
        Line(
            matters=(matter.pk,),
            title=_("Monthly report ready: %(report)s, %(unit)s, as of %(day)s") % words,
            text=_("It is downloaded after signing in; the file is kept until %(day)s.")
            % {"day": short_date(run.export.expires_at.date())},
            path=reverse("reports:export", args=[run.export.pk]),
            action=_("To the file"),
            place=60,
            is_on_site=run.export.state != ExportState.READY,  # the site has told it when the file was ready
        )
    ]


def _stopped(schedule: Schedule, matter) -> Line:
    words = {"report": schedule.get_report_display()}
    return Line(
        matters=(matter.pk,),
        title=_("Monthly report stopped: %(report)s") % words,
        text=_("Its unit is not in your scope any more. An administrator can tell more."),
        path=reverse("reports:schedules") if _still_reads(schedule) else reverse("notices:list"),
        action=_("Monthly reports"),
        place=60,
    )


def _failed(schedule: Schedule, matter) -> Line:
    words = {"report": schedule.get_report_display(), "unit": schedule.unit.name}
    return Line(
        matters=(matter.pk,),
        title=_("Monthly report could not be made: %(report)s, %(unit)s") % words,
        text=_("The report can be had from the desk at any time."),
        path=reverse("reports:documents"),
        action=_("Printed reports"),
        place=60,
    )


def _still_reads(schedule: Schedule) -> bool:
    return can_see_reports(schedule.person)
