"""Nominations: the unit's list and form, and one nomination as each of its readers may see and answer it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from media import queries, rules
from media.domain import nominations as domain
from media.forms.nominations import NominationForm
from shared.errors import DomainError

A_PAGE = 30


@never_cache
@login_required
@require_safe
def nomination_list(request):
    """Those the reader may see, newest first."""
    page = Paginator(queries.nominations_for(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "media/nominations.html",
        {
            "page": page,
            "may_nominate": rules.can_nominate(request.user),
            "sits_on_council": rules.can_sit_on_council(request.user),
            "nav_section": "account",
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_nomination(request):
    if not rules.can_nominate(request.user):
        raise PermissionDenied(_("Heads and HR officers of units nominate."))
    form = NominationForm(request.POST or None, request.FILES or None, viewer=request.user)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = domain.nominate(
                    form.cleaned_data["unit"], actor=request.user, evidence=form.cleaned_data["evidence"], **form.facts
                )
            except DomainError as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, _("The nomination is made. The nominee and the HR officers have been told."))
                return redirect("nomination", made.pk)
    return render(request, "media/new_nomination.html", {"form": form, "nav_section": "account"}, status=status)


@never_cache
@login_required
@require_safe
def nomination(request, pk: int):
    found = _find(request, pk)
    viewer = request.user
    item = found.docket_items.select_related("session", "level").order_by("-pk").first()
    published = queries.published_on(found)
    return render(
        request,
        "media/nomination.html",
        {
            "nomination": found,
            "evidence": found.evidence.all(),
            "item": item if found.state != "not_pursued" else None,
            "published": published,
            "days": (published - found.nominated_at).days if published else None,
            "is_nominee": found.person_id == viewer.pk,
            "may_answer": rules.can_answer_nomination(viewer, found),
            "may_confirm": rules.can_confirm_nomination(viewer, found),
            "may_withdraw": rules.can_withdraw_nomination(viewer, found),
            "nav_section": "account",
        },
    )


@never_cache
@login_required
@require_POST
def answer_nomination(request, pk: int):
    """The nominee agrees or declines, HR confirms or not, the unit withdraws: the button says which."""
    found, step = _find(request, pk), request.POST.get("step", "")
    steps = {
        "agree": lambda: domain.agree(found, actor=request.user),
        "decline": lambda: domain.decline(found, actor=request.user),
        "yes": lambda: domain.confirm(found, actor=request.user, yes=True),
        "no": lambda: domain.confirm(found, actor=request.user, yes=False),
        "withdraw": lambda: domain.withdraw(found, actor=request.user),
    }
    if step in steps:
        try:
            steps[step]()
            messages.success(request, _("Your answer is recorded."))
        except DomainError as refusal:
            messages.error(request, refusal.message)
    return (
        redirect("nomination", pk) if rules.can_see_nomination(request.user, _fresh(found)) else redirect("nominations")
    )


@never_cache
@login_required
@require_safe
def nomination_evidence(request, pk: int, number: int):
    file = get_object_or_404(_find(request, pk).evidence, pk=number)
    return FileResponse(file.file.open("rb"), as_attachment=True, filename=file.name)


def _find(request, pk: int):
    return get_object_or_404(queries.nominations_for(request.user), pk=pk)


def _fresh(found):
    found.refresh_from_db()
    return found
