"""Group sessions: one screen in a meeting room with a code to scan, a list to tick, and the learner's way in."""

import io

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.assigning import page
from courses.assigning import sessions as queries
from courses.domain import group_sessions
from courses.views.desk_guards import for_people_with_units
from people.rules import can_see_reports
from shared.errors import DomainError

_COMMON = {"section": "sessions", "nav_section": "reports"}


@for_people_with_units
def session_list(request):
    """Sessions held for one's units, and opening another."""
    form = queries.SessionForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = group_sessions.open_session(
            data["course"], data["lesson"], data["unit"], data["place"], actor=request.user
        )
        return redirect("session", made.pk)
    shown = page.page_of(queries.sessions_for(request.user), request.GET.get("trang"))
    context = _COMMON | {"form": form, "people": shown} | page.page_links(shown, request.GET)
    return render(request, "courses/assigning/sessions.html", context, status=422 if form.errors else 200)


@for_people_with_units
def session(request, pk: int):
    """The screen of the meeting room: the code, who is there; the list to tick."""
    found = get_object_or_404(queries.sessions_for(request.user), pk=pk)
    if request.method == "POST":
        return _act(request, found)
    people = page.page_of(queries.people_of(found), request.GET.get("trang"))
    context = _COMMON | {
        "session": found,
        "people": people,
        "present": found.attendances.count(),
        "by_code": found.attendances.filter(means="code").count(),
        "refresh": "ds" not in request.GET and found.closed_at is None,
    }
    return render(request, "courses/assigning/session.html", context | page.page_links(people, request.GET))


def _act(request, found):
    try:
        if request.POST.get("viec") == "dong":
            group_sessions.close(found, actor=request.user)
            messages.success(request, _("Closed. The lessons are being credited to those present."))
        else:
            ticked = [int(pk) for pk in request.POST.getlist("co_mat") if pk.isdecimal()]
            known = queries.people_of(found).filter(pk__in=ticked).values_list("pk", flat=True)
            count = group_sessions.tick(found, known, actor=request.user)
            words = ngettext("%(n)s person noted as present.", "%(n)s people noted as present.", count)
            messages.success(request, words % {"n": count})
    except DomainError as problem:
        messages.error(request, problem.message)
    return redirect("session", found.pk)


@login_required
@never_cache
def session_code(request, pk: int):
    """The code to scan as a picture, valid for a short time from now."""
    if not can_see_reports(request.user):
        raise PermissionDenied
    found = get_object_or_404(queries.sessions_for(request.user), pk=pk, closed_at__isnull=True)
    address = request.build_absolute_uri(reverse("come_in", args=[group_sessions.code_of(found)]))
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=2, dark="#211C16", scale=8)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def come_in(request, code: str):
    """Where the code leads a learner who is signed in: one button says that they are there."""
    context = {"nav_section": "learning"}
    try:
        if request.method == "POST":
            context["done"] = group_sessions.come_in(code, request.user)
        else:
            context["session"] = group_sessions.session_of(code)
    except DomainError as problem:
        context["problem"] = problem.message
        return render(request, "courses/come_in.html", context, status=410)
    return render(request, "courses/come_in.html", context)
