"""Taking a course: enrolling, opening a lesson, saying that a lesson is done."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.domain import activities, completion, obligations, prerequisites
from courses.models import CoursePage, Edition, EditionLesson, Enrolment, LessonRecord
from courses.queries import Taken
from shared.errors import DomainError


def enrol(person, course: CoursePage) -> Enrolment:
    """The person's enrolment in the course's newest edition; enrolling twice changes nothing.

    Whoever has completed the course and is asked for it again begins the cycle that is due; what was completed
    before stays as it was. Raises DomainError when no lesson of the course is published, or other courses come first.
    """
    enrolment = current(person, course)
    if enrolment and not enrolment.completed_at:
        return enrolment
    cycle = obligations.due_cycle(person, course) or 1
    if enrolment and cycle <= enrolment.cycle:
        return enrolment
    if enrolment is None:
        prerequisites.require(person, course)
    edition = Edition.objects.filter(course=course).order_by("-number").first()
    if edition is None or not edition.lessons.exists():
        raise DomainError(_("No lesson has been published yet."))
    try:
        with transaction.atomic():
            return Enrolment.objects.create(
                person=person, course=course, edition=edition, cycle=cycle, enrolled_at=timezone.now()
            )
    except IntegrityError:  # a double click
        return current(person, course)


def current(person, course: CoursePage) -> Enrolment | None:
    """The enrolment of the newest cycle."""
    return Enrolment.objects.filter(person=person, course=course).order_by("-cycle").first()


def open_lesson(enrolment: Enrolment, lesson: EditionLesson, record: Taken | None) -> Taken | LessonRecord:
    """Notes when a lesson was first opened and that it was opened last; opening never makes it done."""
    now = timezone.now()
    if record is None:
        record, _created = LessonRecord.objects.get_or_create(
            enrolment=enrolment,
            lesson_id=lesson.lesson_id,
            defaults={"revision_id": lesson.revision_id, "first_opened_at": now},
        )
    if enrolment.last_opened_at is None or now - enrolment.last_opened_at > timedelta(minutes=1):
        Enrolment.objects.filter(pk=enrolment.pk).update(last_opened_at=now)
    return record


@transaction.atomic
def finish_lesson(enrolment: Enrolment, lesson: EditionLesson) -> LessonRecord:
    """The learner says the lesson is done: the record takes the server's time and the revision read.

    Raises DomainError when the course asks for a minimum time that has not passed since the lesson was opened, or
    the lesson for an activity that is not done.
    """
    now = timezone.now()
    record, _created = LessonRecord.objects.select_for_update().get_or_create(
        enrolment=enrolment,
        lesson_id=lesson.lesson_id,
        defaults={"revision_id": lesson.revision_id, "first_opened_at": now},
    )
    if record.done_at is None:
        _respect_minimum_time(enrolment, lesson, record, now)
        activities.respect_required(enrolment.person, lesson)
        record.done_at = now
        record.revision_id = lesson.revision_id
        record.save(update_fields=["done_at", "revision"])
        completion.complete_if_due(enrolment)
    return record


def _respect_minimum_time(enrolment, lesson, record, now) -> None:
    """Half of a lesson's minutes must have passed, where the course asks for it."""
    if not enrolment.course.enforce_minimum_time:
        return
    earliest = record.first_opened_at + timedelta(minutes=lesson.minutes) / 2
    if now < earliest:
        minutes = max(1, round((earliest - now).total_seconds() / 60))
        raise DomainError(
            ngettext(
                "This course asks for some reading time. The lesson can be marked as read in %(minutes)s minute.",
                "This course asks for some reading time. The lesson can be marked as read in %(minutes)s minutes.",
                minutes,
            )
            % {"minutes": minutes}
        )
