"""Editions: the published revisions of a course. Published changes make a new one once the last has been taken."""

from django.db import transaction
from django.utils import timezone

from courses.enums import Audience
from courses.models import CoursePage, Edition, EditionLesson, LessonPage


@transaction.atomic
def refresh(course: CoursePage) -> Edition | None:
    """Brings the course's newest edition in line with what is published; returns it (None: nothing published).

    An edition nobody has taken yet is rewritten; one that carries evidence is kept and followed by a new one.
    """
    course = CoursePage.objects.select_for_update().get(pk=course.pk)
    if not course.live or not course.live_revision_id:
        return course.editions.first()
    wanted = _published_lessons(course)
    latest = course.editions.first()
    if latest and _same(latest, course, wanted):
        return latest
    if latest and not latest.enrolments.exists():
        latest.lessons.all().delete()
        edition = latest
        edition.course_revision_id = course.live_revision_id
        edition.published_at = timezone.now()
        edition.save()
    else:
        edition = Edition.objects.create(
            course=course,
            number=latest.number + 1 if latest else 1,
            course_revision_id=course.live_revision_id,
            published_at=timezone.now(),
        )
    for row in wanted:
        row.edition = edition
    EditionLesson.objects.bulk_create(wanted)
    return edition


def _published_lessons(course: CoursePage) -> list[EditionLesson]:
    modules = {module.code: module for module in course.modules.all()}
    lessons = LessonPage.objects.child_of(course).live().filter(live_revision__isnull=False).order_by("path")
    return [
        EditionLesson(
            lesson=lesson,
            revision_id=lesson.live_revision_id,
            position=position,
            title=lesson.title,
            slug=lesson.slug,
            minutes=lesson.minutes,
            module_code=lesson.module_code,
            module_title=modules[lesson.module_code].title if lesson.module_code in modules else "",
            audience=modules[lesson.module_code].audience if lesson.module_code in modules else Audience.EVERYONE,
        )
        for position, lesson in enumerate(lessons, start=1)
    ]


_COMPARED = (
    "lesson_id",
    "revision_id",
    "position",
    "title",
    "slug",
    "minutes",
    "module_code",
    "module_title",
    "audience",
)


def _same(edition: Edition, course: CoursePage, wanted: list[EditionLesson]) -> bool:
    if edition.course_revision_id != course.live_revision_id:
        return False
    have = list(edition.lessons.order_by("position").values_list(*_COMPARED))
    return have == [tuple(getattr(row, name) for name in _COMPARED) for row in wanted]
