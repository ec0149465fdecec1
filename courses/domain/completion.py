"""When is a course completed: by its own rule, decided on the server, written once."""

from django.db import transaction
from django.utils import timezone

from courses.domain import certificates
from courses.enums import Audience
from courses.models import Completion, Enrolment
from people.domain import audit
from people.enums import PositionGroup
from people.queries import primary_posting
from quizzes.models import Attempt


def audiences_of(person) -> list[str]:
    """The audiences a person belongs to today, through the primary posting."""
    posting = primary_posting(person)
    audiences = [str(Audience.EVERYONE)]
    if posting and posting.is_manager:
        audiences.append(str(Audience.MANAGERS))
    if posting and posting.position_group == PositionGroup.ONE_STOP:
        audiences.append(str(Audience.ONE_STOP))
    return audiences


@transaction.atomic
def complete_if_due(enrolment: Enrolment) -> Completion | None:
    """Writes the completion, its certificate's register entry and the work that follows, once the rule is met.

    The rule: every lesson required of the person is done and, if the course has a quiz, an attempt passed it.
    Runs in the transaction of the fact that may have met the rule. Returns None while it is not met.
    """
    # Only the enrolment is locked: with the course's row, every learner of the course would wait for this one.
    locked = Enrolment.objects.select_for_update(of=("self",))
    enrolment = locked.select_related("course", "person").get(pk=enrolment.pk)
    if enrolment.completed_at:
        return enrolment.completion
    course, person = enrolment.course, enrolment.person
    audiences = audiences_of(person)
    required = list(enrolment.edition.lessons.filter(audience__in=audiences).values_list("lesson_id", flat=True))
    done = set(enrolment.lesson_records.filter(done_at__isnull=False).values_list("lesson_id", flat=True))
    if not required or not done.issuperset(required):
        return None
    attempt = _passing_attempt(enrolment) if course.quiz_id else None
    if course.quiz_id and attempt is None:
        return None
    completion = _write(enrolment, attempt, required, audiences)
    if course.awards_certificate:
        certificates.issue(completion)
    audit.record(person, "course.completed", completion, course=course.pk)
    return completion


def _passing_attempt(enrolment: Enrolment) -> Attempt | None:
    """The best passed attempt made since the person enrolled for this cycle."""
    return (
        Attempt.objects.filter(
            person=enrolment.person,
            quiz=enrolment.course.quiz_id,
            passed=True,
            started_at__gte=enrolment.enrolled_at,
        )
        .order_by("-score", "submitted_at")
        .first()
    )


def _write(enrolment: Enrolment, attempt: Attempt | None, required: list[int], audiences: list[str]) -> Completion:
    posting = primary_posting(enrolment.person)
    now = timezone.now()
    completion = Completion.objects.create(
        enrolment=enrolment,
        person=enrolment.person,
        course=enrolment.course,
        edition_id=enrolment.edition_id,
        attempt=attempt,
        completed_at=now,
        score=attempt.score if attempt else None,
        max_points=attempt.max_points if attempt else None,
        duration_minutes=enrolment.course.duration_minutes,
        rule={
            "lessons": required,
            "audiences": audiences,
            "pass_percent": attempt.pass_percent if attempt else None,
        },
        unit=posting.unit if posting else None,
        unit_name=posting.unit.name if posting else "",
        position_title=posting.position_title if posting else "",
        position_group=posting.position_group if posting else "",
        employment_type=posting.employment_type if posting else "",
        is_manager=posting.is_manager if posting else False,
    )
    enrolment.completed_at = now
    enrolment.save(update_fields=["completed_at"])
    return completion
