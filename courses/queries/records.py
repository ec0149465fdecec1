"""What stands of a learner: completions, certificates, and those in question."""

from dataclasses import dataclass

from django.utils import timezone

from courses.models import (
    Certificate,
    Completion,
    CoursePage,
    Doubt,
    Enrolment,
)
from people.enums import Role
from people.queries import roles_of, units_for
from shared.content_version import remembered
from shared.prepared import prepared


@dataclass(frozen=True)
class LearningRecord:
    """What a person has to show: minutes learnt in a year, and the course of the newest certificate, or ""."""

    minutes: int
    latest_certificate: str


def learning_record(taken: list[Enrolment], year: int) -> LearningRecord:
    """Minutes as the completions of that year recorded them, and the newest certificate of all years.

    `taken`: `enrolments_of` somebody.
    """
    completed = [one for one in taken if one.completion_at]
    newest = max((one for one in completed if one.certificate_at), key=lambda one: one.certificate_at, default=None)
    return LearningRecord(
        minutes=sum(one.minutes_learnt for one in completed if timezone.localtime(one.completion_at).year == year),
        latest_certificate=newest.certificate_for if newest else "",
    )


_courses_of_quiz = remembered(200)(
    prepared(lambda quiz: CoursePage.objects.filter(quiz=quiz).order_by("-live", "path")[:1], int)
)


_completion_of = prepared(
    lambda person, course: (
        Completion.objects.filter(person=person, course=course).select_related("certificate").order_by("-pk")[:1]
    ),
    int,
    int,
)


def course_of_quiz(viewer, quiz_id: int) -> CoursePage | None:
    """The course whose final quiz this is; a published one before others. The same for every viewer."""
    return next(iter(_courses_of_quiz(viewer, quiz_id)), None)


def completion_of(viewer, course: CoursePage) -> Completion | None:
    """The viewer's newest completion of the course, with its certificate."""
    return next(iter(_completion_of(viewer.pk, course.pk)), None)


def certificates_for(viewer):
    """The viewer's own certificates, newest first."""
    return Certificate.objects.filter(person=viewer).select_related("completion__course").order_by("-issued_at")


def doubts_for(viewer):
    """Completions in question of the courses `viewer` answers for: `rules.can_settle`. Never one's own."""
    doubts = Doubt.objects.exclude(completion__person=viewer.pk)
    if not viewer.is_authenticated:
        return Doubt.objects.none()
    if viewer.is_superuser or Role.ADMINISTRATOR in roles_of(viewer):
        return doubts
    return doubts.filter(completion__course__owner_unit__in=units_for(viewer, (Role.COURSE_AUTHOR,)))
