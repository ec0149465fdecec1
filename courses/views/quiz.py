"""The quiz of a course: its rules before it begins, and the result."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from courses import queries, rules
from courses.domain.completion import audiences_of
from courses.models import Completion, CoursePage, Directive, EditionLesson, Enrolment
from people.domain.audit import origin
from quizzes.domain import attempts
from quizzes.domain.admission import Entry, NotAdmitted, outside
from quizzes.domain.entrance import attempts_left, entrance
from quizzes.domain.review import review, shown_of
from quizzes.domain.windows import this_round
from quizzes.enums import AttemptState, Shown
from quizzes.models import Attempt, Quiz
from quizzes.queries import attempts_at, closed_attempt
from shared.addresses import address
from shared.content_version import remembered
from shared.errors import DomainError
from shared.prepared import prepared

_examined_courses = remembered(200)(
    prepared(lambda pk: CoursePage.objects.live().select_related("quiz").filter(pk=pk, quiz__isnull=False), int)
)


@sensitive_post_parameters("code")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start_quiz(request, course_id: int):
    """GET: the rules in plain words. POST: starts or resumes the attempt, once the required lessons are done."""
    [course] = _examined_courses(request.user, course_id) or [None]
    if course is None:
        raise Http404
    outline = queries.outline(course, request.user, audiences_of(request.user))
    if not rules.can_start_quiz(request.user, outline):
        messages.error(request, _("The quiz opens when all required lessons are done."))
        return redirect(address(request, course))
    if request.method != "POST":
        return _show_start(request, course, outline.enrolment)
    try:
        since = outline.enrolment.enrolled_at
        tried = queries.attempts_of(outline, request.user, course.quiz_id)
        attempt = attempts.start(request.user, course.quiz, _entry(request, course.quiz), since, none_before=not tried)
    except NotAdmitted as problem:
        return _show_start(request, course, outline.enrolment, problem)
    except DomainError as problem:
        messages.error(request, problem.message)
        return redirect(address(request, course))
    if attempt.is_new:
        return redirect("quizzes:question", attempt.pk, 1)
    return redirect("quizzes:attempt", attempt.pk)


def _entry(request, quiz: Quiz) -> Entry:
    """What was brought to the door. Raises NotAdmitted when codes were tried too often."""
    code = request.POST.get("code", "")
    if code and quiz.access_code_digest:
        tried_by = f"{request.user.pk}-{quiz.pk}"
        if not ratelimit.consume(request, action="quiz_code", key=tried_by):
            raise NotAdmitted("code", _("That was too often in a short time. Please wait a few minutes."))
    return Entry(origin.address(), code, honour_accepted="honour" in request.POST)


def _show_start(request, course: CoursePage, enrolment: Enrolment, problem: NotAdmitted | None = None):
    inside = entrance(request.user, course.quiz, origin.address(), enrolment.enrolled_at)
    context = {
        "course": course,
        "entrance": inside,
        "quiz": course.quiz,
        "problem": problem,
        "wrong_place": "" if inside.right_place else outside(),
        "honour_accepted": "honour" in request.POST,
        "nav_section": "learning",
    }
    return render(request, "courses/quiz_start.html", context, status=400 if problem else 200)


@login_required
@require_GET
def quiz_result(request, attempt_id: int):
    """The result against the pass mark, the certificate's state in one sentence, and why each answer was so."""
    attempt, answers = closed_attempt(request.user, attempt_id)
    if attempt is None:
        raise Http404
    if attempt.is_open:
        return redirect("quizzes:attempt", attempt.pk)
    course = queries.course_of_quiz(request.user, attempt.quiz_id)
    if course is None:
        return _back_to_directive(request, attempt)
    outline = queries.outline(course, request.user, audiences_of(request.user), with_completion=True)
    completion = _completion(request.user, course, outline)
    if completion and completion.completed_at < attempt.started_at:
        completion = None  # that of an earlier round; this attempt is for the renewal
    level = shown_of(attempt.quiz)
    items = [] if attempt.state == AttemptState.MARKING else review(attempt, level, answers)
    _link_lessons(request, items, outline, course)
    return render(
        request,
        "courses/quiz_result.html",
        {
            "attempt": attempt,
            "course": course,
            "items": items,
            "shows_score": level.includes(Shown.SCORE) and attempt.score is not None,
            "changes": list(attempt.score_changes.all()) if attempt.rulings else [],
            "completion": completion,
            "certificate": getattr(completion, "certificate", None) if completion else None,
            "attempts_left": _attempts_left(request.user, attempt, course, outline),
            "points_needed": attempt.max_points * attempt.pass_percent / 100,
            "nav_section": "learning",
        },
    )


def _completion(person, course: CoursePage, outline) -> Completion | None:
    """The newest completion of the course; who takes it again has one of an earlier cycle until it is done."""
    enrolment = outline.enrolment if outline else None
    if enrolment is None or (enrolment.completed_at is None and enrolment.cycle > 1):
        return queries.completion_of(person, course)
    return enrolment.completion if enrolment.completed_at else None


def _attempts_left(person, attempt: Attempt, course: CoursePage, outline) -> int:
    """Only told to whoever has not passed."""
    if attempt.passed or not course.live:
        return 0
    since = outline.enrolment.enrolled_at if outline and outline.enrolment else None
    return attempts_left(person, attempt.quiz, this_round(attempts_at(person, attempt.quiz_id), since))


def _link_lessons(request, items, outline, course) -> None:
    """Gives each reviewed question the first lesson of the module it examines, to read again."""
    course_url = address(request, course)
    first_of_module: dict[str, EditionLesson] = {}
    for entry in outline.entries if outline and course.live else ():
        first_of_module.setdefault(entry.lesson.module_code, entry.lesson)
    for item in items:
        lesson = first_of_module.get(item.topic)
        if lesson:
            item.lesson_title = lesson.title
            item.lesson_url = f"{course_url}{lesson.slug}/"


def _back_to_directive(request, attempt: Attempt):
    """A short quiz about a document has no page of its own: its result is told where the document is confirmed."""
    found = Directive.objects.filter(quiz=attempt.quiz_id, receipts__person=request.user).first()
    if found is None:
        raise Http404
    if attempt.passed:
        messages.success(request, _("The short quiz is passed. The document can be confirmed now."))
    else:
        messages.info(request, _("Not passed yet. Please read the document once more and try again."))
    return redirect("my_directive", found.pk)
