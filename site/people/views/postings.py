"""The steps of a career at the desk: a form, what would follow in words, and only then the step."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.directory import consequences
from people.domain import postings
from people.forms import postings as forms
from people.models import Person, Posting
from people.queries import kept_people_for, kept_postings_for, people_for
from people.views import seen
from people.views.guards import for_keepers
from shared.errors import DomainError
from shared.text.dates import short_date


@dataclass(frozen=True)
class Step:
    """A step as the desk offers it: its form, its heading, what its button says, what is said afterwards."""

    form: type[forms.StepForm]
    heading: str
    button: str
    done: str


STEPS = {
    "thay-doi": Step(
        forms.ChangeForm,
        gettext_lazy("Change the posting"),
        gettext_lazy("Record the change"),
        gettext_lazy("The change is recorded."),
    ),
    "bo-nhiem": Step(
        forms.PromoteForm,
        gettext_lazy("Appoint to a higher position"),
        gettext_lazy("Record the appointment"),
        gettext_lazy("The appointment is recorded."),
    ),
    "dieu-dong": Step(
        forms.TransferForm,
        gettext_lazy("Move to another unit"),
        gettext_lazy("Record the move"),
        gettext_lazy("The move is recorded."),
    ),
    "chinh": Step(
        forms.MakePrimaryForm,
        gettext_lazy("Make this the primary posting"),
        gettext_lazy("Make it primary"),
        gettext_lazy("The primary posting is recorded."),
    ),
    "ket-thuc": Step(
        forms.EndForm,
        gettext_lazy("End the posting"),
        gettext_lazy("Record the end"),
        gettext_lazy("The end is recorded."),
    ),
    "dinh-chinh": Step(
        forms.CorrectForm,
        gettext_lazy("Correct what was recorded wrongly"),
        gettext_lazy("Save the correction"),
        gettext_lazy("The correction is saved and stands in the log."),
    ),
    "xoa": Step(
        forms.RemoveForm,
        gettext_lazy("Remove a posting that never was"),
        gettext_lazy("Remove it"),
        gettext_lazy("The posting is removed; the log keeps it."),
    ),
}
_ADD = Step(
    forms.AddForm,
    gettext_lazy("Add a posting"),
    gettext_lazy("Record the posting"),
    gettext_lazy("The posting is recorded."),
)


@for_keepers
def posting_step(request, pk: int, step: str):
    """One step for one posting of the viewer's scope."""
    if step not in STEPS:
        raise Http404
    posting = get_object_or_404(kept_postings_for(request.user).select_related("person", "unit"), pk=pk)
    return _take(request, STEPS[step], posting.person, posting)


@for_keepers
def add_posting(request, pk: int):
    """A further posting, or the first, for a person of the viewer's scope."""
    return _take(request, _ADD, get_object_or_404(kept_people_for(request.user), pk=pk), None)


@for_keepers
def cancel_planned(request, pk: int, day: str):
    """Takes back what is planned for one day."""
    person, planned = get_object_or_404(kept_people_for(request.user), pk=pk), parse_date(day)
    if planned is None:
        raise Http404

    def cancel():
        postings.cancel_planned(person, planned, actor=request.user)

    try:
        if request.method == "POST":
            cancel()
            messages.success(request, _("What was planned for %(day)s is cancelled.") % {"day": short_date(planned)})
            return to_the_person(request, person)
        lines = consequences.rows_in_words(postings.preview(person, cancel))
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return to_the_person(request, person)
    context = {
        "person": person,
        "heading": _("Cancel what is planned for %(day)s") % {"day": short_date(planned)},
        "lines": lines,
        "button": _("Cancel the plan"),
        "back": reverse("people:person", args=[person.pk]),
        "nav_section": "reports",
    }
    return render(request, "people/hr/confirm.html", context)


def _take(request, step: Step, person: Person, posting: Posting | None):
    """Shows the form; then what would follow; then takes the step, unless the postings have changed meanwhile."""
    form = step.form(request.POST or None, viewer=request.user, person=person, posting=posting)
    context = {
        "person": person,
        "posting": posting,
        "step": step,
        "form": form,
        "back": reverse("people:person", args=[person.pk]),
        "nav_section": "reports",
    }
    if request.method == "POST" and form.is_valid() and not _somebody_was_first(request, person, context):
        try:
            if "confirm" in request.POST:
                form.perform()
                messages.success(request, f"{person}: {step.done}")
                return to_the_person(request, person)
            preview = postings.preview(person, form.perform)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            context["lines"] = consequences.of_step(request.user, person, preview, form.day)
            context["seen"] = request.POST.get("seen", "")
            if "edit" not in request.POST:
                return render(request, "people/hr/step_preview.html", context)
    context.setdefault("seen", seen.postings_token(request.user, person))
    return render(request, "people/hr/step.html", context, status=422 if form.errors else 200)


def _somebody_was_first(request, person: Person, context: dict) -> bool:
    """Whether the postings are not as they were when the form was opened; then the page says what happened."""
    changed = seen.postings_changed_since(request.user, person, request.POST.get("seen", ""))
    if changed == []:
        return False
    context["changed_meanwhile"] = changed or []
    context["was_first"] = True
    return True


def to_the_person(request, person: Person):
    """To the person's page, or to the directory if the person has left the viewer's scope."""
    if people_for(request.user).filter(pk=person.pk).exists():
        return redirect("people:person", person.pk)
    return redirect("people:persons")
