"""Activation slips on the HR desk: choose a unit, make slips, download them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from people import queries
from people.domain import activation
from people.models import Unit
from people.sign_in import queries as waiting
from people.views.guards import for_keepers
from shared.errors import DomainError
from shared.text.fold import fold


@require_safe
@for_keepers
def slips(request):
    """The viewer's units with how many people have not signed in; one unit opens to those directly under it."""
    tops = list(waiting.top_units_for(request.user))
    unit = _unit_of(request, request.GET.get("don_vi")) if "don_vi" in request.GET else _only(tops)
    below = list(waiting.units_directly_under(unit)) if unit else tops
    counts = waiting.waiting_counts([*below, unit] if unit else below)
    receivers = waiting.slip_receivers_for(request.user, unit) if unit else None
    count = receivers.count() if unit else 0
    return render(
        request,
        "people/hr/slips.html",
        {
            "unit": unit,
            "is_top": unit in tops,
            "has_tops": len(tops) > 1,
            "rows": [{"unit": row, "waiting": counts.get(row.pk, 0)} for row in below],
            "waiting": counts.get(unit.pk, 0) if unit else 0,
            "receivers": count,
            "others": counts.get(unit.pk, 0) - count if unit else 0,
            "with_slips": waiting.with_slips(receivers).count() if count else 0,
            "most": activation.MOST,
            "sheets": waiting.sheets_for(request.user)[:10],
            "nav_section": "reports",
        },
    )


@require_POST
@for_keepers
def make_slips(request):
    unit = _unit_of(request, request.POST.get("don_vi"))
    try:
        sheet = activation.order_for_unit(unit, actor=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{_address()}?don_vi={unit.pk}")
    return redirect("people:activation_sheet", sheet.pk)


@require_safe
@for_keepers
def sheet(request, pk: int):
    """One print: being made, ready to download, or gone."""
    found = get_object_or_404(waiting.sheets_for(request.user), pk=pk)
    return render(request, "people/hr/slip_sheet.html", {"sheet": found, "nav_section": "reports"})


@require_POST
@for_keepers
def download_slips(request, pk: int):
    """By POST: every download stands in the log."""
    found = get_object_or_404(waiting.sheets_for(request.user), pk=pk)
    try:
        content = activation.download(found, actor=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("people:activation_sheet", pk)
    about = found.unit.short_name or found.unit.name if found.unit else found.person.username
    name = f"phieu-kich-hoat-{slugify(fold(about))}-{found.made_at:%Y-%m-%d}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _unit_of(request, pk) -> Unit:
    if not (pk or "").isdecimal() or len(pk) > 15:
        raise Http404
    return get_object_or_404(queries.kept_units_for(request.user), pk=pk)


def _only(units: list[Unit]) -> Unit | None:
    return units[0] if len(units) == 1 else None


def _address() -> str:
    return reverse("people:activation_slips")
