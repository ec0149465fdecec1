"""Exemptions, deferrals and equivalents: the learner asks, who keeps the person's records decides."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.assigning import page, queries
from courses.assigning.exemption_forms import DecisionForm, ExemptionForm
from courses.domain import exemptions
from courses.enums import ExemptionState
from courses.evidence import as_download
from courses.models import CoursePage, Exemption
from courses.views.desk_guards import for_keepers
from people.domain import audit
from people.queries import kept_people_for, primary_posting
from shared.errors import DomainError
from shared.text.fold import fold

_MOST_FOUND = 10


@for_keepers
def exemption_list(request):
    """What waits for a decision first; with all, those decided as well."""
    found = queries.exemptions_for(request.user)
    waiting = found.filter(state=ExemptionState.REQUESTED)
    show_all = "tat_ca" in request.GET
    shown = page.page_of(found if show_all else waiting.order_by("requested_at"), request.GET.get("trang"))
    context = {"people": shown, "show_all": show_all, "section": "exemptions", "nav_section": "reports"}
    return render(request, "courses/assigning/exemptions.html", context | page.page_links(shown, request.GET))


@for_keepers
def new_exemption(request):
    """For somebody of one's scope: first found, then what is asked for. Deciding is a step of its own."""
    number = request.GET.get("nguoi", "")
    people = kept_people_for(request.user).exclude(pk=request.user.pk)
    if not number.isdecimal():
        text = request.GET.get("q", "")[:120]
        matches = people.filter(search_key__contains=fold(text))[:_MOST_FOUND] if text else []
        context = {"text": text, "matches": matches, "section": "exemptions", "nav_section": "reports"}
        return render(request, "courses/assigning/find_person.html", context)
    person = get_object_or_404(people, pk=number)
    form = ExemptionForm(request.POST or None, request.FILES or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            made = form.request(actor=request.user)
        except DomainError as problem:
            form.add_error(None, problem.message)
        else:
            return redirect("exemption", made.pk)
    context = {"form": form, "person": person, "section": "exemptions", "nav_section": "reports"}
    return render(request, "courses/assigning/new_exemption.html", context, status=422 if form.errors else 200)


@for_keepers
def exemption(request, pk: int):
    """One request with its evidence, and the decision."""
    found = get_object_or_404(queries.exemptions_for(request.user), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _act(request, found, form.cleaned_data["note"])
        except DomainError as problem:
            form.add_error("note", problem.message)
        else:
            return redirect("exemptions")
    elif request.method != "POST":
        audit.record_view(request.user, found.person, "exemption", exemption=found.pk)
    context = {
        "exemption": found,
        "posting": primary_posting(found.person),
        "form": form,
        "is_waiting": found.state == ExemptionState.REQUESTED,
        "is_approved": found.state == ExemptionState.APPROVED,
        "section": "exemptions",
        "nav_section": "reports",
    }
    return render(request, "courses/assigning/exemption.html", context, status=422 if form.errors else 200)


def _act(request, found: Exemption, note: str) -> None:
    act = request.POST.get("viec")
    if act == "dong-y":
        exemptions.approve(found, actor=request.user, note=note)
        messages.success(request, _("Approved. It holds at once."))
    elif act == "khong":
        exemptions.refuse(found, actor=request.user, note=note)
        messages.success(request, _("Refused. The person can read why."))
    elif act == "rut":
        exemptions.withdraw(found, actor=request.user)
        messages.success(request, _("Withdrawn. From now on the course is asked for as before."))
    else:
        raise Http404


@for_keepers
def exemption_evidence(request, pk: int):
    """The paper handed in."""
    found = get_object_or_404(queries.exemptions_for(request.user), pk=pk)
    audit.record_view(request.user, found.person, "exemption_evidence", exemption=found.pk)
    return as_download(found.evidence, found.evidence_name)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_exemption(request, course_id: int):
    """The learner's own request for a course, and what became of earlier ones."""
    course = get_object_or_404(CoursePage.objects.live(), pk=course_id)
    form = ExemptionForm(request.POST or None, request.FILES or None, person=request.user, course=course)
    if request.method == "POST" and form.is_valid():
        try:
            form.request(actor=request.user)
        except DomainError as problem:
            form.add_error(None, problem.message)
        else:
            messages.success(request, _("The request is handed in. HR of the unit decides on it."))
            return redirect("ask_for_exemption", course_id)
    earlier = Exemption.objects.filter(person=request.user, course=course)
    context = {
        "form": form,
        "course": course,
        "earlier": earlier,
        "is_waiting": any(one.state == ExemptionState.REQUESTED for one in earlier),
        "nav_section": "learning",
    }
    return render(request, "courses/ask_for_exemption.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def take_back_request(request, pk: int):
    """The learner takes back what waits for a decision."""
    found = get_object_or_404(Exemption, pk=pk, person=request.user)
    if found.state == ExemptionState.REQUESTED:
        exemptions.withdraw(found, actor=request.user)
        messages.success(request, _("The request is taken back."))
    return redirect("ask_for_exemption", found.course_id)


@login_required
@require_GET
def own_evidence(request, pk: int):
    """What the learner handed in."""
    found = get_object_or_404(Exemption, pk=pk, person=request.user)
    return as_download(found.evidence, found.evidence_name)
