"""What is asked of units as units: the requirements, the count by kind, handing in and deciding."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.assigning import page
from courses.assigning import unit_duties as queries
from courses.assigning.exemption_forms import DecisionForm
from courses.domain import unit_duties
from courses.enums import UnitDutyState
from courses.evidence import as_download
from courses.views.desk_guards import for_keepers, for_people_with_units, for_readers
from people.rules import can_keep_people
from shared.errors import DomainError

_COMMON = {"section": "unit_requirements", "nav_section": "reports"}


@for_readers
def requirement_list(request):
    """What is asked of one's units, with the count."""
    now = timezone.localtime()
    shown = page.page_of(queries.requirements_for(request.user), request.GET.get("trang"))
    numbers = queries.numbers_of(request.user, list(shown), now.date())
    context = _COMMON | {
        "people": shown,
        "lines": [{"requirement": one, "numbers": numbers.get(one.pk, {})} for one in shown],
        "may_ask": can_keep_people(request.user),
        "as_of": page.as_of(now),
    }
    return render(request, "courses/assigning/requirements.html", context | page.page_links(shown, request.GET))


@for_keepers
def new_requirement(request):
    form = queries.RequirementForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = unit_duties.ask_units(form.requirement(), actor=request.user)
        except DomainError as problem:
            form.add_error(None, problem.message)
        else:
            messages.success(request, _("Asked of the units. Each finds it under “Duties of units”."))
            return redirect("unit_requirement", made.pk)
    status = 422 if form.errors else 200
    return render(request, "courses/assigning/new_requirement.html", _COMMON | {"form": form}, status=status)


@for_readers
def requirement(request, pk: int):
    """The count by kind of unit, and the units behind it."""
    now = timezone.localtime()
    found = get_object_or_404(queries.requirements_for(request.user), pk=pk)
    kind, state = request.GET.get("loai", ""), request.GET.get("tinh_trang", "")
    duties = queries.duties_for(request.user).filter(requirement=found).order_by("unit__name", "pk")
    if kind:
        duties = duties.filter(unit__kind=kind)
    if state in UnitDutyState.values:
        duties = duties.filter(state=state)
    shown = page.page_of(duties, request.GET.get("trang"))
    by_kind = queries.numbers_by_kind(request.user, found, now.date())
    context = _COMMON | {
        "requirement": found,
        "by_kind": by_kind,
        "total": {name: sum(row[name] for row in by_kind) for name in ("units", "handed_in", "accepted", "late")},
        "people": shown,
        "narrowed": bool(kind or state),
        "as_of": page.as_of(now),
    }
    return render(request, "courses/assigning/requirement.html", context | page.page_links(shown, request.GET))


@for_people_with_units
def unit_duty(request, pk: int):
    """One unit and one requirement: its paper, handing it in, accepting it."""
    found = get_object_or_404(queries.duties_for(request.user), pk=pk)
    may_hand_in = queries.handed_in_by(request.user).filter(pk=pk).exists()
    may_decide = queries.decided_by(request.user).filter(pk=pk).exists()
    form, decision = queries.HandInForm(), DecisionForm()
    if request.method == "POST":
        act = request.POST.get("viec")
        try:
            if act == "nop" and may_hand_in:
                form = queries.HandInForm(request.POST, request.FILES)
                if form.is_valid():
                    data = form.cleaned_data
                    unit_duties.hand_in(found, data["evidence"], data["note"], actor=request.user)
                    messages.success(request, _("Handed in. It is looked at now."))
                    return redirect("unit_duty", pk)
            elif act in ("nhan", "tra") and may_decide:
                decision = DecisionForm(request.POST)
                if decision.is_valid():
                    note = decision.cleaned_data["note"]
                    unit_duties.decide(found, act == "nhan", note, actor=request.user)
                    messages.success(request, _("Decided."))
                    return redirect("unit_requirement", found.requirement_id)
            else:
                raise Http404
        except DomainError as problem:
            (decision if act != "nop" else form).add_error(None, problem.message)
    context = _COMMON | {
        "duty": found,
        "form": form if may_hand_in and found.state != UnitDutyState.ACCEPTED else None,
        "decision": decision if may_decide and found.state == UnitDutyState.HANDED_IN else None,
    }
    status = 422 if form.errors or decision.errors else 200
    return render(request, "courses/assigning/unit_duty.html", context, status=status)


@for_readers
def unit_duty_evidence(request, pk: int):
    found = get_object_or_404(queries.duties_for(request.user), pk=pk)
    return as_download(found.evidence, found.evidence_name)
