"""What a learner does: my learning, beginning a course, finishing a lesson."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from courses import queries
from courses.domain import enrolment as enrolling
from courses.domain import transcripts
from courses.domain.completion import audiences_of
from courses.models import CoursePage, EditionLesson, Enrolment
from notices.queries import count_unread, unread_for
from shared.addresses import address
from shared.errors import DomainError


@login_required
@require_GET
def my_learning(request):
    """“Việc học”: resume first, then what is required by due date, then the rest."""
    taken = queries.enrolments_of(request.user)
    work = queries.course_work(request.user, taken, audiences_of(request.user))
    waiting = [item for item in work if not item.is_completed]
    begun = [item for item in waiting if item.is_started and item.enrolment.last_opened_at]
    year = timezone.localdate().year
    record = queries.learning_record(taken, year)
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
            "minutes_learnt": record.minutes,
            "latest_certificate": record.latest_certificate,
            "documents": queries.documents_to_confirm(request.user),
            "notices": unread_for(request.user)[:3] if count_unread(request.user) else [],
            "nav_section": "learning",
        },
    )


@login_required
@require_GET
def transcript(request):
    """One's own results as a PDF, as of now."""
    return HttpResponse(
        transcripts.pdf_of(request.user),
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'attachment; filename="bang-ket-qua-hoc-tap.pdf"',
            "Cache-Control": "private, no-store",
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
        return redirect(address(request, course))
    outline = queries.outline(course, request.user, audiences_of(request.user))
    entry = outline.next_entry or outline.entries[0]
    return redirect(f"{address(request, course)}{entry.lesson.slug}/")


@login_required
@require_POST
def finish_lesson(request, course_id: int, lesson_id: int):
    """The learner says “Đã học xong”; then on to the next lesson, the quiz or the course page."""
    enrolments = Enrolment.objects.filter(person=request.user, course=course_id, course__live=True)
    enrolment = enrolments.select_related("course", "edition").order_by("-cycle").first()
    if enrolment is None:
        raise Http404
    lesson = get_object_or_404(EditionLesson, edition=enrolment.edition_id, lesson=lesson_id)
    course_url = address(request, enrolment.course)
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
