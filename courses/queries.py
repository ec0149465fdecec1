"""Courses and learning as a viewer may see them."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Length, Substr
from django.utils import timezone

from courses.models import (
    Certificate,
    Completion,
    CoursePage,
    Edition,
    EditionLesson,
    Enrolment,
    LessonPage,
    LessonRecord,
    Obligation,
)
from people.enums import UnitKind
from people.queries import postings_in


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


@dataclass
class OutlineEntry:
    """One line of a course's contents as the viewer stands to it."""

    lesson: EditionLesson
    record: LessonRecord | None = None
    required: bool = True

    @property
    def is_done(self) -> bool:
        return self.record is not None and self.record.done_at is not None


@dataclass
class Outline:
    """A course's contents with one person's progress, from a fixed number of queries."""

    edition: Edition
    entries: list[OutlineEntry]
    enrolment: Enrolment | None = None
    audiences: list[str] = field(default_factory=list)

    @property
    def required(self) -> list[OutlineEntry]:
        return [entry for entry in self.entries if entry.required]

    @property
    def required_done(self) -> int:
        return sum(entry.is_done for entry in self.required)

    @property
    def lessons_complete(self) -> bool:
        return bool(self.required) and self.required_done == len(self.required)

    @property
    def minutes_left(self) -> int:
        return sum(entry.lesson.minutes for entry in self.required if not entry.is_done)

    @property
    def next_entry(self) -> OutlineEntry | None:
        """The lesson to resume: the first required one not yet done, else the first not yet done."""
        waiting = [entry for entry in self.entries if not entry.is_done]
        return next((entry for entry in waiting if entry.required), waiting[0] if waiting else None)

    def modules(self) -> list[tuple[EditionLesson, list[OutlineEntry]]]:
        """Entries grouped under their module headings, in order."""
        groups: list[tuple[EditionLesson, list[OutlineEntry]]] = []
        for entry in self.entries:
            if not groups or groups[-1][0].module_code != entry.lesson.module_code:
                groups.append((entry.lesson, []))
            groups[-1][1].append(entry)
        return groups

    def find(self, lesson_id: int) -> int | None:
        """The index of a lesson's entry."""
        return next((i for i, entry in enumerate(self.entries) if entry.lesson.lesson_id == lesson_id), None)


def outline(course: CoursePage, viewer, audiences: list[str]) -> Outline | None:
    """The contents of a course for `viewer`: of the edition enrolled in, else of the newest. None: nothing there."""
    enrolment = None
    if viewer.is_authenticated:
        enrolment = (
            Enrolment.objects.filter(person=viewer, course=course).select_related("edition").order_by("-cycle").first()
        )
    edition = enrolment.edition if enrolment else Edition.objects.filter(course=course).order_by("-number").first()
    if edition is None:
        return None
    records = {}
    if enrolment:
        enrolment.course, enrolment.person = course, viewer
        records = {record.lesson_id: record for record in LessonRecord.objects.filter(enrolment=enrolment)}
    entries = [
        OutlineEntry(lesson, records.get(lesson.lesson_id), lesson.audience in audiences)
        for lesson in EditionLesson.objects.filter(edition=edition).order_by("position")
    ]
    return Outline(edition, entries, enrolment, audiences)


@dataclass
class CourseWork:
    """One course of a learner's list: what is asked, by when and why, and how far it is."""

    course: CoursePage
    enrolment: Enrolment | None = None
    due_on: date | None = None
    directive: object | None = None
    lessons: list[bool] = field(default_factory=list)  # one per required lesson: done?
    minutes_left: int = 0
    next_lesson: EditionLesson | None = None
    next_position: int = 0

    @property
    def done_count(self) -> int:
        return sum(self.lessons)

    @property
    def is_completed(self) -> bool:
        return self.enrolment is not None and self.enrolment.completed_at is not None

    @property
    def is_started(self) -> bool:
        return self.enrolment is not None

    @property
    def days_left(self) -> int | None:
        return (self.due_on - timezone.localdate()).days if self.due_on else None

    @property
    def days_overdue(self) -> int:
        return max(0, -(self.days_left or 0))


