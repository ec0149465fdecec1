"""A group session: opened, people present noted, closed; then what was taken together is credited to each of them."""

from collections.abc import Iterable

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.domain import completion, enrolment
from courses.enums import AttendanceMeans
from courses.models import CoursePage, Enrolment, GroupAttendance, GroupSession, LessonPage, LessonRecord
from people.domain import audit
from people.models import Person, Unit
from shared.domain import outbox
from shared.errors import DomainError

OUTBOX_KIND = "courses.credit_session"
CODE_SECONDS = 120  # a photograph of the screen is worth nothing a little later
_SALT = "courses.group-session"


@transaction.atomic
def open_session(
    course: CoursePage, lesson: LessonPage | None, unit: Unit, place: str, *, actor: Person
) -> GroupSession:
    """Begins now. Nothing can be entered for a day that is over."""
    session = GroupSession.objects.create(
        course=course, lesson=lesson, unit=unit, place=place, opened_at=timezone.now(), opened_by=actor
    )
    audit.record(actor, "group_session.opened", session, course=course.pk, unit=unit.pk)
    return session


def code_of(session: GroupSession) -> str:
    """What the screen shows now; it opens the door for `CODE_SECONDS`."""
    return signing.TimestampSigner(salt=_SALT).sign(str(session.pk))


def session_of(code: str) -> GroupSession:
    """The open session a code leads to. Raises DomainError for one that is too old, false, or of a closed session."""
    try:
        number = signing.TimestampSigner(salt=_SALT).unsign(code, max_age=CODE_SECONDS)
    except signing.SignatureExpired as late:
        raise DomainError(_("This code is too old. Scan the one on the screen now.")) from late
    except signing.BadSignature as false:
        raise DomainError(_("This is no code of a session. Scan the one on the screen.")) from false
    session = GroupSession.objects.filter(pk=number, closed_at__isnull=True).select_related("course").first()
    if session is None:
        raise DomainError(_("This session is closed."))
    return session


def come_in(code: str, person: Person) -> GroupSession:
    """The person is present, by the code they scanned. Twice changes nothing. Raises DomainError as `session_of`."""
    session = session_of(code)
    _note(session, [person.pk], AttendanceMeans.CODE)
    return session


@transaction.atomic
def tick(session: GroupSession, people: Iterable[int], *, actor: Person) -> int:
    """Whoever holds the session saw these people; returns how many were new. Raises DomainError once it is closed."""
    if GroupSession.objects.filter(pk=session.pk, closed_at__isnull=False).exists():
        raise DomainError(_("This session is closed."))
    added = _note(session, people, AttendanceMeans.LIST)
    if added:
        audit.record(actor, "group_session.ticked", session, people=added)
    return added


@transaction.atomic
def close(session: GroupSession, *, actor: Person) -> GroupSession:
    """Nobody comes in any more; a worker credits those present. Twice changes nothing."""
    stored = GroupSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if stored.closed_at is None:
        stored.closed_at = timezone.now()
        stored.save(update_fields=["closed_at"])
        audit.record(actor, "group_session.closed", stored, present=stored.attendances.count())
        outbox.enqueue(OUTBOX_KIND, stored.pk)
    return stored


def credit(session_id: int) -> None:
    """The outbox's door: each person present has done the lessons of the session, one transaction each."""
    session = GroupSession.objects.select_related("course").get(pk=session_id)
    for attendance in session.attendances.filter(credited_at__isnull=True).select_related("person").order_by("pk"):
        outbox.still_at_it(OUTBOX_KIND, session_id)
        with transaction.atomic():
            _credit(session, attendance)


def _note(session: GroupSession, people: Iterable[int], means: AttendanceMeans) -> int:
    present = set(session.attendances.values_list("person", flat=True))
    now = timezone.now()
    rows = [
        GroupAttendance(session=session, person_id=person, means=means, noted_at=now)
        for person in set(people) - present
    ]
    GroupAttendance.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _credit(session: GroupSession, attendance: GroupAttendance) -> None:
    """Lessons done before stay as they were; the new ones carry the session as their evidence."""
    person = attendance.person
    try:
        taken = enrolment.enrol(person, session.course)
    except DomainError:  # other courses come first: present, but nothing to credit yet
        return
    if taken.completed_at is None:
        _finish_lessons(session, taken)
        completion.complete_if_due(taken)
    GroupAttendance.objects.filter(pk=attendance.pk).update(credited_at=timezone.now())


def _finish_lessons(session: GroupSession, taken: Enrolment) -> None:
    lessons = taken.edition.lessons.all()
    if session.lesson_id:
        lessons = lessons.filter(lesson=session.lesson_id)
    for lesson in lessons:
        record, _created = LessonRecord.objects.get_or_create(
            enrolment=taken,
            lesson_id=lesson.lesson_id,
            defaults={"revision_id": lesson.revision_id, "first_opened_at": session.opened_at},
        )
        if record.done_at is None:
            record.done_at, record.revision_id, record.group_session = session.closed_at, lesson.revision_id, session
            record.save(update_fields=["done_at", "revision", "group_session"])
