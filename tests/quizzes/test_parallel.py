"""Tabs and clicks at the same moment: one attempt, one answer a slot. On a database of its own."""

from itertools import cycle
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from courses.models import Certificate, Completion, CoursePage
from people.models import Person
from quizzes.domain import attempts, guarded, papers, saving
from quizzes.enums import AttemptState
from quizzes.models import Attempt, Response
from quizzes.signals import attempt_graded
from shared.errors import DomainError
from tests.cast import answer_all, finish_lessons
from tests.courses import stage
from tests.quizzes import taking

pytestmark = pytest.mark.usefixtures("db")
TABS = 20


@pytest.fixture
def db(own_database):
    """Nothing is rolled back here: these tests commit, in a database that is thrown away after the module."""


@pytest.fixture
def course(db):
    return CoursePage.objects.get(code="VHCV-1847")


def person_named(username: str) -> Person:
    return Person.objects.get(username=username)


@pytest.fixture
def all_past_the_first_look(monkeypatch):
    """Lets no thread create its attempt before all have seen that there is none yet."""
    draw, seen = papers.draw, Barrier(TABS)

    def wait_for_all(*args):
        seen.wait(timeout=30)
        return draw(*args)

    monkeypatch.setattr(papers, "draw", wait_for_all)


def press_start(course, username: str) -> list:
    """Twenty tabs press “Start” at once; what each was answered."""
    person = person_named(username)
    finish_lessons(person, course)
    tabs = [stage.browser_of(person) for _tab in range(TABS)]
    address = reverse("start_quiz", args=[course.pk])
    return stage.at_once(*(lambda tab=tab: tab.post(address).url for tab in tabs))


@pytest.mark.parametrize(("username", "allowed"), [("lan", 3), ("minh", 1)])
def test_twenty_starts_at_once_make_one_attempt(course, all_past_the_first_look, username, allowed):
    type(course.quiz).objects.update(max_attempts=allowed)
    answers = press_start(course, username)
    attempt = Attempt.objects.get(person__username=username)
    others = [reverse("quizzes:attempt", args=[attempt.pk])] * (TABS - 1)
    assert sorted(answers) == [*others, reverse("quizzes:question", args=[attempt.pk, 1])]
    type(course.quiz).objects.update(max_attempts=3)


def test_an_answer_saved_in_many_tabs_at_once_is_one_row_and_one_of_those_given(course):
    person = person_named("binh")
    attempt = attempts.start(person, course.quiz)
    slot = taking.slot_of_kind(attempt, "single_choice")
    options = attempt.slots[slot]["arrangement"]
    tabs = [stage.browser_of(person) for _tab in range(8)]
    address = taking.question_address(attempt, slot + 1)
    replies = stage.at_once(
        *(
            lambda tab=tab, choice=choice: tab.post(address, {"choice": choice}, **taking.JSON).status_code
            for tab, choice in zip(tabs, cycle(options), strict=False)
        )
    )
    assert replies == [200] * 8
    assert Response.objects.get(attempt=attempt).answer in options


def test_answers_to_different_questions_at_once_are_all_kept(course):
    person = person_named("thao")
    attempt = attempts.start(person, course.quiz)
    tabs = [stage.browser_of(person) for _tab in range(8)]
    replies = stage.at_once(
        *(
            lambda tab=tab, slot=slot: (
                tab.post(
                    taking.question_address(attempt, slot + 1), taking.right_form(attempt, slot), **taking.JSON
                ).status_code
            )
            for slot, tab in enumerate(tabs)
        )
    )
    assert replies == [200] * 8
    assert Response.objects.filter(attempt=attempt).count() == 8


def test_an_answer_racing_the_submission_is_either_graded_or_refused(course):
    """An acknowledged answer is never left without points."""
    person = person_named("quang")
    for _round in range(3):
        attempt = attempts.start(person, course.quiz)
        slot = taking.slot_of_kind(attempt, "single_choice")
        key = taking.version_at(attempt, slot).key["answer"]
        outcomes = stage.at_once(
            lambda attempt=attempt, slot=slot, key=key: attempts.save_answer(person, attempt.pk, slot, key),
            lambda attempt=attempt: attempts.submit(attempt),
        )
        stored = Response.objects.filter(attempt=attempt)
        if isinstance(outcomes[0], saving.AnswerRefused):
            assert not stored.exists()
        else:
            assert Attempt.objects.get(pk=attempt.pk).points_of(stored.get().slot) is not None
            assert Attempt.objects.get(pk=attempt.pk).score == taking.version_at(attempt, slot).points


def test_twenty_submits_at_once_give_one_result(course):
    """One grade, one completion, one certificate; all twenty are shown the same."""
    person = person_named("ha")
    finish_lessons(person, course)
    attempt = attempts.start(person, course.quiz)
    answer_all(person, attempt)
    graded = []

    def note(attempt, **news):
        graded.append((attempt.score, attempt.submitted_at))

    attempt_graded.connect(note)
    try:
        tabs = [stage.browser_of(person) for _tab in range(TABS)]
        address = taking.submit_address(attempt)
        shown = stage.at_once(*(lambda tab=tab: tab.post(address).url for tab in tabs))
    finally:
        attempt_graded.disconnect(note)
    assert shown == [taking.result_address(attempt)] * TABS
    assert len(graded) == 1
    assert Completion.objects.filter(person=person).count() == Certificate.objects.filter(person=person).count() == 1


def test_a_page_left_in_one_tab_takes_no_answer_of_another_at_the_same_moment(course):
    """Forward only: either the answer came first and stands, or it was refused; never after the page was closed."""
    person = person_named("mai")
    type(course.quiz).objects.update(one_way=True)
    attempt = attempts.start(person, type(course.quiz).objects.get(pk=course.quiz_id))
    type(course.quiz).objects.update(one_way=False)
    paper, slot = papers.paper_of(person, attempt.pk), taking.slot_of_kind(attempt, "single_choice")
    leaving = saving.Change(slot, attempt.slots[slot]["arrangement"][0], 1, "leaving")
    late = saving.Change(slot, attempt.slots[slot]["arrangement"][1], 2, "late")
    outcomes = stage.at_once(
        lambda: guarded.save(person, attempt.pk, paper, [leaving], {slot}),
        lambda: guarded.save(person, attempt.pk, paper, [late]),
    )
    stands = Response.objects.get(attempt=attempt, slot=slot)
    was_first = not outcomes[1].refused
    assert stands.key == ("late" if was_first else "leaving")
    assert Attempt.objects.get(pk=attempt.pk).reached == slot + 1


def test_the_limit_of_attempts_holds_when_the_last_one_is_started_at_once(course):
    person = person_named("son")
    for _attempt in range(3):
        attempts.submit(attempts.start(person, course.quiz))
    outcomes = stage.at_once(*[lambda: attempts.start(person, course.quiz)] * 5)
    assert all(isinstance(outcome, DomainError) for outcome in outcomes)
    assert Attempt.objects.filter(person=person).count() == 3


def test_without_the_constraints_twenty_starts_make_several_attempts(course, all_past_the_first_look, monkeypatch):
    """The control. Last in this module: its database is thrown away afterwards, without the constraints."""
    constraints = Attempt._meta.constraints
    monkeypatch.setattr(Attempt._meta, "constraints", [])
    with connection.schema_editor() as editor:
        for constraint in reversed(constraints):
            editor.remove_constraint(Attempt, constraint)
    press_start(course, "hung")
    assert Attempt.objects.filter(person__username="hung", state=AttemptState.IN_PROGRESS).count() > 1
