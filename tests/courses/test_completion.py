"""Completion: when the rule is met, what the evidence keeps, and that nothing takes it away again."""

from datetime import date

import pytest
from django.db import models
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from courses.domain import completion as completing
from courses.domain import enrolment as enrolling
from courses.models import Certificate, Completion, CoursePage, Enrolment, LessonRecord
from people.domain import persons
from people.models import AuditEntry, Posting, Unit
from quizzes.domain import attempts
from quizzes.models import Attempt, QuestionVersion, Response
from shared.errors import DomainError
from tests.cast import answer_all, complete, finish_lessons
from tests.courses import stage


def finish(person, course, modules: str):
    """Marks the lessons of the modules as done, for example "12345"."""
    enrolment = enrolling.enrol(person, course)
    for lesson in stage.edition_lessons(course):
        if lesson.module_code[1:] in modules:
            enrolling.finish_lesson(enrolment, lesson)
    return enrolment


def pass_quiz(person, course, right: bool = True):
    attempt = attempts.start(person, course.quiz)
    answer_all(person, attempt, right)
    return attempts.submit(attempt)


# --- The rule --------------------------------------------------------------------------------------------


def test_the_module_for_managers_is_optional_for_everybody_else(course, cast):
    finish(cast["lan"], course, "12345")
    pass_quiz(cast["lan"], course)
    completion = Completion.objects.get(person=cast["lan"])
    assert completion.rule["audiences"] == ["everyone", "one_stop"]
    assert len(completion.rule["lessons"]) == 12


def test_the_module_for_managers_is_required_of_managers(course, cast):
    enrolment = finish(cast["hoa"], course, "12345")
    pass_quiz(cast["hoa"], course)
    assert not Completion.objects.exists()
    assert Enrolment.objects.get().completed_at is None
    finish(cast["hoa"], course, "6")
    completion = Completion.objects.get(person=cast["hoa"])
    assert completion.enrolment == enrolment
    assert completion.rule == {
        "lessons": [lesson.lesson_id for lesson in stage.edition_lessons(course)],
        "audiences": ["everyone", "managers"],
        "pass_percent": 70,
    }


def test_without_the_audience_a_manager_would_be_let_off(course, cast, monkeypatch):
    class Everyone(completing.Audiences):
        _by_posting = ()

    monkeypatch.setattr(completing, "audiences_of", Everyone)
    finish(cast["hoa"], course, "12345")
    pass_quiz(cast["hoa"], course)
    assert Completion.objects.count() == 1


def test_the_course_page_says_what_is_optional_for_whom(course, cast):
    shown = {name: stage.browser_of(cast[name]).get(course.url).context["outline"] for name in ("hoa", "lan")}
    assert {name: len(outline.required) for name, outline in shown.items()} == {"hoa": 15, "lan": 12}


def test_lessons_alone_or_the_quiz_alone_do_not_complete_a_course(course, cast):
    finish_lessons(cast["lan"], course)
    enrolling.enrol(cast["minh"], course)
    pass_quiz(cast["minh"], course)
    assert not Completion.objects.exists()


def test_a_failed_quiz_does_not_complete_a_course(course, cast):
    finish_lessons(cast["lan"], course)
    assert pass_quiz(cast["lan"], course, right=False).passed is False
    assert not Completion.objects.exists()
    assert not Certificate.objects.exists()


def test_an_attempt_of_somebody_else_or_from_before_the_enrolment_does_not_count(course, cast):
    pass_quiz(cast["lan"], course)
    finish_lessons(cast["lan"], course)
    finish_lessons(cast["minh"], course)
    assert not Completion.objects.exists()


def test_the_last_lesson_completes_a_course_whose_quiz_was_passed_before(course, cast):
    finish(cast["minh"], course, "1234")
    attempt = pass_quiz(cast["minh"], course)
    finish(cast["minh"], course, "5")
    assert Completion.objects.get().attempt == attempt


def test_a_course_without_a_quiz_is_completed_by_its_lessons(course, cast):
    CoursePage.objects.filter(pk=course.pk).update(quiz=None, awards_certificate=False)
    course.refresh_from_db()
    finish_lessons(cast["minh"], course)
    completion = Completion.objects.get()
    assert (completion.attempt, completion.score) == (None, None)
    assert completion.rule["pass_percent"] is None
    assert not Certificate.objects.exists()


def test_a_course_is_completed_once_however_often_it_is_said(course, cast):
    attempt = complete(cast["lan"], course)
    enrolment = Enrolment.objects.get()
    first = Completion.objects.get()
    finish_lessons(cast["lan"], course)
    attempts.submit(attempt)
    assert completing.complete_if_due(enrolment) == first
    pass_quiz(cast["lan"], course)  # once more, for practice
    assert Completion.objects.count() == Certificate.objects.count() == 1
    assert AuditEntry.objects.filter(action="course.completed").count() == 1
    assert (first.score, first.max_points) == (attempt.score, attempt.max_points)


# --- The past is not rewritten ---------------------------------------------------------------------------


