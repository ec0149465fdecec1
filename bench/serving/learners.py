"""Marked learners and a course with a quiz of twenty questions, made in the site's database and removed again.

Everything carries a mark in its name. What must outlive people (the log, the register) is never written: learners
are made without an entry, and in a site that is not ours they do not pass.
"""

import secrets
import time
from dataclasses import dataclass, replace
from itertools import chain, islice

COURSE = "van-hoa-cong-vu-1847.yaml"
PASSWORD = "bench-password-of-no-account"
QUESTIONS = 20
_TRIES = 5
KINDS = {"single_choice", "multiple_choice", "true_false", "scenario", "matching", "fill_blank"}


@dataclass(frozen=True)
class Place:
    """Where the learners learn."""

    mark: str
    course_id: int
    course_url: str
    lesson_url: str
    start_url: str


def make_course(questions_per_page: int, mark: str = "") -> Place:
    """A copy of a starter course, published under the catalogue."""
    from django.urls import reverse

    from courses.domain import starter
    from courses.management.commands.load_starter import LIBRARY
    from courses.models import CourseIndexPage, CoursePage
    from quizzes.models import Quiz

    mark = mark or f"bench-{secrets.token_hex(4)}"
    read = starter.read_course(LIBRARY / COURSE)
    others = [starter.read_course(path) for path in sorted(LIBRARY.glob("*.yaml")) if path.name != COURSE]
    questions = chain(read.questions, *(other.questions for other in others))
    fitting = islice((item for item in questions if item.kind in KINDS), QUESTIONS)
    made = replace(
        read,
        code=mark.upper(),
        slug=mark,
        quiz_code=f"{mark.upper()}-Q",
        questions=list(fitting),
        cover=None,
        fingerprint=mark,
    )
    starter.load_course(made, CourseIndexPage.objects.get(), None)
    Quiz.objects.filter(code=made.quiz_code).update(
        questions_per_page=questions_per_page, max_attempts=50, time_limit_minutes=None
    )
    course = CoursePage.objects.get(code=made.code)
    lesson = course.get_children().live().first()
    address = f"/khoa-hoc/{mark}/"
    return Place(mark, course.pk, address, f"{address}{lesson.slug}/", reverse("start_quiz", args=[course.pk]))


def make_learners(place: Place, count: int) -> list[str]:
    """Sign-in names of learners who have done every lesson. One hash serves all; it is checked like any other."""
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from courses.models import Edition, Enrolment, LessonRecord
    from people.models import Person

    edition = Edition.objects.filter(course=place.course_id).order_by("-number").first()
    lessons, now = list(edition.lessons.all()), timezone.now()
    hashed, before = make_password(PASSWORD), Person.objects.filter(username__startswith=place.mark).count()
    names = []
    for number in range(before, before + count):
        person = Person(username=f"{place.mark}-{number}", full_name="Nguyễn Đo Lường (minh họa)", password=hashed)
        person.save()
        enrolment = Enrolment.objects.create(
            person=person, course_id=place.course_id, edition=edition, enrolled_at=now, last_opened_at=now
        )
        LessonRecord.objects.bulk_create(
            LessonRecord(
                enrolment=enrolment,
                lesson_id=lesson.lesson_id,
                revision_id=lesson.revision_id,
                first_opened_at=now,
                done_at=now,
            )
            for lesson in lessons
        )
        names.append(person.username)
    return names


def remove(place: Place) -> None:
    """Takes everything with the mark away again; tries again while the site still answers a last request."""
    from django.db.models import ProtectedError

    for _time in range(_TRIES):
        try:
            return _remove(place)
        except ProtectedError:
            time.sleep(2)
    return _remove(place)


def _remove(place: Place) -> None:
    """In the order the database asks for."""
    from allauth.usersessions.models import UserSession
    from django.db import transaction
    from wagtail.models import Page

    from courses.models import CoursePage, Edition, EditionLesson, Enrolment, LessonRecord
    from notices.models import Notice
    from people.models import Person, Session
    from quizzes.models import AnswerEvent, Attempt, Bank, Question, Quiz, QuizSection, Response, SectionQuestion

    people = Person.objects.filter(username__startswith=f"{place.mark}-")
    attempts = Attempt.objects.filter(person__in=people)
    for rows in (
        AnswerEvent.objects.filter(attempt__in=attempts),
        Response.objects.filter(attempt__in=attempts),
        attempts,
        LessonRecord.objects.filter(enrolment__person__in=people),
        Enrolment.objects.filter(person__in=people),
        Notice.objects.filter(person__in=people),
        UserSession.objects.filter(user__in=people),
        Session.objects.filter(person__in=people),
    ):
        rows.delete()
    with transaction.atomic():
        people.delete()
        course = CoursePage.objects.get(pk=place.course_id)
        # Quietly: a page that is unpublished while it is deleted would get a new edition.
        Page.objects.filter(path__startswith=course.path).update(live=False)
        EditionLesson.objects.filter(edition__course=course).delete()
        Edition.objects.filter(course=course).delete()
        quiz = course.quiz
        CoursePage.objects.filter(pk=course.pk).update(quiz=None)
        course.refresh_from_db()
        course.delete()
        SectionQuestion.objects.filter(section__quiz=quiz).delete()
        QuizSection.objects.filter(quiz=quiz).delete()
        Quiz.objects.filter(pk=quiz.pk).delete()
        questions = Question.objects.filter(bank__code=place.mark.upper())
        questions.update(current=None)
        for question in questions:
            question.versions.all().delete()
        questions.delete()
        Bank.objects.filter(code=place.mark.upper()).delete()


def answers_to(attempt_id: int, right: bool) -> list[dict]:
    """For each slot of an attempt the fields its form would post: the right answer, or one that is not."""
    from quizzes.domain.questions import versions
    from quizzes.models import Attempt

    paper = Attempt.objects.values_list("paper", flat=True).get(pk=attempt_id)
    slots = paper["slots"]
    asked = versions(slot["version"] for slot in slots)
    return [_fields(version, slot["arrangement"], right) for version, slot in zip(asked, slots, strict=True)]


def _fields(version, arrangement, right: bool) -> dict[str, list[str]]:
    from tests.cast import right_answer

    answer = right_answer(version, arrangement)
    if version.kind == "multiple_choice":
        return {"choices": answer if right else [next(o for o in arrangement if o not in answer)]}
    if version.kind == "matching":
        lefts, texts = list(answer), list(answer.values())
        given = texts if right else texts[1:] + texts[:1]
        return {f"pair-{left}": [text] for left, text in zip(lefts, given, strict=True)}
    if version.kind == "fill_blank":
        return {f"blank-{number}": [text if right else "sai"] for number, text in answer.items()}
    if version.kind == "ordering":
        return {"order": answer if right else answer[::-1]}
    if right:
        return {"choice": [answer]}
    others = arrangement if isinstance(arrangement, list) else ["true", "false"]
    return {"choice": [next(option for option in others if option != answer)]}
