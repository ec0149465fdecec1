"""Taking a quiz asks the same of the database however many questions it has and however many people take it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.domain import attempts
from tests.cast import answer_all, finish_lessons
from tests.courses import stage
from tests.quizzes import taking

COURSES = ()
# What each door may ask at most; lower is always welcome.
LIMITS = {"question": 8, "save": 10, "submit page": 8, "result": 20}


@pytest.fixture(params=["question", "save", "submit page", "result"])
def door(request):
    return request.param


def use(door: str, attempt, learner) -> None:
    """Opens or posts to one of the attempt's addresses; a second time is the same again."""
    address = taking.question_address(attempt)
    if door == "save":
        assert learner.post(address, taking.right_form(attempt, 0), **taking.JSON).status_code == 200
        return
    address = {"submit page": taking.submit_address(attempt), "result": taking.result_address(attempt)}.get(
        door, address
    )
    assert learner.get(address).status_code == 200


def test_3_questions_and_3_people_ask_no_more_than_1(site, cast, door):
    counts = []
    for size in (1, 3):
        course = stage.small_course(f"C{size}", lessons=size, questions=size)
        for name in ("minh", "hung", "binh")[:size]:
            finish_lessons(cast[name], course)
            answer_all(cast[name], attempts.start(cast[name], course.quiz))
        finish_lessons(cast["lan"], course)
        attempt = attempts.start(cast["lan"], course.quiz)
        answer_all(cast["lan"], attempt)
        if door == "result":
            attempts.submit(attempt)
        learner = stage.browser_of(cast["lan"])
        counts.append(stage.queries_of(lambda attempt=attempt, learner=learner: use(door, attempt, learner)))
    assert counts[0] == counts[1] <= LIMITS[door]


def test_submitting_writes_all_points_in_one_go(site, cast):
    counts = []
    for size in (1, 3):
        course = stage.small_course(f"C{size}", lessons=1, questions=size)
        for name in ("minh", "lan"):
            attempt = attempts.start(cast[name], course.quiz)
            answer_all(cast[name], attempt)
            with CaptureQueriesContext(connection) as captured:
                attempts.submit(attempt)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8