def course_work(viewer, audiences: list[str]) -> list[CourseWork]:
    """All courses the viewer must take or has begun, in a fixed number of queries; earliest due date first."""
    enrolments = {
        enrolment.course_id: enrolment
        for enrolment in Enrolment.objects.filter(person=viewer).select_related("edition", "course").order_by("cycle")
    }
    duties: dict[int, Obligation] = {}
    for duty in (
        Obligation.objects.filter(person=viewer).select_related("course", "assignment__directive").order_by("due_on")
    ):
        duties.setdefault(duty.course_id, duty)
    work = []
    for course_id in {*enrolments, *duties}:
        duty, enrolment = duties.get(course_id), enrolments.get(course_id)
        work.append(
            CourseWork(
                course=duty.course if duty else enrolment.course,
                enrolment=enrolment,
                due_on=duty.due_on if duty else None,
                directive=duty.assignment.directive if duty else None,
            )
        )
    _add_progress(work, viewer, audiences)
    return sorted(work, key=lambda item: (item.due_on is None, item.due_on or date.max, item.course.title))


def _add_progress(work: list[CourseWork], viewer, audiences: list[str]) -> None:
    newest = newest_editions([item.course.pk for item in work])
    edition_of = {
        item.course.pk: item.enrolment.edition_id if item.enrolment else newest.get(item.course.pk) for item in work
    }
    lessons: dict[int, list[EditionLesson]] = {}
    for lesson in EditionLesson.objects.filter(edition__in=edition_of.values()).order_by("position"):
        lessons.setdefault(lesson.edition_id, []).append(lesson)
    records = {
        (record.enrolment_id, record.lesson_id): record
        for record in LessonRecord.objects.filter(enrolment__person=viewer)
    }
    for item in work:
        rows = [row for row in lessons.get(edition_of[item.course.pk], ()) if row.audience in audiences]
        enrolment_id = item.enrolment.pk if item.enrolment else None
        taken = [records.get((enrolment_id, row.lesson_id)) for row in rows]
        item.lessons = [record is not None and record.done_at is not None for record in taken]
        waiting = [(place, row) for place, row in enumerate(rows) if not item.lessons[place]]
        item.minutes_left = sum(row.minutes for _place, row in waiting)
        if waiting:
            # Where the learner left off: the unfinished lesson opened last, else the first one waiting.
            begun = [(taken[place].first_opened_at, place, row) for place, row in waiting if taken[place]]
            place, item.next_lesson = max(begun)[1:] if begun else waiting[0]
            item.next_position = place + 1


def newest_editions(course_ids) -> dict[int, int]:
    """The newest edition of each course, by course id."""
    pairs = Edition.objects.filter(course__in=course_ids).order_by("number").values_list("course", "pk")
    return dict(pairs)


def minutes_learnt(viewer, year: int) -> int:
    """Minutes of the courses completed in a year, as their completions recorded them."""
    total = Completion.objects.filter(person=viewer, completed_at__year=year).aggregate(n=Sum("duration_minutes"))
    return total["n"] or 0


def certificates_for(viewer):
    """The viewer's own certificates, newest first."""
    return Certificate.objects.filter(person=viewer).select_related("completion__course").order_by("-issued_at")


def people_required(course: CoursePage, units):
    """Primary postings in `units` whose holder has an obligation for the course: the denominator of its rate."""
    return postings_in(units).filter(person__in=Obligation.objects.filter(course=course).values("person"))


def issuer_of(course: CoursePage) -> dict[str, str]:
    """Who issues the course's certificates: its owner unit, with the head as signatory, else the site."""
    unit = course.owner_unit
    if unit is None:
        return {
            "name": settings.SITE_NAME.upper(),
            "parent": "",
            "place": "",
            "signatory_position": "",
            "signatory_name": "",
        }
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
