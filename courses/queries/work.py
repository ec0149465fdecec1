"""What a learner has to do: their courses by due date, and documents to confirm."""

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, F, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from courses.models import (
    CoursePage,
    DirectiveReceipt,
    EditionLesson,
    Enrolment,
    Obligation,
    ObligationReason,
)
from shared.prepared import prepared

from .outlines import lessons_of, lessons_taken, with_lessons
from .pages import newest_editions


@dataclass
class CourseWork:
    """One course of a learner's list: what is asked, by when and why, and how far it is."""

    course: CoursePage
    enrolment: Enrolment | None = None
    due_on: date | None = None
    duty: Obligation | None = None
    reasons: list[ObligationReason] = field(default_factory=list)  # the earliest day first
    lessons: list[bool] = field(default_factory=list)  # one per required lesson: done?
    minutes_left: int = 0
    next_lesson: EditionLesson | None = None
    next_position: int = 0

    @property
    def done_count(self) -> int:
        return sum(self.lessons)

    @property
    def is_completed(self) -> bool:
        if self.duty is not None and self.duty.equivalence_id and self.duty.fulfilled_on:
            return True
        return self.enrolment is not None and self.enrolment.completed_at is not None

    @property
    def completed_on(self) -> date | None:
        if self.enrolment is not None and self.enrolment.completed_at:
            return timezone.localdate(self.enrolment.completed_at)
        return self.duty.fulfilled_on if self.duty else None

    @property
    def directive(self):
        """The document the earliest of its reasons rests on, as far as one is named."""
        return next((r.assignment.directive for r in self.reasons if r.assignment.directive), None)

    @property
    def is_started(self) -> bool:
        return self.enrolment is not None

    @property
    def days_left(self) -> int | None:
        return (self.due_on - timezone.localdate()).days if self.due_on else None

    @property
    def days_overdue(self) -> int:
        return max(0, -(self.days_left or 0))


_enrolments_of = prepared(
    lambda person: with_lessons(
        Enrolment.objects.filter(person=person)
        .select_related("course")
        .defer("course__search_description")
        .annotate(
            completion_at=F("completion__completed_at"),
            minutes_learnt=F("completion__duration_minutes"),
            certificate_at=F("completion__certificate__issued_at"),
            certificate_for=KeyTextTransform("course", "completion__certificate__wording"),
        )
        .order_by("cycle")
    ),
    int,
)


def enrolments_of(viewer) -> list[Enrolment]:
    """The viewer's own enrolments, earlier cycles first, with their lessons' records and what they led to."""
    return _enrolments_of(viewer.pk)


_reasons_of = prepared(
    lambda person: (
        ObligationReason.objects.filter(
            obligation__person=person, obligation__obliged_to__isnull=True, until__isnull=True
        )
        .select_related("obligation__course", "assignment__directive")
        .order_by("obligation__due_on", "due_on", "pk")
    ),
    int,
)


def course_work(viewer, taken: list[Enrolment], audiences: Container[str]) -> list[CourseWork]:
    """All courses the viewer must take or has begun, in a fixed number of queries; earliest due date first.

    `taken`: `enrolments_of` the viewer.
    """
    enrolments = {enrolment.course_id: enrolment for enrolment in taken}
    duties, reasons = _duties_of(viewer)
    work = []
    for course_id in {*enrolments, *duties}:
        duty, enrolment = duties.get(course_id), enrolments.get(course_id)
        if duty and enrolment and enrolment.completed_at and duty.fulfilled_on is None:
            enrolment = None  # asked for again: the next cycle has not been begun
        work.append(
            CourseWork(
                course=duty.course if duty else enrolment.course,
                enrolment=enrolment,
                due_on=duty.due_on if duty else None,
                duty=duty,
                reasons=reasons.get(course_id, []),
            )
        )
    _add_progress(work, audiences)
    return sorted(work, key=lambda item: (item.due_on is None, item.due_on or date.max, item.course.title))


def _duties_of(viewer) -> tuple[dict[int, Obligation], dict[int, list[ObligationReason]]]:
    """What is asked of the viewer by course: what is open and due first before what is fulfilled; and all reasons."""
    duties: dict[int, Obligation] = {}
    reasons: dict[int, list[ObligationReason]] = {}
    for reason in sorted(_reasons_of(viewer.pk), key=lambda reason: reason.obligation.fulfilled_on is not None):
        duty = duties.setdefault(reason.obligation.course_id, reason.obligation)
        if (duty.fulfilled_on is None) == (reason.obligation.fulfilled_on is None):
            reasons.setdefault(duty.course_id, []).append(reason)
    return duties, reasons


def _add_progress(work: list[CourseWork], audiences: Container[str]) -> None:
    lessons = _lessons_of_work(work)
    for item in work:
        rows = [row for row in lessons[item.course.pk] if row.audience in audiences]
        records = lessons_of(item.enrolment) if item.enrolment else {}
        taken = [records.get(row.lesson_id) for row in rows]
        item.lessons = [record is not None and record.done_at is not None for record in taken]
        waiting = [(place, row) for place, row in enumerate(rows) if not item.lessons[place]]
        item.minutes_left = sum(row.minutes for _place, row in waiting)
        if waiting:
            # Where the learner left off: the unfinished lesson opened last, else the first one waiting.
            begun = [(taken[place].first_opened_at, place, row) for place, row in waiting if taken[place]]
            place, item.next_lesson = max(begun)[1:] if begun else waiting[0]
            item.next_position = place + 1


def _lessons_of_work(work: list[CourseWork]) -> dict[int, list[EditionLesson]]:
    """The lessons of each course by its id: of the edition taken, else of the newest."""
    newest = newest_editions([item.course.pk for item in work if not item.enrolment])
    not_taken: dict[int, list[EditionLesson]] = {edition: [] for edition in newest.values()}
    if newest:
        for lesson in EditionLesson.objects.filter(edition__in=not_taken).order_by("position"):
            not_taken[lesson.edition_id].append(lesson)
    return {
        item.course.pk: lessons_taken(item.enrolment.edition_id)
        if item.enrolment
        else not_taken.get(newest.get(item.course.pk), [])
        for item in work
    }


_receipts_waiting = prepared(
    lambda person: (
        DirectiveReceipt.objects.filter(person=person, confirmed_at__isnull=True)
        .select_related("directive")
        .order_by("confirm_by", "pk")[:5]
    ),
    int,
)


def documents_wait_for_owner(_day):
    """Whether a session's owner has documents to confirm, as an expression over sessions: most have none. See
    `people.sign_in.sessions.tell_of_owners`."""
    return Exists(DirectiveReceipt.objects.filter(person=OuterRef("person_id"), confirmed_at__isnull=True))


def documents_to_confirm(viewer) -> list[DirectiveReceipt]:
    """The first few documents the viewer was handed and has not confirmed."""
    return list(_receipts_waiting(viewer.pk)) if getattr(viewer, "documents_wait", True) else []