def test_the_completion_keeps_unit_and_position_of_its_day(course, cast):
    complete(cast["lan"], course)
    Unit.objects.filter(code="LG-TS-PVHCC").update(name="Trung tâm đã đổi tên")
    persons.post(cast["lan"], Unit.objects.get(code="LG-KL"), "Phó Chủ tịch", since=date(2026, 1, 1), is_manager=True)
    completion = Completion.objects.get()
    assert completion.unit.code == "LG-TS-PVHCC"
    assert completion.unit_name == "Trung tâm Phục vụ hành chính công xã Thượng Sơn"
    assert (completion.position_title, completion.is_manager) == ("Công chức Bộ phận Một cửa", False)
    assert completion.position_group == "one_stop"


def test_who_becomes_a_manager_afterwards_stays_completed(course, cast):
    finish(cast["lan"], course, "12345")
    pass_quiz(cast["lan"], course)
    Posting.objects.filter(person=cast["lan"]).update(is_manager=True)
    before = Completion.objects.values().get()
    assert completing.complete_if_due(Enrolment.objects.get()) is not None
    assert Completion.objects.values().get() == before
    assert stage.browser_of(cast["lan"]).get(reverse("my_learning")).context["completed"]


def test_a_changed_rule_of_the_course_leaves_the_completion_as_it_was(course, cast):
    complete(cast["lan"], course)
    before = Completion.objects.values().get()
    CoursePage.objects.filter(pk=course.pk).update(duration_minutes=999, title="Tên khác")
    course.quiz.pass_percent = 100
    course.quiz.save()
    stage.browser_of(cast["lan"]).get(course.url)
    assert Completion.objects.values().get() == before


# --- Evidence cannot be deleted --------------------------------------------------------------------------

EVIDENCE = (Enrolment, LessonRecord, Completion, Certificate, Attempt, Response)


@pytest.mark.parametrize("model", EVIDENCE)
def test_no_reference_of_evidence_cascades(model):
    fates = {
        field.name: field.remote_field.on_delete
        for field in model._meta.get_fields()
        if field.many_to_one or (field.one_to_one and not field.auto_created)
    }
    assert fates
    assert {name for name, fate in fates.items() if fate is not models.PROTECT} == set()


def test_people_pages_units_and_rows_with_evidence_cannot_be_deleted(course, cast):
    attempt = complete(cast["lan"], course)
    completion = Completion.objects.get()
    enrolment = completion.enrolment
    for thing in (
        cast["lan"],
        course,
        enrolment.lesson_records.first().lesson,
        enrolment.lesson_records.first().revision,
        enrolment.edition,
        enrolment,
        completion,
        completion.unit,
        course.quiz,
        attempt,
        attempt.responses.first().attempt,
    ):
        with pytest.raises(ProtectedError):
            thing.delete()
    assert Certificate.objects.count() == 1


def test_a_person_without_evidence_can_be_deleted(course):
    person = persons.create_person("moi", "Người Mới")
    person.delete()
    assert not type(person).objects.filter(username="moi").exists()


def test_questions_that_were_answered_cannot_be_deleted(course, cast):
    attempt = complete(cast["lan"], course)
    version = QuestionVersion.objects.get(pk=attempt.slots[0]["version"])
    with pytest.raises(ProtectedError):
        version.delete()
    with pytest.raises(ProtectedError):
        version.question.delete()


# --- Asked for again --------------------------------------------------------------------------------------


def used_up(person, course):
    """All attempts of the first round used, the last of them passed: the course is completed."""
    finish(person, course, "12345")
    for right in (False, False, True):
        pass_quiz(person, course, right)
    return Completion.objects.get(person=person)


def renewed(completion: Completion) -> Enrolment:
    """The enrolment a renewal would make, with its lessons done."""
    first = completion.enrolment
    second = Enrolment.objects.create(
        person=first.person, course=first.course, edition=first.edition, cycle=2, enrolled_at=timezone.now()
    )
    for lesson in stage.edition_lessons(first.course):
        enrolling.finish_lesson(second, lesson)
    return second


def test_a_renewal_brings_all_attempts_again_and_leaves_the_earlier_ones(course, cast):
    lan = cast["lan"]
    first = used_up(lan, course)
    second = renewed(first)
    browser = stage.browser_of(lan)
    begun = browser.post(reverse("start_quiz", args=[course.pk]))
    attempt = Attempt.objects.latest("pk")
    assert begun.url == reverse("quizzes:question", args=[attempt.pk, 1])
    assert (attempt.number, attempt.attempts_left) == (4, 2)
    answer_all(lan, attempt, right=False)
    attempts.submit(attempt)
    page = browser.get(reverse("quiz_result", args=[attempt.pk])).content.decode()
    assert "Còn 2 lượt làm bài" in page
    again = attempts.start(lan, course.quiz, since=second.enrolled_at)
    answer_all(lan, again)
    attempts.submit(again)
    assert Completion.objects.get(enrolment=second).attempt == again
    assert Completion.objects.get(pk=first.pk).attempt == first.attempt


def test_control_without_the_day_of_the_renewal_no_attempt_would_be_left(course, cast):
    renewed(used_up(cast["lan"], course))
    with pytest.raises(DomainError):
        attempts.start(cast["lan"], course.quiz)


def test_a_renewal_has_no_more_attempts_than_the_first_round(course, cast):
    second = renewed(used_up(cast["lan"], course))
    for _number in range(3):
        attempt = attempts.start(cast["lan"], course.quiz, since=second.enrolled_at)
        answer_all(cast["lan"], attempt, right=False)
        attempts.submit(attempt)
    with pytest.raises(DomainError):
        attempts.start(cast["lan"], course.quiz, since=second.enrolled_at)
