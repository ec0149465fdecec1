"""Courses and lessons as pages: the catalogue, who owns them, how many took them."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Length, Substr

from courses.models import (
    CoursePage,
    Edition,
    EditionLesson,
    Enrolment,
    LessonPage,
    LessonRecord,
    Obligation,
)
from people.enums import UnitKind
from people.models import Unit
from people.queries import postings_in
from shared.content_version import remembered


def catalogue(viewer):
    """Every published course with its cover, number of lessons and their minutes; the catalogue is public."""
    newest = Edition.objects.filter(course=OuterRef("pk")).order_by("-number").values("pk")[:1]
    lesson_count = (
        EditionLesson.objects.filter(edition=OuterRef("newest_edition"))
        .order_by()
        .values("edition")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        CoursePage.objects.live()
        .public()
        .select_related("cover")
        .prefetch_related("cover__renditions")
        .annotate(newest_edition=Subquery(newest))
        .annotate(lesson_count=Subquery(lesson_count))
        .order_by("path")
    )


def lessons_for(viewer):
    """Published lessons of published courses: all when signed in, else those of open courses."""
    courses = CoursePage.objects.live()
    if not viewer.is_authenticated:
        courses = courses.filter(is_open=True)
    course_path = Substr("path", 1, Length("path") - LessonPage.steplen)
    readable = LessonPage.objects.alias(course_path=course_path).filter(course_path__in=courses.values("path"))
    return LessonPage.objects.live().public().filter(pk__in=readable.values("pk"))


def newest_editions(course_ids) -> dict[int, int]:
    """The newest edition of each course, by course id."""
    pairs = Edition.objects.filter(course__in=course_ids).order_by("number").values_list("course", "pk")
    return dict(pairs)


def people_required(course: CoursePage, units):
    """Primary postings in `units` whose holder has an obligation for the course: the denominator of its rate."""
    return postings_in(units).filter(
        person__in=Obligation.objects.filter(course=course, obliged_to__isnull=True).values("person")
    )


def issuer_of(viewer, course: CoursePage) -> dict[str, str]:
    """Who issues the course's certificates: its owner unit, with the head as signatory, else the site. The same for
    every viewer."""
    return _issuer(viewer, course.owner_unit_id)


@remembered(200)
def _issuer(unit_id: int | None) -> dict[str, str]:
    if unit_id is None:
        return {
            "name": settings.SITE_NAME.upper(),
            "parent": "",
            "place": "",
            "signatory_position": "",
            "signatory_name": "",
        }
    unit = Unit.objects.select_related("head").get(pk=unit_id)  # one that is closed stands nowhere any more
    placements = unit.closure_above.filter(valid_to__isnull=True).order_by("depth").select_related("ancestor")
    line = [placement.ancestor for placement in placements]  # the unit itself first, the root last
    above = line[1].name if len(line) > 1 else ""
    if above and line[1].kind == UnitKind.PROVINCE:
        above = f"UBND {above}"
    province = next((ancestor for ancestor in line if ancestor.kind == UnitKind.PROVINCE), None)
    posting = unit.head.postings.filter(unit=unit, valid_to__isnull=True).first() if unit.head_id else None
    return {
        "name": unit.name.upper(),
        "parent": above.upper(),
        "place": (province.short_name or province.name) if province else "",
        "signatory_position": posting.position_title.upper() if posting else "",
        "signatory_name": unit.head.full_name if unit.head_id else "",
    }


def people_who_took(pages) -> int:
    """How many people have begun a course or a lesson among `pages` (any pages)."""
    takers = Enrolment.objects.filter(course__in=pages).values("person")
    readers = LessonRecord.objects.filter(lesson__in=pages).values("enrolment__person")
    return get_user_model().objects.filter(Q(pk__in=takers) | Q(pk__in=readers)).count()
