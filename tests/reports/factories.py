"""A small province for the desk's tests: units, people, courses with lessons, and learning as it happened."""

from datetime import date, datetime, time, timedelta
from itertools import count

from django.utils import timezone
from wagtail.models import Locale, Page

from courses.domain import obligations
from courses.domain.assignment import assign as assign_course
from courses.enums import CertificateKind
from courses.models import (
    Certificate,
    Completion,
    CoursePage,
    Edition,
    EditionLesson,
    Enrolment,
    LessonPage,
    LessonRecord,
)
from people.domain.units import create_unit
from people.enums import Role
from people.models import Person, Posting, RoleGrant, Unit

LONG_AGO = date(2025, 7, 1)
_numbers = count(1)


def today() -> date:
    return timezone.localdate()


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def at_noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def make_unit(name: str, parent: Unit | None = None, **fields) -> Unit:
    return create_unit(f"U{next(_numbers)}", name, parent=parent, active_from=LONG_AGO, **fields)


def make_person(name: str, unit: Unit | None = None, **posting) -> Person:
    number = next(_numbers)
    person = Person.objects.create(
        username=f"nguoi{number}", full_name=name, staff_number=f"CB-{number:04d}", password="!"
    )
    if unit:
        post(person, unit, **posting)
    return person


def post(person: Person, unit: Unit, **fields) -> Posting:
    usual = {"position_title": "Chuyên viên", "valid_from": LONG_AGO}
    return Posting.objects.create(person=person, unit=unit, **(usual | fields))


def make_hr(unit: Unit, name: str = "Lê Thị Nhân Sự", role: Role = Role.HR_OFFICER) -> Person:
    """An officer with a role on `unit`, posted nowhere so as not to be counted."""
    person = make_person(name)
    RoleGrant.objects.create(person=person, role=role, unit=unit)
    return person


def make_course(title: str, audiences: tuple[str, ...] = ("everyone", "everyone"), *, live: bool = True) -> CoursePage:
    """A course with one edition and one lesson for each audience."""
    number = next(_numbers)
    course = CoursePage(
        title=title, slug=f"khoa-{number}", code=f"K{number}", summary=title, duration_minutes=60, live=live
    )
    _root().add_child(instance=course)
    make_edition(course, audiences)
    return course


def make_edition(course: CoursePage, audiences: tuple[str, ...]) -> Edition:
    edition = Edition.objects.create(
        course=course,
        number=course.editions.count() + 1,
        course_revision=course.save_revision(),
        published_at=timezone.now(),
    )
    for position, audience in enumerate(audiences, start=1):
        number = next(_numbers)
        lesson = LessonPage(title=f"Bài {number}", slug=f"bai-{number}")
        course.add_child(instance=lesson)
        EditionLesson.objects.create(
            edition=edition,
            lesson=lesson,
            revision=lesson.save_revision(),
            position=position,
            title=lesson.title,
            slug=lesson.slug,
            minutes=8,
            audience=audience,
        )
    return edition


def assign(course: CoursePage, unit: Unit, due_on: date):
    return assign_course(course, unit, due_on, directive=None, actor=None)


def begin(person: Person, course: CoursePage, done: int = 0, cycle: int = 1) -> Enrolment:
    """The person takes the newest edition and has done its first lessons."""
    edition = course.editions.order_by("-number").first()
    enrolment = Enrolment.objects.create(
        person=person, course=course, edition=edition, cycle=cycle, enrolled_at=at_noon(in_days(-30))
    )
    for lesson in edition.lessons.order_by("position")[:done]:
        LessonRecord.objects.create(
            enrolment=enrolment,
            lesson_id=lesson.lesson_id,
            revision_id=lesson.revision_id,
            first_opened_at=at_noon(in_days(-20)),
            done_at=at_noon(in_days(-20)),
        )
    return enrolment


def complete(person: Person, course: CoursePage, day: date | None = None, cycle: int = 1, **fields) -> Completion:
    """The person begins, does everything and completes on `day`."""
    moment = at_noon(day or in_days(-1))
    edition = course.editions.order_by("-number").first()
    enrolment = begin(person, course, done=edition.lessons.count(), cycle=cycle)
    enrolment.completed_at = moment
    enrolment.save()
    usual = {
        "edition": edition,
        "completed_at": moment,
        "duration_minutes": 60,
        "rule": {
            "lessons": list(edition.lessons.values_list("lesson_id", flat=True)),
            "audiences": ["everyone"],
        },
    }
    completion = Completion.objects.create(enrolment=enrolment, person=person, course=course, **(usual | fields))
    obligations.fulfil(completion)
    return completion


def certify(completion: Completion, **fields) -> Certificate:
    """The completion's entry in the register, issued when it was completed."""
    number = next(_numbers)
    usual = {
        "person": completion.person,
        "code": f"MINH-HOA-{number:04d}",
        "issuer": "Sở Nội vụ (minh họa)",
        "year": completion.completed_at.year,
        "number": number,
        "kind": CertificateKind.COMPLETION,
        "wording": {},
        "issued_at": completion.completed_at,
    }
    return Certificate.objects.create(completion=completion, **(usual | fields))


def _root() -> Page:
    Locale.objects.get_or_create(language_code="vi")
    return Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
