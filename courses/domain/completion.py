"""When is a course completed: by its own rule, decided on the server, written once."""

from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property

from courses.domain import certificates, obligations
from courses.enums import Audience
from courses.models import Completion, Enrolment, LessonRecord
from courses.queries import lessons_taken
from courses.signals import course_completed
from people.domain import audit
from people.enums import PositionGroup
from people.queries import Held, held_today
from quizzes.models import Attempt
from shared.prepared import prepared


class Audiences:
    """The audiences a person belongs to today. Everyone's is known; the primary posting is read for others only."""

    def __init__(self, person):
        self.person = person

    def __contains__(self, audience: str) -> bool:
        return audience == Audience.EVERYONE or audience in self._by_posting

    def __iter__(self):
        yield str(Audience.EVERYONE)
        yield from self._by_posting

    @cached_property
    def held(self) -> Held | None:
        """What the person holds today, or None."""
        return held_today(self.person)

    @cached_property
    def _by_posting(self) -> list[str]:
        audiences = []
        if self.held and self.held.is_manager:
            audiences.append(str(Audience.MANAGERS))
        if self.held and self.held.position_group == PositionGroup.ONE_STOP:
            audiences.append(str(Audience.ONE_STOP))
        return audiences


def audiences_of(person) -> Audiences:
    """The audiences a person belongs to today, through the primary posting."""
    return Audiences(person)


@transaction.atomic(savepoint=False)
def complete_after_quiz(attempt: Attempt, *, is_best: bool) -> None:
    """As `complete_if_due`, of the open enrolments in courses that end with the attempt's quiz. `is_best`: whether no
    other attempt at it was passed better."""
    for enrolment in _locking_open(attempt.person_id, attempt.quiz_id):
        if Attempt.person.is_cached(attempt):  # handed in by themselves: with all that was read with their session
            enrolment.person = attempt.person
        counts = is_best and attempt.started_at >= enrolment.enrolled_at
        _complete_if_due(enrolment, attempt if counts else None)


@transaction.atomic(savepoint=False)  # part of the fact's transaction: they stand or fall together
def complete_if_due(enrolment: Enrolment) -> Completion | None:
    """Writes the completion, its certificate's register entry and the work that follows, once the rule is met.

    The rule: every lesson required of the person is done and, if the course has a quiz, an attempt passed it.
    Runs in the transaction of the fact that may have met the rule. Returns None while it is not met.
    """
    enrolment = _locked(enrolment)
    return enrolment.completion if enrolment.completed_at else _complete_if_due(enrolment)


def _complete_if_due(enrolment: Enrolment, passed: Attempt | None = None) -> Completion | None:
    """Of a locked enrolment. `passed` is the attempt that counts, where it is known."""
    course, person = enrolment.course, enrolment.person
    audiences = audiences_of(person)
    required = [lesson.lesson_id for lesson in lessons_taken(enrolment.edition_id) if lesson.audience in audiences]
    records = _records_of(enrolment.pk)
    done = {record.lesson_id for record in records if record.done_at}
    if not required or not done.issuperset(required):
        return None
    attempt = (passed or _passing_attempt(enrolment)) if course.quiz_id else None
    if course.quiz_id and attempt is None:
        return None
    together = {record.group_session_id for record in records if record.group_session_id}
    completion = _write(enrolment, attempt, required, audiences, sorted(together))
    obligations.fulfil(completion)
    certificate = certificates.issue_first(completion) if course.awards_certificate else None
    audit.record(person, "course.completed", completion, course=course.pk)
    course_completed.send(Completion, completion=completion, certificate=certificate)
    return completion


_records_of = prepared(
    lambda enrolment: LessonRecord.objects.filter(enrolment=enrolment).only("lesson", "done_at", "group_session"), int
)


def _locked(enrolment: Enrolment) -> Enrolment:
    """Only the enrolment is locked: with the course's row, every learner of the course would wait for this one."""
    [locked] = _locking(enrolment.pk)
    return locked


def _to_lock(enrolments):
    together = ("course", "person", "edition")
    locked = enrolments.select_for_update(of=("self",)).select_related(*together)
    return locked.defer("course__search_description")


_locking = prepared(lambda pk: _to_lock(Enrolment.objects.filter(pk=pk)), int)
_locking_open = prepared(
    lambda person, quiz: _to_lock(
        Enrolment.objects.filter(person=person, course__quiz=quiz, completed_at__isnull=True)
    ).order_by("pk"),
    int,
    int,
)


def _passing_attempt(enrolment: Enrolment) -> Attempt | None:
    """The best passed attempt made since the person enrolled for this cycle."""
    return (
        Attempt.objects.filter(
            person=enrolment.person,
            quiz=enrolment.course.quiz_id,
            passed=True,
            started_at__gte=enrolment.enrolled_at,
        )
        .defer("paper")
        .order_by("-score", "submitted_at")
        .first()
    )


def _write(
    enrolment: Enrolment, attempt: Attempt | None, required: list[int], audiences, together: list[int]
) -> Completion:
    held = audiences.held
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
            "audiences": list(audiences),
            "pass_percent": attempt.pass_percent if attempt else None,
        }
        | ({"group_sessions": together} if together else {}),
        unit_id=held.unit_id if held else None,
        unit_name=held.unit_name if held else "",
        position_title=held.position_title if held else "",
        position_group=held.position_group if held else "",
        employment_type=held.employment_type if held else "",
        is_manager=held.is_manager if held else False,
    )
    enrolment.completed_at = now
    enrolment.save(update_fields=["completed_at"])
    return completion
