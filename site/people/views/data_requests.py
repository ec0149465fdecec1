"""The desk for requests about personal data: the list, one request, its answer, the erasure with its preview."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import rules
from people.domain import audit
from people.domain.privacy import erasure, held, requests, restriction, working_days
from people.enums import RequestKind, RequestState
from people.forms.privacy import AnswerForm, EraseForm
from people.models import Person
from people.queries import accounts_for, data_requests_for
from shared.errors import DomainError

_PAGE = 50


def _for(rule, refusal):
    """A door of the desk: signed in, and `rule(user)` holds. No browser or proxy keeps a copy."""

    def door(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not rule(request.user):
                raise PermissionDenied(refusal())
            return view(request, *args, **kwargs)

        return never_cache(login_required(guarded))

    return door


for_answerers = _for(
    rules.can_answer_requests, lambda: _("Requests about personal data are for administrators and HR officers.")
)
for_administrators = _for(rules.can_administer_people, lambda: _("This is for administrators."))


@require_safe
@for_answerers
def data_requests(request):
    """Open requests, the most urgent first; or those answered, newest first."""
    answered = request.GET.get("xem") == "da-tra-loi"
    scope = data_requests_for(request.user).select_related("person", "answered_by")
    open_ones = scope.filter(state=RequestState.OPEN).order_by("due_on", "pk")
    shown = scope.exclude(state=RequestState.OPEN).order_by("-answered_at", "-pk") if answered else open_ones
    today = timezone.localdate()
    return render(
        request,
        "people/privacy/requests.html",
        {
            "page": Paginator(shown, _PAGE).get_page(request.GET.get("page")),
            "answered": answered,
            "query": "xem=da-tra-loi" if answered else "",
            "overdue": open_ones.filter(due_on__lt=today).count(),
            "open_count": open_ones.count(),
            "years_without_days": working_days.years_without_days(today)
            if rules.can_administer_people(request.user)
            else [],
        },
    )


@require_safe
@for_answerers
def data_request(request, pk: int):
    return _request_page(request, _find(request, pk), AnswerForm())


@require_POST
@for_answerers
def answer(request, pk: int):
    """Grants, refuses, or adds a note, by the button pressed."""
    asked = _find(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _request_page(request, asked, form, status=422)
    act, text = request.POST.get("act"), form.cleaned_data["text"]
    try:
        if act == "note":
            requests.note(asked, text, actor=request.user)
        elif act in {"grant", "refuse"}:
            requests.answer(asked, act == "grant", text, actor=request.user)
        else:
            raise Http404
    except DomainError as refusal:
        form.add_error("text", refusal.message)
        return _request_page(request, asked, form, status=409)
    messages.success(request, _("Noted.") if act == "note" else _("Answered. The person sees it under “My data”."))
    return redirect("people:data_request", asked.pk)


@require_POST
@for_administrators
def download(request, pk: int):
    """The data of whoever asked to see them, as the ZIP they could download themselves."""
    asked = _find(request, pk)
    if asked.kind != RequestKind.SEE:
        raise Http404
    content = held.archive(asked.person)
    audit.record_view(request.user, asked.person, "all_data", request=asked.pk)
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="du-lieu-{asked.pk}.zip"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def erase(request, pk: int):
    """What erasing would do to the person's data; confirmed by typing the name, it is done."""
    person = _account(request, pk)
    form = EraseForm(request.POST or None, person=person)
    refusal = _refusal(person, request.user)
    if request.method == "POST" and not refusal and form.is_valid():
        try:
            erasure.erase(person, actor=request.user, answer=_("The data have been erased."))
        except DomainError as problem:
            refusal = problem.message
        else:
            messages.success(request, _("The data have been erased. Certificates and counts remain, without a name."))
            return redirect("people:data_requests")
    context = {"person": person, "form": form, "refusal": refusal, "consequences": erasure.preview(person)}
    return render(request, "people/privacy/erase.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@for_administrators
def lift_restriction(request, pk: int):
    person = _account(request, pk)
    restriction.lift(person, actor=request.user)
    messages.success(request, _("The data are used again: the person is back in the lists of HR."))
    return redirect("people:data_requests")


def _find(request, pk: int):
    return get_object_or_404(data_requests_for(request.user).select_related("person", "answered_by"), pk=pk)


def _account(request, pk: int) -> Person:
    return get_object_or_404(accounts_for(request.user).filter(erased_at__isnull=True), pk=pk)


def _refusal(person: Person, actor: Person) -> str:
    try:
        erasure.check(person, actor=actor)
    except DomainError as refusal:
        return refusal.message
    return ""


def _request_page(request, asked, form, status: int = 200):
    administers = rules.can_administer_people(request.user)
    return render(
        request,
        "people/privacy/request.html",
        {
            "asked": asked,
            "form": form,
            "steps": asked.steps.select_related("actor"),
            "may_administer": administers,
            "may_erase": asked.kind == RequestKind.ERASE
            and asked.is_open
            and rules.can_erase(request.user, asked.person),
            "may_grant": asked.kind != RequestKind.ERASE,
            "may_download": administers and asked.kind == RequestKind.SEE and not asked.person.erased_at,
            "may_keep": rules.can_keep_person(request.user, asked.person),
        },
        status=status,
    )
