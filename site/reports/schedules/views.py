"""Monthly reports: set up, seen, stopped."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from courses.models import CoursePage
from people.models import Unit
from reports.documents.asking import Scope, courses_asked
from reports.documents.kinds import FileFormat, ReportKind
from reports.enums import StopReason
from reports.guards import for_readers
from reports.models import Schedule
from reports.schedules import keeping, running
from shared.errors import DomainError


class ScheduleForm(forms.Form):
    """Choices are those of the viewer's scope today: whatever else is sent is no choice."""

    report = forms.ChoiceField(label=gettext_lazy("Report"), choices=ReportKind.choices)
    unit = forms.TypedChoiceField(label=gettext_lazy("Unit"), coerce=int)
    course = forms.TypedChoiceField(label=gettext_lazy("Course"), coerce=int, required=False, empty_value=None)
    file_format = forms.ChoiceField(label=gettext_lazy("Kind of file"), choices=FileFormat.choices)
    day_of_month = forms.IntegerField(
        label=gettext_lazy("Day of the month"),
        min_value=1,
        max_value=28,
        initial=1,
        help_text=gettext_lazy("1 to 28. The figures are of that day; the letter follows on the next working day."),
    )

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        day = timezone.localdate()
        tree = Scope(viewer, day).tree
        self.fields["unit"].choices = [(unit.pk, unit.indented) for unit in tree.open_units()]
        courses = courses_asked(Unit.objects.filter(pk__in=list(tree.nodes)), day).values()
        self.fields["course"].choices = [("", _("All courses")), *((one.pk, one.title) for one in courses)]

    def schedule(self, viewer) -> Schedule:
        data = self.cleaned_data
        return Schedule(
            person=viewer,
            report=data["report"],
            file_format=data["file_format"],
            unit=Unit.objects.get(pk=data["unit"]),
            course=CoursePage.objects.get(pk=data["course"]) if data["course"] else None,
            day_of_month=data["day_of_month"],
        )


@for_readers
@require_http_methods(["GET", "HEAD", "POST"])
def schedules(request):
    """One's monthly reports, and the form for another one."""
    form = ScheduleForm(request.POST or None, viewer=request.user, initial=_chosen(request.GET))
    if request.method == "POST" and form.is_valid():
        try:
            keeping.set_up(form.schedule(request.user))
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The report will come every month."))
            return redirect("reports:schedules")
    today = timezone.localdate()
    lines = [
        {"schedule": one, "next": None if one.stopped_at else running.next_due(one, today)}
        for one in keeping.schedules_for(request.user)
    ]
    context = {"form": form, "lines": lines, "nav_section": "reports", "section": "reports:schedules"}
    return render(request, "reports/schedules/list.html", context)


@for_readers
@require_POST
def stop(request, pk: int):
    schedule = get_object_or_404(keeping.schedules_for(request.user), pk=pk)
    keeping.stop(schedule, StopReason.BY_HAND, actor=request.user)
    messages.success(request, _("The monthly report has been stopped."))
    return redirect("reports:schedules")


def _chosen(sent) -> dict:
    """From the page of a report: what is shown there."""
    return {"report": sent.get("report"), "unit": sent.get("don_vi"), "course": sent.get("khoa_hoc"), "day_of_month": 1}
