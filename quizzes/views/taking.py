"""Taking an attempt: its pages, with one, several or all questions, and the plain forms on them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from people.domain.audit import origin
from quizzes.domain import attempts, guarded, networks, saving
from quizzes.domain.admission import outside
from quizzes.domain.papers import Paper, paper_of, points_of
from quizzes.domain.review import checked
from quizzes.enums import SubmitReason
from quizzes.forms import FormPart, prefix_of
from quizzes.kinds.errors import AnswerError
from quizzes.kinds.registry import kind_of
from quizzes.models import Attempt
from quizzes.queries import Given, own_attempt
from shared.errors import DomainError


@login_required
@require_GET
def attempt(request, attempt_id: int):
    """Resumes an open attempt at its first unanswered question; a closed one shows its result."""
    mine, answers = _own_attempt(request, attempt_id)
    if not mine.is_open:
        return redirect("quiz_result", mine.pk)
    paper, answered = paper_of(request.user, attempt_id), _answered(answers)
    first_open = next((i for i in range(mine.reached, len(paper.slots)) if i not in answered), None)
    if first_open is None:
        return redirect("quizzes:submit", mine.pk)
    return redirect("quizzes:question", mine.pk, first_open + 1)


@login_required
@require_http_methods(["GET", "POST"])
def question(request, attempt_id: int, number: int):
    """Shows the page with a question; a post saves the page's answers and goes where the button says."""
    if request.method == "POST":
        return _save(request, attempt_id, number)
    mine, answers = _own_attempt(request, attempt_id)
    if not mine.is_open:
        return redirect("quiz_result", mine.pk)
    if 1 <= number <= mine.reached:
        messages.info(request, _("That page was left already; pages can only be turned forward."))
        return redirect("quizzes:attempt", mine.pk)
    return _show(request, mine, answers, number)


@login_required
@require_GET
def all_questions(request, attempt_id: int):
    """All questions in one document, for the page's script: it turns the pages itself, with or without a network."""
    mine, answers = _own_attempt(request, attempt_id)
    if not mine.is_open:
        return redirect("quiz_result", mine.pk)
    return _show(request, mine, answers, mine.reached + 1, on_one_page=True)


@login_required
@require_http_methods(["GET", "POST"])
def submit(request, attempt_id: int):
    """GET: what is answered and what is not, before submitting. POST: submits, once."""
    if request.method == "POST":
        try:
            attempts.submit_own(request.user, attempt_id, SubmitReason.LEARNER)
        except Attempt.DoesNotExist as missing:
            raise Http404 from missing
        return redirect("quiz_result", attempt_id)
    mine, answers = _own_attempt(request, attempt_id)
    if not mine.is_open:
        return redirect("quiz_result", mine.pk)
    paper, answered = paper_of(request.user, attempt_id), _answered(answers)
    unanswered = [i + 1 for i in range(len(paper.slots)) if i not in answered]
    context = _frame(mine, paper, answered) | {
        "unanswered": unanswered,
        "can_go_back": mine.reached < len(paper.slots),
        "first_number": mine.reached + 1,
    }
    return render(request, "quizzes/submit.html", context)


def _own_attempt(request, attempt_id: int) -> tuple[Attempt, dict[int, Given]]:
    """The attempt and its answers. Somebody else's is not found: fetching the row is the permission check."""
    mine, answers = own_attempt(request.user, attempt_id)
    if mine is None:
        raise Http404
    return mine, answers


def _own_paper(request, attempt_id: int) -> Paper:
    """The paper, which never changes and is in memory; somebody else's is not found."""
    try:
        return paper_of(request.user, attempt_id)
    except Attempt.DoesNotExist as missing:
        raise Http404 from missing


def _wrong_place(request, mine: Attempt):
    """A page for whoever is outside the networks the attempt may be taken in; None inside.

    Answers are taken from everywhere: what somebody wrote in the right place must not be lost on the way.
    """
    if not mine.networks or networks.is_inside(origin.address(), mine.networks):
        return None
    return render(request, "quizzes/wrong_place.html", {"problem": outside()}, status=403)


def _answered(responses) -> set[int]:
    return {slot for slot, response in responses.items() if response.answer is not None}


def _slots_of_page(paper: Paper, number: int) -> range:
    """The slots on the page with question `number` (from 1)."""
    if not 1 <= number <= len(paper.slots):
        raise Http404
    return paper.page_of(number - 1)


def _show(
    request,
    mine: Attempt,
    responses: dict[int, Given],
    number: int,
    *,
    on_one_page: bool = False,
    errors=None,
    status: int = 200,
):
    if elsewhere := _wrong_place(request, mine):
        return elsewhere
    paper = paper_of(request.user, mine.pk)
    page = _slots_of_page(paper, number)
    if on_one_page:
        page = range(mine.reached, len(paper.slots))
    parts = [
        _part(paper, slot, responses.get(slot), alone=len(page) == 1, errors=errors or {})
        | {"heads_page": mine.questions_per_page == 1}  # also in the document whose questions are shown one by one
        for slot in page
    ]
    saved = max((responses[slot].saved_at for slot in page if slot in responses), default=None)
    context = _frame(mine, paper, _answered(responses)) | {
        "parts": parts,
        "question": parts[0]["question"],
        "number": number,
        "is_saved": saved is not None,
        "saved_time": f"{timezone.localtime(saved):%H:%M:%S}" if saved else "",
        "has_previous": page.start > mine.reached,
        "is_last": page.stop == len(paper.slots),
        "errors": errors,
    }
    standings = context["standings"]
    context["standings"] = f"{standings[: number - 1]}c{standings[number:]}"
    return render(request, "quizzes/question.html", context, status=status)


