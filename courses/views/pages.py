"""Course and lesson pages, called by the pages' own `serve`."""

from django.contrib.auth.views import redirect_to_login
from django.core.cache import caches
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from wagtail.models import PageViewRestriction, Revision
from wagtail.views import serve

from courses import queries, rules
from courses.domain import enrolment as enrolling
from courses.domain.completion import audiences_of
from courses.models import CoursePage, LessonPage
from quizzes.queries import attempts_at

CATALOGUE = "khoa-hoc"  # the catalogue's place in the addresses (a stable door)


def show_course(request, course: CoursePage):
    """The public page of a course: what it is, its contents, and the viewer's next step."""
    viewer = request.user
    outline = queries.outline(course, viewer, _audiences(viewer))
    attempts = list(attempts_at(viewer, course.quiz)) if course.quiz and viewer.is_authenticated else []
    return render(
        request,
        "courses/course.html",
        {
            "page": course,
            "outline": outline,
            "quiz": course.quiz,
            "attempts": attempts,
            "open_attempt": next((attempt for attempt in attempts if attempt.is_open), None),
            "attempts_left": max(0, course.quiz.max_attempts - len(attempts)) if course.quiz else 0,
            "may_read": rules.can_read_lesson(viewer, course),
            "may_start_quiz": rules.can_start_quiz(viewer, outline),
            "certificate": _certificate(outline),
            "nav_section": "courses",
        },
    )


def preview_course(request, course: CoursePage):
    """The editor's preview: the draft's own words above the published contents; nothing there before it is stored."""
    if course.pk:
        return show_course(request, course)
    return render(request, "courses/course.html", {"page": course, "quiz": course.quiz, "nav_section": "courses"})


def lesson_at(request, course_slug: str, lesson_slug: str):
    """The short way to a lesson: one query where Wagtail's routing asks one for each level of the tree.

    Anything unusual (a moved catalogue, a page with view restrictions, no such lesson) goes Wagtail's own way.
    """
    wanted = f"/{CATALOGUE}/{course_slug}/{lesson_slug}/"
    candidates = LessonPage.objects.live().filter(slug=lesson_slug).defer("body", "search_description")
    lesson = next((page for page in candidates if page.url_path.endswith(wanted)), None)
    if lesson is None or PageViewRestriction.objects.exists():
        return serve(request, wanted.lstrip("/"))
    return show_lesson(request, lesson)


def show_lesson(request, lesson: LessonPage):
    """A lesson in the edition the learner takes; anonymous readers see those of open courses."""
    course = CoursePage.objects.get(path=lesson.path[: -LessonPage.steplen])
    if not course.live or not (lesson.live or request.user.is_authenticated):
        raise Http404
    if not rules.can_read_lesson(request.user, course):
        return redirect_to_login(request.get_full_path())
    outline = queries.outline(course, request.user, _audiences(request.user))
    # Not part of the edition taken: a draft, or added to the course after this learner began.
    if outline is None or outline.find(lesson.pk) is None:
        raise Http404
    if request.user.is_authenticated and outline.enrolment is None:
        enrolling.enrol(request.user, course)
        outline = queries.outline(course, request.user, outline.audiences)
    index = outline.find(lesson.pk)
    entry = outline.entries[index]
    if outline.enrolment:
        entry.record = enrolling.open_lesson(outline.enrolment, entry.lesson, entry.record)
    return render(request, "courses/lesson.html", _lesson_context(course, outline, index, _body_of(entry.lesson)))


def preview_lesson(request, lesson: LessonPage):
    """The editor's preview: the draft's own body inside the published outline."""
    course = CoursePage.objects.get(pk=lesson.get_parent().pk)
    body = {"introduction": lesson.introduction, "html": lesson.body.render_as_block()}
    context = {
        "course": course,
        "lesson": lesson,
        "title": lesson.title,
        "body": body,
        "minutes": lesson.minutes,
        "is_preview": True,
    }
    return render(request, "courses/lesson.html", context)


def _audiences(viewer) -> list[str]:
    return audiences_of(viewer) if viewer.is_authenticated else ["everyone"]


def _certificate(outline):
    if outline is None or outline.enrolment is None or outline.enrolment.completed_at is None:
        return None
    completion = outline.enrolment.completion
    return getattr(completion, "certificate", None)


def _body_of(lesson) -> dict:
    """Introduction and rendered body of the pinned revision; revisions never change, so the copy is kept.

    One copy for each language of the interface: the blocks have headings of their own.
    """
    cache, key = caches["rendered"], f"lesson-body-{lesson.revision_id}-{get_language()}"
    body = cache.get(key)
    if body is None:
        page = Revision.objects.get(pk=lesson.revision_id).as_object()
        body = {"introduction": page.introduction, "html": page.body.render_as_block()}
        cache.set(key, body)
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
