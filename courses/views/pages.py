"""Course and lesson pages, called by the pages' own `serve`."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.db.models import Exists
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from wagtail.models import PageViewRestriction, Revision
from wagtail.views import serve

from courses import queries, rules
from courses.domain import citations, obligations, prerequisites
from courses.domain import enrolment as enrolling
from courses.domain.activities import BLOCK, activities_of
from courses.domain.completion import audiences_of
from courses.models import CoursePage, LessonPage
from quizzes.domain.entrance import attempts_left
from quizzes.domain.review import shown_of
from quizzes.domain.windows import this_round
from quizzes.enums import Shown
from shared.addresses import address
from shared.content_version import remembered
from shared.errors import DomainError
from shared.prepared import prepared

CATALOGUE = "khoa-hoc"  # the catalogue's place in the addresses (a stable door)


_live_courses_called = prepared(
    lambda slug: _telling_of_restrictions(
        CoursePage.objects.live().filter(slug=slug).select_related("quiz", "cover", "owner_unit")
    ),
    str,
)
_live_lessons_called = prepared(
    lambda slug: _telling_of_restrictions(
        LessonPage.objects.live().filter(slug=slug).defer("body", "search_description")
    ),
    str,
)
_course_at_path = prepared(lambda path: CoursePage.objects.filter(path=path), str)

courses_called = remembered(200)(_live_courses_called)
lessons_called = remembered(1000)(_live_lessons_called)
course_at_path = remembered(200)(_course_at_path)


def _telling_of_restrictions(pages):
    """Whether the site has pages with view restrictions, which only Wagtail knows how to follow up the tree."""
    return pages.annotate(restrictions=Exists(PageViewRestriction.objects.all()))


def course_at(request, course_slug: str):
    """The short way to a course: at most one query where Wagtail's routing asks one for each level of the tree.

    Anything unusual (a moved catalogue, a page with view restrictions, no such course) goes Wagtail's own way.
    """
    wanted = f"/{CATALOGUE}/{course_slug}/"
    course = _among(courses_called(request.user, course_slug), wanted)
    return show_course(request, course) if course else serve(request, wanted.lstrip("/"))


def lesson_at(request, course_slug: str, lesson_slug: str):
    """The short way to a lesson, as `course_at`."""
    wanted = f"/{CATALOGUE}/{course_slug}/{lesson_slug}/"
    lesson = _among(lessons_called(request.user, lesson_slug), wanted)
    return show_lesson(request, lesson) if lesson else serve(request, wanted.lstrip("/"))


def _among(pages, wanted: str):
    """The page at the end of the wanted address; None where Wagtail has to decide."""
    page = next((page for page in pages if page.url_path.endswith(wanted)), None)
    return page if page and not page.restrictions else None


def show_course(request, course: CoursePage):
    """The public page of a course: what it is, its contents, and the viewer's next step."""
    viewer = request.user
    outline = queries.outline(course, viewer, _audiences(viewer))
    attempts = (
        queries.attempts_of(outline, viewer, course.quiz_id) if course.quiz_id and viewer.is_authenticated else []
    )
    return render(
        request,
        "courses/course.html",
        {
            "page": course,
            "outline": outline,
            "quiz": course.quiz,
            "attempts": attempts,
            "open_attempt": next((attempt for attempt in attempts if attempt.is_open), None),
            "attempts_left": _left(viewer, course, outline, attempts),
            "shows_score": bool(attempts) and shown_of(course.quiz).includes(Shown.SCORE),
            "may_read": rules.can_read_lesson(viewer, course),
            "may_start_quiz": rules.can_start_quiz(viewer, outline),
            "certificate": _certificate(outline),
            "come_first": prerequisites.missing(viewer, course) if outline and not outline.enrolment else [],
            "asked_again": _asked_again(viewer, course, outline),
            "nav_section": "courses",
        },
    )


def _left(viewer, course: CoursePage, outline, attempts) -> int:
    """Attempts left in this round: a renewal brings all of them again."""
    since = outline.enrolment.enrolled_at if outline and outline.enrolment else None
    return attempts_left(viewer, course.quiz, this_round(attempts, since)) if course.quiz else 0