def _part(paper: Paper, slot: int, response, *, alone: bool, errors: dict[int, str]) -> dict:
    """What the template needs of one question on a page; a question alone on its page has plain field names."""
    version = paper.question(slot)
    answer = response.answer if response else None
    presented = kind_of(version.kind).present(
        version.content, paper.slots[slot]["arrangement"], answer, translation.get_language() or "vi"
    )
    return {
        "slot": slot,
        "number": slot + 1,
        "question": presented,
        "template": f"quizzes/kinds/{version.kind}.html",
        "points": points_of(paper.slots[slot], version),
        "prefix": "" if alone else prefix_of(slot),
        "title": paper.title if alone else "",
        "sequence": response.sequence if response else 0,
        "answered": answer is not None,
        "error": errors.get(slot),
        "checked": checked(version, paper.slots[slot], response) if response and response.checked_at else None,
    }


def _frame(mine: Attempt, paper: Paper, answered: set[int]) -> dict:
    """What the focus header needs on every page of the attempt."""
    count = len(paper.slots)
    return {
        "attempt": mine,
        "title": paper.title,
        "count": count,
        "answered_count": len(answered),
        "standings": "".join("d" if i in answered else "o" for i in range(count)),
        "seconds_left": _seconds_left(mine),
    }


def _seconds_left(mine: Attempt) -> int | None:
    if mine.deadline_at is None:
        return None
    return max(0, int((mine.deadline_at - timezone.now()).total_seconds()))


def _save(request, attempt_id: int, number: int):
    """Saves the answers of a page from its plain form. A script that asks for JSON gets the time in it."""
    wants_json = request.headers.get("accept", "").startswith("application/json")
    paper = _own_paper(request, attempt_id)
    if "check" in request.POST and wants_json:  # the page's script has saved the answer already
        return _check(request, attempt_id, paper, number)
    answers, errors = _posted_answers(paper, _slots_of_page(paper, number), request.POST)
    try:
        at = _store(request, attempt_id, paper, answers)
    except saving.AnswerRefused as refusal:
        attempts.submit_own(request.user, attempt_id, SubmitReason.TIME)
        messages.warning(request, refusal.message)  # the page's script loads the page again, which shows it
        if wants_json:
            return JsonResponse({"error": str(refusal), "closed": True}, status=409)
        return redirect("quiz_result", attempt_id)
    if errors and wants_json:
        return JsonResponse({"error": " ".join(errors.values())}, status=400)
    if errors:
        return _show(request, *_own_attempt(request, attempt_id), number, errors=errors, status=400)
    if wants_json and at is None:
        return JsonResponse({"error": _("This answer stands already and was left as it is.")}, status=400)
    if wants_json:
        time = timezone.localtime(at).strftime("%H:%M:%S")
        message = _("Saved at %(time)s") % {"time": time}
        return JsonResponse({"saved": time, "message": message, "answered": _all_complete(paper, answers)})
    if "check" in request.POST:
        return _check(request, attempt_id, paper, number)
    target = _next_page(request, attempt_id, paper, number)
    if paper.one_way and request.POST.get("go") == "next":
        guarded.reach(attempt_id, _slots_of_page(paper, number).stop)
    return redirect(target)


def _store(request, attempt_id: int, paper: Paper, answers: dict[int, object]):
    if not answers:
        return None
    if paper.is_guarded:
        return guarded.save_latest(request.user, attempt_id, paper, answers)
    return saving.save_latest(request.user, attempt_id, answers)


def _check(request, attempt_id: int, paper: Paper, number: int):
    """In practice: has the answer checked whose button was pressed, and shows its page again."""
    slot = request.POST["check"]
    if not slot.isdecimal() or int(slot) not in _slots_of_page(paper, number):
        raise Http404
    try:
        guarded.check(request.user, attempt_id, paper, int(slot))
    except DomainError as problem:
        messages.warning(request, problem.message)
    return redirect(f"{reverse('quizzes:question', args=[attempt_id, number])}#cau-{int(slot) + 1}")


def _posted_answers(paper: Paper, page: range, data) -> tuple[dict[int, object], dict[int, str]]:
    """The answers on a page by slot, and by slot why others cannot be read."""
    answers, errors = {}, {}
    for slot in page:
        part = data if len(page) == 1 else FormPart(data, prefix_of(slot))
        try:
            answers[slot] = saving.read_answer(paper, slot, part)
        except AnswerError as problem:
            errors[slot] = _(problem.template) % problem.params
    return answers, errors


def _all_complete(paper: Paper, answers: dict[int, object]) -> bool:
    questions = {slot: paper.question(slot) for slot in answers}
    return all(kind_of(q.kind).is_complete(q.content, answers[slot]) for slot, q in questions.items())


def _next_page(request, attempt_id: int, paper: Paper, number: int) -> str:
    """Where the pressed button leads: stay (moves of the ordering question), back, on, or to the submit page."""
    page = _slots_of_page(paper, number)
    go = request.POST.get("go", "stay" if any(name.endswith("move") for name in request.POST) else "next")
    target = {"stay": number, "previous": page.start or number}.get(go, page.stop + 1)
    if target > len(paper.slots):
        return reverse("quizzes:submit", args=[attempt_id])
    return reverse("quizzes:question", args=[attempt_id, target])
