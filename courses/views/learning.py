"""What a learner does: my learning, finishing a lesson, the quiz of a course and its result."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courses import queries, rules
from courses.domain import enrolment as enrolling
from courses.domain.completion import audiences_of
from courses.models import Completion, CoursePage, EditionLesson, Enrolment
from notices.queries import unread_for
from quizzes.domain import attempts
from quizzes.domain.review import review
from quizzes.models import Attempt
from quizzes.queries import attempts_at
from shared.errors import DomainError


@login_required
@require_GET
def my_learning(request):
    """“Việc học”: resume first, then what is required by due date, then the rest."""
    work = queries.course_work(request.user, audiences_of(request.user))
    waiting = [item for item in work if not item.is_completed]
    begun = [item for item in waiting if item.is_started and item.enrolment.last_opened_at]
    year = timezone.localdate().year
    return render(
        request,
        "courses/my_learning.html",
        {
            "resume": max(begun, key=lambda item: item.enrolment.last_opened_at, default=None),
            "required": [item for item in waiting if item.due_on],
            "voluntary": [item for item in waiting if not item.due_on],
            "overdue_count": sum(1 for item in waiting if item.due_on and item.days_left < 0),
            "completed": [item for item in work if item.is_completed],
            "year": year,
            "minutes_learnt": queries.minutes_learnt(request.user, year),
            "latest_certificate": queries.certificates_for(request.user).first(),
            "notices": unread_for(request.user)[:3],
            "nav_section": "learning",
        },
    )


@login_required
@require_POST
def start_course(request, course_id: int):
    """Enrols and goes to the lesson to begin with."""
    course = get_object_or_404(CoursePage.objects.live().public(), pk=course_id)
    try:
        enrolling.enrol(request.user, course)
    except DomainError as problem:
        messages.error(request, problem.message)
        return redirect(course.get_url(request))
    outline = queries.outline(course, request.user, audiences_of(request.user))
    entry = outline.next_entry or outline.entries[0]
    return redirect(f"{course.get_url(request)}{entry.lesson.slug}/")


@login_required
@require_POST
def finish_lesson(request, course_id: int, lesson_id: int):
    """The learner says “Đã học xong”; then on to the next lesson, the quiz or the course page."""
    enrolments = Enrolment.objects.filter(person=request.user, course=course_id, course__live=True)
    enrolment = enrolments.select_related("course", "edition").order_by("-cycle").first()
    if enrolment is None:
        raise Http404
    lesson = get_object_or_404(EditionLesson, edition=enrolment.edition_id, lesson=lesson_id)
    course_url = enrolment.course.get_url(request)
    try:
        enrolling.finish_lesson(enrolment, lesson)
    except DomainError as problem:
        messages.error(request, problem.message)
        return redirect(f"{course_url}{lesson.slug}/")
    following = (
        EditionLesson.objects.filter(edition=enrolment.edition_id, position__gt=lesson.position)
        .order_by("position")
        .first()
    )
    return redirect(f"{course_url}{following.slug}/" if following else f"{course_url}#quiz")


@login_required
@require_POST
def start_quiz(request, course_id: int):
    """Starts or resumes the attempt at a course's quiz, once the required lessons are done."""
    course = get_object_or_404(CoursePage.objects.live().select_related("quiz"), pk=course_id, quiz__isnull=False)
    outline = queries.outline(course, request.user, audiences_of(request.user))
    if not rules.can_start_quiz(request.user, outline):
        messages.error(request, _("The quiz opens when all required lessons are done."))
        return redirect(course.get_url(request))
    try:
        attempt = attempts.start(request.user, course.quiz)
    except DomainError as problem:
        messages.error(request, problem.message)
        return redirect(course.get_url(request))
    return redirect("quizzes:attempt", attempt.pk)


@login_required
@require_GET
def quiz_result(request, attempt_id: int):
    """The result against the pass mark, the certificate's state in one sentence, and why each answer was so."""
    attempt = get_object_or_404(Attempt.objects.select_related("quiz"), pk=attempt_id, person=request.user)
    if attempt.is_open:
        return redirect("quizzes:attempt", attempt.pk)
    course = CoursePage.objects.filter(quiz=attempt.quiz_id).order_by("-live", "path").first()
    if course is None:
        raise Http404
    completion = Completion.objects.filter(person=request.user, course=course).select_related("certificate").last()
    newest = attempts_at(request.user, attempt.quiz_id).first()
    items = review(attempt)
    _link_lessons(request, items, queries.outline(course, request.user, audiences_of(request.user)), course)
    return render(
        request,
        "courses/quiz_result.html",
        {
            "attempt": attempt,
            "course": course,
            "items": items,
            "completion": completion,
            "certificate": getattr(completion, "certificate", None) if completion else None,
            "attempts_left": attempt.quiz.max_attempts - newest.number if course.live else 0,
            "points_needed": attempt.max_points * attempt.pass_percent / 100,
            "nav_section": "learning",
        },
    )


def _link_lessons(request, items, outline, course) -> None:
    """Gives each reviewed question the first lesson of the module it examines, to read again."""
    first_of_module: dict[str, EditionLesson] = {}
    for entry in outline.entries if outline and course.live else ():
        first_of_module.setdefault(entry.lesson.module_code, entry.lesson)
    for item in items:
        lesson = first_of_module.get(item.topic)
        if lesson:
            item.lesson_title = lesson.title
            item.lesson_url = f"{course.get_url(request)}{lesson.slug}/"
