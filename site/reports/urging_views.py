"""The pages for urging; both work without JavaScript."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses.domain.reminding.urging import LONGEST, PLACEHOLDERS
from reports.urging import Selection, can_urge, urgings_for
from shared.errors import DomainError

URGINGS_A_PAGE = 30


def _guarded(view):
    def guarded(request, *args, **kwargs):
        if not can_urge(request.user):
            raise PermissionDenied(_("Urging is for HR officers and heads of units."))
        return view(request, *args, **kwargs)

    return never_cache(login_required(guarded))


@_guarded
@require_http_methods(["GET", "HEAD", "POST"])
def urge(request):
    """Choose, write, look at it, send. The address holds the desk's filters; a GET changes nothing."""
    is_sent = request.method == "POST"
    selection = Selection(request.user, request.GET, request.POST if is_sent else None)
    text = request.POST.get("text", "") if is_sent else _draft()
    problem = ""
    if is_sent and "send" in request.POST:
        try:
            urging = selection.send(text)
        except DomainError as refusal:
            problem = refusal.message
        else:
            messages.success(request, _sent_words(urging.recipients))
            return redirect("reports:urgings")
    context = {
        "selection": selection,
        "text": text,
        "longest": LONGEST,
        "placeholders": PLACEHOLDERS.items(),
        "sample": selection.sample(text) if is_sent else "",
        "chosen_count": len(selection.chosen),
        "problem": problem,
        "address": selection.desk.filters.address(),
        "nav_section": "reports",
    }
    return render(request, "reports/urge.html", context)


@_guarded
@require_safe
def urgings(request):
    """What one has sent, to how many."""
    page = Paginator(urgings_for(request.user), URGINGS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/urgings.html", {"urgings": page, "nav_section": "reports"})


def _draft() -> str:
    return _(
        "The course “{khoa_hoc}” is to be completed by {han} and has not been completed yet.\n"
        "Please arrange the time to complete it. If something stands in the way, please tell the HR officer."
    )


def _sent_words(count: int) -> str:
    words = ngettext(
        "The text goes to %(count)s person with their next letter, in office hours and at most one a day.",
        "The text goes to %(count)s people with their next letter, in office hours and at most one a day.",
        count,
    )
    return words % {"count": count}
