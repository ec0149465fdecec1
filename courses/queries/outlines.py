"""The contents of one course for one viewer, with how far they are."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import OuterRef
from django.utils.functional import cached_property

from courses.models import (
    CoursePage,
    Edition,
    EditionLesson,
    Enrolment,
    LessonRecord,
)
from quizzes.models import Attempt
from quizzes.queries import attempts_at
from shared.kept import kept
from shared.prepared import prepared
from shared.rows import Rows, moment


@dataclass(frozen=True)
class Taken:
    """What is known of one lesson an enrolled person has opened."""

    lesson_id: int
    first_opened_at: datetime
    done_at: datetime | None


@dataclass
class OutlineEntry:
    """One line of a course's contents as the viewer stands to it."""

    lesson: EditionLesson
    record: Taken | None = None
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
    audiences: Container[str] = ()

    @cached_property
    def required(self) -> list[OutlineEntry]:
        return [entry for entry in self.entries if entry.required]

    @property
    def required_lessons(self) -> list[tuple[int, bool]]:
        """Each required lesson's id and whether it is done."""
        return [(entry.lesson.lesson_id, entry.is_done) for entry in self.required]

    @cached_property
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

    @property
    def standing(self) -> str:
        """All that distinguishes this outline from another of the same edition: one sign a lesson, and what an
        edition nobody has taken yet consists of, for it may still change."""
        signs = "".join("x" if entry.is_done else "r" if entry.required else "o" for entry in self.entries)
        if self.enrolment:
            return signs
        revisions = [self.edition.course_revision_id, *(entry.lesson.revision_id for entry in self.entries)]
        return f"{signs} {revisions}"

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


def with_lessons(enrolments):
    """Each with its lessons' records, in the same query: read them with `lessons_of`."""
    records = LessonRecord.objects.filter(enrolment=OuterRef("pk"))
    return enrolments.annotate(records=Rows(records, "lesson_id", "first_opened_at", "done_at"))


def lessons_of(enrolment: Enrolment) -> dict[int, Taken]:
    rows = enrolment.records or ()
    return {lesson: Taken(lesson, moment(opened), moment(done)) for lesson, opened, done in rows}


_TRIED = ("pk", "quiz", "number", "state", "started_at", "submitted_at", "score", "max_points", "passed")


def attempts_of(outline: "Outline | None", viewer, quiz_id: int) -> list[Attempt]:
    """The viewer's attempts at a course's quiz, newest first, with what the course page says of them; they were read
    with the enrolment, if there is one."""
    if outline is None or outline.enrolment is None or not hasattr(outline.enrolment, "attempts"):
        return attempts_at(viewer, quiz_id)
    read = [_attempt(viewer, dict(zip(_TRIED, row, strict=True))) for row in outline.enrolment.attempts or ()]
    return sorted(read, key=lambda attempt: -attempt.number)


def _attempt(person, columns: dict) -> Attempt:
    columns["quiz_id"] = columns.pop("quiz")
    for name in ("started_at", "submitted_at"):
        columns[name] = moment(columns[name])
    for name in ("score", "max_points"):
        columns[name] = None if columns[name] is None else Decimal(str(columns[name]))
    return Attempt(person=person, **columns)


def _newest(person, course, *together):
    """The enrolment of the newest cycle with its lessons' records and the person's attempts at the course's quiz."""
    tried = Attempt.objects.filter(person=person, quiz=OuterRef("course__quiz"))
    enrolments = Enrolment.objects.filter(person=person, course=course).select_related("edition", *together)
    return with_lessons(enrolments.annotate(attempts=Rows(tried, *_TRIED)).order_by("-cycle"))[:1]


_newest_enrolment = prepared(_newest, int, int)
_newest_with_completion = prepared(lambda person, course: _newest(person, course, "completion__certificate"), int, int)


def _lessons(edition_id: int) -> list[EditionLesson]:
    return list(EditionLesson.objects.filter(edition=edition_id).order_by("position"))


lessons_taken = kept(500)(_lessons)  # by edition; one that somebody takes is never changed


def outline(course: CoursePage, viewer, audiences: Container[str], *, with_completion: bool = False) -> Outline | None:
    """The contents of a course for `viewer`: of the edition enrolled in, else of the newest. None: nothing there.

    `with_completion`: the enrolment comes with its completion and certificate, in the same query.
    """
    enrolment = None
    if viewer.is_authenticated:
        newest = _newest_with_completion if with_completion else _newest_enrolment
        enrolment = next(iter(newest(viewer.pk, course.pk)), None)
    if enrolment is None:
        edition = Edition.objects.filter(course=course).order_by("-number").first()
        lessons, records = _lessons(edition.pk) if edition else [], {}
    else:
        enrolment.course, enrolment.person = course, viewer
        edition, lessons = enrolment.edition, lessons_taken(enrolment.edition_id)
        records = lessons_of(enrolment)
    if edition is None:
        return None
    entries = [OutlineEntry(lesson, records.get(lesson.lesson_id), lesson.audience in audiences) for lesson in lessons]
    return Outline(edition, entries, enrolment, audiences)
