"""“My data”: what is held about oneself, to read, take away, and ask about."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from people.domain import audit
from people.domain.privacy import held, requests
from people.enums import RequestKind
from people.forms.privacy import DataRequestForm
from people.models import DataRequest
from shared.errors import DomainError


@never_cache
@login_required
@require_safe
def my_data(request):
    """How much of each class is held, how to take it away, and one's requests with their answers."""
    return _page(request, DataRequestForm(initial={"kind": RequestKind.SEE}))


@never_cache
@login_required
@require_safe
def details(request):
    """All of it on one page."""
    return render(
        request,
        "people/privacy/details.html",
        {"chapters": held.everything_about(request.user), "made_at": timezone.localtime(), "nav_section": "account"},
    )


@never_cache
@login_required
@require_POST
def download(request):
    """All of it as a ZIP. A POST because it is entered in the log."""
    content = held.archive(request.user)
    audit.record(request.user, "person.data_downloaded", request.user)
    name = f"du-lieu-cua-toi-{timezone.localtime():%Y-%m-%d-%H%M}.zip"
    return HttpResponse(
        content, content_type="application/zip", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@never_cache
@login_required
@require_POST
def ask(request):
    """Enters a request."""
    form = DataRequestForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        made = requests.make(
            request.user, RequestKind(form.cleaned_data["kind"]), form.cleaned_data["text"], actor=request.user
        )
    except DomainError as refusal:
        form.add_error("text", refusal.message)
        return _page(request, form, status=422)
    messages.success(
        request, _("Received. The answer is due by the end of %(day)s.") % {"day": f"{made.due_on:%d/%m/%Y}"}
    )
    return redirect("my_data")


@never_cache
@login_required
@require_POST
def withdraw(request, pk: int):
    """Takes one's own request back; somebody else's is not found."""
    asked = get_object_or_404(DataRequest, pk=pk, person=request.user)
    try:
        requests.withdraw(asked, actor=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The request has been taken back."))
    return redirect("my_data")


def _page(request, form, status: int = 200):
    counted = [(data_class, count) for data_class, count in held.counts_about(request.user) if count]
    return render(
        request,
        "people/privacy/my_data.html",
        {
            "counted": counted,
            "form": form,
            "requests": DataRequest.objects.filter(person=request.user).order_by("-received_at", "-pk")[:50],
            "nav_section": "account",
        },
        status=status,
    )
