"""Pages that can only be turned forward, and practice where answers are checked: what is closed stays as it is."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from quizzes.domain import attempts
from quizzes.enums import QuizMode
from quizzes.models import AnswerEvent, Attempt, Quiz, Response
from tests.cast import finish_lessons
from tests.quizzes import taking


@pytest.fixture
def begin(course, cast, signed_in):
    """A function: Lan's attempt under these rules, and her browser."""

    def do(**rules):
        Quiz.objects.filter(pk=course.quiz_id).update(**rules)
        finish_lessons(cast["lan"], course)
        return attempts.start(cast["lan"], Quiz.objects.get(pk=course.quiz_id)), signed_in("lan")

    return do


def change(attempt, slot: int, sequence: int = 1, **more) -> dict:
    fields = {name: value if isinstance(value, list) else [value] for name, value in _form(attempt, slot).items()}
    return {"slot": slot, "sequence": sequence, "key": str(uuid4()), "fields": fields} | more


def _form(attempt, slot):
    return taking.right_form(attempt, slot)


def send(browser, attempt, *changes):
    address = reverse("quizzes:save", args=[attempt.pk])
    return browser.post(address, json.dumps({"changes": changes}), content_type="application/json")


def test_a_page_left_is_closed_in_every_tab_and_a_late_copy_of_its_answer_is_acknowledged(begin):
    attempt, learner = begin(one_way=True)
    first = change(attempt, 0, left=True)
    assert send(learner, attempt, first).status_code == 200
    assert Attempt.objects.get().reached == 1
    again = send(learner, attempt, first)  # its acknowledgement was lost on the way
    assert (again.status_code, again.json()["errors"]) == (200, {})
    late = send(learner, attempt, change(attempt, 0, sequence=9), change(attempt, 1))
    assert set(late.json()["errors"]) == {"0"}
    assert set(late.json()["answered"]) >= {"1"}
    assert AnswerEvent.objects.filter(slot=0).count() == 1
    assert learner.get(taking.question_address(attempt, 1)).url == reverse("quizzes:attempt", args=[attempt.pk])
    assert learner.get(taking.question_address(attempt, 2)).status_code == 200
    everything = learner.get(reverse("quizzes:all", args=[attempt.pk]))
    assert next(part["slot"] for part in everything.context["parts"]) == 1


def test_answering_a_later_page_closes_those_before_it_and_they_stay_closed(begin):
    attempt, learner = begin(one_way=True, questions_per_page=3)
    send(learner, attempt, change(attempt, 7))
    assert Attempt.objects.get().reached == 6
    send(learner, attempt, change(attempt, 1), change(attempt, 8))
    assert Attempt.objects.get().reached == 6
    assert set(Response.objects.values_list("slot", flat=True)) == {7, 8}


def test_plain_forms_turn_forward_only_too(begin):
    attempt, learner = begin(one_way=True)
    page = learner.get(taking.question_address(attempt, 1)).content.decode()
    assert 'value="previous"' not in page
    form = _form(attempt, 0)
    assert learner.post(taking.question_address(attempt, 1), form | {"go": "next"}).url == taking.question_address(
        attempt, 2
    )
    learner.post(taking.question_address(attempt, 1), {"go": "stay"})
    assert Response.objects.get(slot=0).answer is not None
    resumed = learner.get(reverse("quizzes:attempt", args=[attempt.pk]))
    assert resumed.url == taking.question_address(attempt, 2)


def test_without_the_rule_pages_are_open_in_both_directions(begin):
    """The control."""
    attempt, learner = begin()
    send(learner, attempt, change(attempt, 5, left=True))
    assert send(learner, attempt, change(attempt, 0)).json()["errors"] == {}
    assert (Attempt.objects.get().reached, Response.objects.count()) == (0, 2)


def test_practice_tells_one_answer_at_once_and_it_stands_from_then_on(begin):
    attempt, learner = begin(mode=QuizMode.PRACTICE)
    slot = taking.slot_of_kind(attempt, "single_choice")
    address, verdicts = taking.question_address(attempt, slot + 1), taking.version_at(attempt, slot).feedback
    key = taking.version_at(attempt, slot).key["answer"]
    assert verdicts["correct"]["vi"] not in learner.get(address).content.decode()
    learner.post(address, {"check": slot})  # nothing answered yet
    assert not Response.objects.filter(checked_at__isnull=False).exists()
    learner.post(address, {"choice": key, "check": slot})
    page = learner.get(address)
    assert page.context["parts"][0]["checked"]["correct"] is True
    wrong = next(option for option in attempt.slots[slot]["arrangement"] if option != key)
    learner.post(address, {"choice": wrong, "go": "next"})
    refused = send(learner, attempt, {"slot": slot, "sequence": 99, "key": "k", "fields": {"choice": [wrong]}})
    assert set(refused.json()["errors"]) == {str(slot)}
    assert Response.objects.get(slot=slot).answer == key
    assert attempts.submit(attempt).score == taking.version_at(attempt, slot).points


def test_an_examination_checks_nothing(begin):
    attempt, learner = begin()
    slot = taking.slot_of_kind(attempt, "single_choice")
    address = taking.question_address(attempt, slot + 1)
    learner.post(address, _form(attempt, slot) | {"check": slot})
    assert not Response.objects.filter(checked_at__isnull=False).exists()
    assert learner.get(address).context["parts"][0]["checked"] is None