def _asked_again(viewer, course: CoursePage, outline) -> bool:
    """Whether somebody who has completed the course is asked for it in a newer cycle."""
    if outline is None or outline.enrolment is None or outline.enrolment.completed_at is None:
        return False
    cycle = obligations.due_cycle(viewer, course)
    return cycle is not None and cycle > outline.enrolment.cycle


def preview_course(request, course: CoursePage):
    """The editor's preview: the draft's own words above the published contents; nothing there before it is stored."""
    if course.pk:
        return show_course(request, course)
    return render(request, "courses/course.html", {"page": course, "quiz": course.quiz, "nav_section": "courses"})


def show_lesson(request, lesson: LessonPage):
    """A lesson in the edition the learner takes; anonymous readers see those of open courses."""
    [course] = course_at_path(request.user, lesson.path[: -LessonPage.steplen])
    if not course.live or not (lesson.live or request.user.is_authenticated):
        raise Http404
    if not rules.can_read_lesson(request.user, course):
        return redirect_to_login(request.get_full_path())
    outline = queries.outline(course, request.user, _audiences(request.user))
    # Not part of the edition taken: a draft, or added to the course after this learner began.
    if outline is None or outline.find(lesson.pk) is None:
        raise Http404
    if request.user.is_authenticated and outline.enrolment is None:
        try:
            enrolling.enrol(request.user, course)
        except DomainError as problem:
            messages.error(request, problem.message)
            return redirect(address(request, course))
        outline = queries.outline(course, request.user, outline.audiences)
    index = outline.find(lesson.pk)
    entry = outline.entries[index]
    if outline.enrolment:
        entry.record = enrolling.open_lesson(outline.enrolment, entry.lesson, entry.record)
    return render(request, "courses/lesson.html", _lesson_context(course, outline, index, _body_of(entry.lesson)))


def preview_lesson(request, lesson: LessonPage):
    """The editor's preview: the draft's own body inside the published outline."""
    course = CoursePage.objects.get(pk=lesson.get_parent().pk)
    has_activities = any(block.block_type == BLOCK for block in lesson.body)
    body = {"introduction": lesson.introduction, "html": lesson.body.render_as_block(), "activities": has_activities}
    context = {
        "course": course,
        "lesson": lesson,
        "title": lesson.title,
        "body": body,
        "minutes": lesson.minutes,
        "is_preview": True,
    }
    return render(request, "courses/lesson.html", context)


def _audiences(viewer):
    return audiences_of(viewer) if viewer.is_authenticated else ["everyone"]


def _certificate(outline):
    if outline is None or outline.enrolment is None or outline.enrolment.completed_at is None:
        return None
    completion = queries.completion_of(outline.enrolment.person, outline.enrolment.course)
    return getattr(completion, "certificate", None)


def _body_of(lesson) -> dict:
    """Introduction and rendered body of the pinned revision; revisions never change, so the copy is kept.

    One copy for each language of the interface: the blocks have headings of their own.
    """
    cache, key = caches["rendered"], f"lesson-body-{lesson.revision_id}-{get_language()}"
    body = cache.get(key)
    if body is None:
        page = Revision.objects.get(pk=lesson.revision_id).as_object()
        activities = activities_of(lesson.revision_id)
        changing = activities or any(block.block_type == citations.BLOCK for block in page.body)
        body = {
            "introduction": page.introduction,
            "html": page.body.render_as_block(),
            "activities": bool(activities),
        }
        # Whether an activity can be played and a document is in force may change; the text of a lesson does not.
        cache.set(key, body, 60 if changing else DEFAULT_TIMEOUT)
    return body


def _lesson_context(course, outline, index, body) -> dict:
    entries = outline.entries
    entry = entries[index]
    return {
        "course": course,
        "outline": outline,
        "entry": entry,
        "title": entry.lesson.title,
        "minutes": entry.lesson.minutes,
        "body": body,
        "position": index + 1,
        "previous": entries[index - 1] if index else None,
        "next": entries[index + 1] if index + 1 < len(entries) else None,
    }
