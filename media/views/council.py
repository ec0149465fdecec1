"""The emulation council's desk: meetings, docket, votes, minutes, decisions. For reviewers of the unit."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from media import queries, rules
from media.domain import council as domain
from media.enums import VoteValue
from media.forms.nominations import DecisionForm, MinutesForm, SessionForm, VoteForm
from media.models import DocketItem, Nomination
from shared.errors import DomainError


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def council(request):
    """The meetings of one's councils, what waits for a docket, and the form to call a meeting."""
    if not rules.can_sit_on_council(request.user):
        raise PermissionDenied(_("Members of an emulation council meet here."))
    form = SessionForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        session = _try(request, lambda: domain.open_session(actor=request.user, **form.cleaned_data))
        if session:
            return redirect("council_session", session.pk)
    return render(
        request,
        "media/council.html",
        {
            "sessions": queries.council_sessions_for(request.user)[:50],
            "waiting": queries.ready_for_docket(request.user)[:50],
            "form": form,
            "nav_section": "account",
        },
        status=422 if request.method == "POST" else 200,
    )


@never_cache
@login_required
@require_safe
def council_session(request, pk: int):
    session = _find(request, pk)
    items = list(
        session.items.select_related("nomination__unit", "nomination__level", "level", "session").prefetch_related(
            "votes__member"
        )
    )
    for item in items:
        item.session = session
        votes = list(item.votes.all())
        item.counts = [(value.label, sum(1 for vote in votes if vote.value == value)) for value in VoteValue]
        item.my_vote = next((vote for vote in votes if vote.member_id == request.user.pk), None)
        item.may_vote = item.my_vote is None and rules.can_vote(request.user, item)
        item.form = DecisionForm(initial={"level": item.nomination.level}, prefix=f"item-{item.pk}")
    return render(
        request,
        "media/council_session.html",
        {
            "session": session,
            "items": items,
            "waiting": [] if session.closed_at else queries.ready_for_docket(request.user)[:50],
            "minutes_form": MinutesForm(initial={"minutes": session.minutes}),
            "votes": VoteValue.choices,
            "nav_section": "account",
        },
    )


@never_cache
@login_required
@require_POST
def council_step(request, pk: int):
    """One step of a meeting: add, vote, decide, minutes, close. The button says which."""
    session, step = _find(request, pk), request.POST.get("step", "")
    steps = {
        "add": _add,
        "vote": _vote,
        "decide": _decide,
        "minutes": _minutes,
        "close": lambda request, session: domain.close_session(session, actor=request.user),
    }
    if step in steps:
        _try(request, lambda: steps[step](request, session), _("Recorded."))
    return redirect("council_session", pk)


@never_cache
@login_required
@require_safe
def council_minutes_file(request, pk: int):
    session = _find(request, pk)
    if not session.minutes_file:
        raise Http404
    return FileResponse(session.minutes_file.open("rb"), as_attachment=True)


def _add(request, session):
    nomination = get_object_or_404(Nomination, pk=_number(request, "nomination"))
    domain.put_on_docket(session, nomination, actor=request.user)


def _vote(request, session):
    form = VoteForm(request.POST)
    if not form.is_valid():
        raise DomainError(_("Choose a vote."))
    domain.vote(_item(request, session), actor=request.user, value=VoteValue(form.cleaned_data["value"]))


def _decide(request, session):
    item = _item(request, session)
    form = DecisionForm(request.POST, prefix=f"item-{item.pk}")
    if not form.is_valid():
        raise DomainError(" ".join(str(error) for errors in form.errors.values() for error in errors))
    domain.decide(item, actor=request.user, **form.cleaned_data)


def _minutes(request, session):
    form = MinutesForm(request.POST, request.FILES)
    if not form.is_valid():
        raise DomainError(" ".join(str(error) for errors in form.errors.values() for error in errors))
    domain.write_minutes(
        session, actor=request.user, minutes=form.cleaned_data["minutes"], file=form.cleaned_data["minutes_file"]
    )


def _item(request, session) -> DocketItem:
    return get_object_or_404(session.items, pk=_number(request, "item"))


def _number(request, name: str) -> int:
    value = request.POST.get(name, "")
    if not value.isdecimal():
        raise Http404
    return int(value)


def _find(request, pk: int):
    return get_object_or_404(queries.council_sessions_for(request.user), pk=pk)


def _try(request, act, done: str = ""):
    """Does it, or tells why not; the page comes back either way."""
    try:
        result = act()
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return None
    if done:
        messages.success(request, done)
    return result
