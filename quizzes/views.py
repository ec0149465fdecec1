"""Taking an attempt: one question a page, each answer saved when it is given."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from quizzes.domain import attempts
from quizzes.domain.questions import versions
from quizzes.enums import SubmitReason
from quizzes.kinds.errors import AnswerError
from quizzes.kinds.registry import kind_of
from quizzes.models import Attempt
from quizzes.queries import answers_of, attempts_for


@login_required
@require_GET
def attempt(request, attempt_id: int):
    """Resumes an open attempt at its first unanswered question; a closed one shows its result."""
    mine = _own_attempt(request, attempt_id)
    if not mine.is_open:
        return redirect("quiz_result", mine.pk)
    answered = _answered(mine)
    first_open = next((i for i in range(len(mine.slots)) if i not in answered), None)
    if first_open is None:
        return redirect("quizzes:submit", mine.pk)
    return redirect("quizzes:question", mine.pk, first_open + 1)


@login_required
@require_http_methods(["GET", "POST"])
def question(request, attempt_id: int, number: int):
    """Shows one question; a post saves its answer and, from the plain form, goes where the button says."""
    if request.method == "POST":
        return _save(request, attempt_id, number)
    mine = _own_attempt(request, attempt_id)
    if not mine.is_open:
        return redirect("quiz_result", mine.pk)
    return _show(request, mine, number)


@login_required
@require_http_methods(["GET", "POST"])
def submit(request, attempt_id: int):
    """GET: what is answered and what is not, before submitting. POST: submits, once."""
    mine = _own_attempt(request, attempt_id)
    if request.method == "POST":
        attempts.submit(mine, SubmitReason.LEARNER)
        return redirect("quiz_result", mine.pk)
    if not mine.is_open:
        return redirect("quiz_result", mine.pk)
    answered = _answered(mine)
    context = _frame(mine, answered) | {"unanswered": [i + 1 for i in range(len(mine.slots)) if i not in answered]}
    return render(request, "quizzes/submit.html", context)


def _own_attempt(request, attempt_id: int) -> Attempt:
    """Somebody else's attempt is not found: fetching the row is the permission check."""
    return get_object_or_404(attempts_for(request.user), pk=attempt_id)


def _answered(mine: Attempt) -> set[int]:
    return {slot for slot, response in answers_of(mine).items() if response.answer is not None}


def _show(request, mine: Attempt, number: int, error: str = "", status: int = 200):
    if not 1 <= number <= len(mine.slots):
        raise Http404
    slot = mine.slots[number - 1]
    [version] = versions([slot["version"]])
    responses = answers_of(mine)
    response = responses.get(number - 1)
    answered = {i for i, r in responses.items() if r.answer is not None}
    presented = kind_of(version.kind).present(
        version.content, slot["arrangement"], response.answer if response else None, translation.get_language() or "vi"
    )
    context = _frame(mine, answered) | {
        "question": presented,
        "kind_template": f"quizzes/kinds/{version.kind}.html",
        "number": number,
        "points": version.points,
        "saved_at": response.saved_at if response else None,
        "error": error,
        "previous_number": number - 1 if number > 1 else None,
        "is_last": number == len(mine.slots),
    }
    context["segments"][number - 1] = "current"
    return render(request, "quizzes/question.html", context, status=status)


def _frame(mine: Attempt, answered: set[int]) -> dict:
    """What the focus header needs on every page of the attempt."""
    count = len(mine.slots)
    return {
        "attempt": mine,
        "title": mine.paper["title"],
        "count": count,
        "answered_count": len(answered),
        "segments": ["done" if i in answered else "open" for i in range(count)],
        "seconds_left": _seconds_left(mine),
    }


def _seconds_left(mine: Attempt) -> int | None:
    if mine.deadline_at is None:
        return None
    return max(0, int((mine.deadline_at - timezone.now()).total_seconds()))


def _save(request, attempt_id: int, number: int):
    """Saves one answer. The page's script gets JSON, the plain form the next page."""
    wants_json = request.headers.get("accept", "").startswith("application/json")
    if number < 1:
        raise Http404
    try:
        saved = attempts.save_posted(request.user, attempt_id, number - 1, request.POST)
    except (Attempt.DoesNotExist, IndexError) as missing:
        raise Http404 from missing
    except AnswerError as problem:
        message = _(problem.template) % problem.params
        if wants_json:
            return JsonResponse({"error": message}, status=400)
        return _show(request, _own_attempt(request, attempt_id), number, error=message, status=400)
    except attempts.AnswerRefused as refusal:
        attempts.submit(_own_attempt(request, attempt_id), SubmitReason.TIME)
        messages.warning(request, refusal.message)  # the page's script loads the page again, which shows it
        if wants_json:
            return JsonResponse({"error": str(refusal), "closed": True}, status=409)
        return redirect("quiz_result", attempt_id)
    if wants_json:
        time = timezone.localtime(saved.at).strftime("%H:%M:%S")
        return JsonResponse(
            {"saved": time, "message": _("Saved at %(time)s") % {"time": time}, "answered": saved.is_complete}
        )
    return redirect(_next_page(request, saved.attempt, number))


def _next_page(request, mine: Attempt, number: int) -> str:
    """Where the pressed button leads: stay (moves of the ordering question), back, on, or to the submit page."""
    if "move" in request.POST or request.POST.get("go") == "stay":
        return reverse("quizzes:question", args=[mine.pk, number])
    if request.POST.get("go") == "previous" and number > 1:
        return reverse("quizzes:question", args=[mine.pk, number - 1])
    if number < len(mine.slots):
        return reverse("quizzes:question", args=[mine.pk, number + 1])
    return reverse("quizzes:submit", args=[mine.pk])
