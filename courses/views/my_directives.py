"""What a person has been handed to read and confirm."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.domain import dissemination
from courses.evidence import as_download
from courses.models import DirectiveReceipt
from quizzes.domain import attempts
from shared.errors import DomainError


def _own(request, pk: int) -> DirectiveReceipt:
    return get_object_or_404(
        DirectiveReceipt.objects.select_related("directive__quiz"), directive=pk, person=request.user
    )


@login_required
@require_GET
def my_directives(request):
    """What waits first, by its day; then what was confirmed."""
    found = list(DirectiveReceipt.objects.filter(person=request.user).select_related("directive"))
    waiting = [one for one in found if not one.confirmed_at]
    context = {
        "waiting": sorted(waiting, key=lambda one: (one.confirm_by or date.max, one.given_at)),
        "confirmed": sorted((one for one in found if one.confirmed_at), key=lambda one: one.confirmed_at, reverse=True),
        "nav_section": "learning",
    }
    return render(request, "courses/my_directives.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_directive(request, pk: int):
    """One document; opening it is noted once, confirming is a step of its own."""
    receipt = _own(request, pk)
    if request.method == "POST":
        try:
            dissemination.confirm(receipt)
        except DomainError as problem:
            messages.error(request, problem.message)
        else:
            messages.success(request, _("Confirmed as read and understood."))
            return redirect("my_directives")
        return redirect("my_directive", pk)
    dissemination.opened(receipt)
    context = {
        "receipt": receipt,
        "directive": receipt.directive,
        "quiz_passed": dissemination.quiz_passed(receipt),
        "nav_section": "learning",
    }
    return render(request, "courses/my_directive.html", context)


@login_required
@require_GET
def directive_file(request, pk: int):
    directive = _own(request, pk).directive
    return as_download(directive.file, directive.file_name)


@login_required
@require_POST
def start_directive_quiz(request, pk: int):
    """The short quiz that shows that the document was understood."""
    quiz = _own(request, pk).directive.quiz
    if quiz is None:
        raise Http404
    try:
        attempt = attempts.start(request.user, quiz)
    except DomainError as problem:
        messages.error(request, problem.message)
        return redirect("my_directive", pk)
    return redirect("quizzes:attempt", attempt.pk)
