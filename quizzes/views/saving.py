"""Saving what the page's script sends: every change within a second, several at once after the network was lost."""

from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quizzes.domain import attempts, guarded, saving
from quizzes.domain.papers import Paper, paper_of
from quizzes.enums import SubmitReason
from quizzes.forms import PostedChange, UnreadableChanges, posted_changes
from quizzes.kinds.errors import AnswerError
from quizzes.kinds.registry import kind_of
from quizzes.models import Attempt


@require_POST
def save(request, attempt_id: int):
    """Acknowledges with the time of the commit; an answer that cannot be read does not hold up the others."""
    if not request.user.is_authenticated:
        return JsonResponse({"signed_out": True}, status=401)
    try:
        posted = posted_changes(request.body)
        paper = paper_of(request.user, attempt_id)
        changes, errors = _read(paper, posted)
        saved = None
        if changes and paper.is_guarded:
            left = {change.slot for change in posted if change.left}
            outcome = guarded.save(request.user, attempt_id, paper, changes, left)
            saved, errors = outcome.saved, errors | outcome.refused
        elif changes:
            saved = saving.save(request.user, attempt_id, changes)
    except UnreadableChanges:
        return JsonResponse({"error": _("The answer could not be read. Please reload the page.")}, status=400)
    except (Attempt.DoesNotExist, IndexError) as missing:
        raise Http404 from missing
    except saving.AnswerRefused as refusal:
        attempts.submit_own(request.user, attempt_id, SubmitReason.TIME)
        return JsonResponse({"error": str(refusal), "closed": True}, status=409)
    return JsonResponse(_reply(paper, changes, saved, errors), status=200 if changes else 400)


def _read(paper: Paper, posted: list[PostedChange]) -> tuple[list[saving.Change], dict[int, str]]:
    """The changes that can be read, and by slot why others cannot."""
    changes, errors = [], {}
    for change in posted:
        try:
            answer = saving.read_answer(paper, change.slot, change.fields)
        except AnswerError as problem:
            errors[change.slot] = _(problem.template) % problem.params
        else:
            changes.append(saving.Change(change.slot, answer, change.sequence, change.key))
    return changes, errors


def _reply(paper: Paper, changes, saved: saving.Acknowledgement | None, errors: dict[int, str]) -> dict:
    """`answered`: whether each saved slot is complete; `newer`: slots left alone, with the number they stand at."""
    reply = {"errors": errors}
    if saved:
        time = timezone.localtime(saved.at).strftime("%H:%M:%S")
        reply |= {
            "saved": time,
            "message": _("Saved at %(time)s") % {"time": time},
            "answered": {change.slot: _is_complete(paper, change) for change in changes},
            "newer": {slot: response.sequence for slot, response in saved.newer.items()},
        }
    return reply


def _is_complete(paper: Paper, change: saving.Change) -> bool:
    question = paper.question(change.slot)
    return kind_of(question.kind).is_complete(question.content, change.answer)
