"""Changes as the page's script sends them: each acknowledged once committed, none overwritten by an older one."""

import json
from itertools import count
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from quizzes.domain import attempts, saving
from quizzes.models import AnswerEvent, Response
from tests.cast import finish_lessons
from tests.courses import stage
from tests.quizzes import taking


@pytest.fixture
def attempt(course, cast):
    finish_lessons(cast["lan"], course)
    return attempts.start(cast["lan"], course.quiz)


@pytest.fixture
def slot(attempt):
    return taking.slot_of_kind(attempt, "single_choice")


@pytest.fixture
def options(attempt, slot):
    return attempt.slots[slot]["arrangement"]


@pytest.fixture
def learner(attempt, signed_in):
    return signed_in("lan")


def change(slot: int, choice: str | None, sequence: int = 1, key: str | None = None) -> dict:
    fields = {} if choice is None else {"choice": [choice]}
    return {"slot": slot, "sequence": sequence, "key": key or str(uuid4()), "fields": fields}


def send(learner, attempt, *changes):
    address = reverse("quizzes:save", args=[attempt.pk])
    return learner.post(address, json.dumps({"changes": changes}), content_type="application/json")


def stored(attempt, slot) -> str | None:
    return Response.objects.get(attempt=attempt, slot=slot).answer


def test_a_change_is_acknowledged_with_the_time_and_kept_as_event_and_as_response(attempt, learner, slot, options):
    reply = send(learner, attempt, change(slot, options[0]))
    assert reply.status_code == 200
    assert reply.json()["saved"] in reply.json()["message"]
    assert (reply.json()["answered"], reply.json()["newer"]) == ({str(slot): True}, {})
    event, response = AnswerEvent.objects.get(), Response.objects.get()
    assert (event.answer, event.key, event.saved_at) == (response.answer, response.key, response.saved_at)
    assert response.answer == options[0]


def test_a_change_sent_twice_is_one_event(attempt, learner, slot, options):
    once = change(slot, options[0])
    assert [send(learner, attempt, once).json()["newer"] for _time in range(3)] == [{}, {}, {}]
    assert AnswerEvent.objects.count() == Response.objects.count() == 1


def test_a_late_change_never_overwrites_a_newer_one(attempt, learner, slot, options):
    send(learner, attempt, change(slot, options[1], sequence=5))
    reply = send(learner, attempt, change(slot, options[0], sequence=4))
    assert reply.json()["newer"] == {str(slot): 5}
    assert stored(attempt, slot) == options[1]
    assert AnswerEvent.objects.count() == 2  # what came late is kept too


def test_without_the_look_at_the_sequence_it_would(attempt, learner, slot, options, monkeypatch):
    """The control."""
    send(learner, attempt, change(slot, options[1], sequence=5))
    for name, table in (("_SQLITE_RESPONSE", "quizzes_response"), ("_POSTGRESQL", "stored")):
        statement = getattr(saving, name)
        monkeypatch.setattr(saving, name, statement.replace(f"WHERE {table}.sequence < excluded.sequence", ""))
    send(learner, attempt, change(slot, options[0], sequence=4))
    assert stored(attempt, slot) == options[0]


def test_two_tabs_with_the_same_number_the_second_is_told(attempt, learner, slot, options):
    send(learner, attempt, change(slot, options[0], sequence=1))
    assert send(learner, attempt, change(slot, options[1], sequence=1)).json()["newer"] == {str(slot): 1}
    assert send(learner, attempt, change(slot, options[1], sequence=2)).json()["newer"] == {}
    assert stored(attempt, slot) == options[1]


def test_an_answer_can_be_taken_back(attempt, learner, slot, options):
    send(learner, attempt, change(slot, options[0], sequence=1))
    assert send(learner, attempt, change(slot, None, sequence=2)).json()["answered"] == {str(slot): False}
    assert stored(attempt, slot) is None


def test_many_changes_are_saved_together(attempt, learner):
    slots = [i for i in range(14) if taking.version_at(attempt, i).kind == "single_choice"]
    changes = [change(i, attempt.slots[i]["arrangement"][0]) for i in slots]
    assert set(send(learner, attempt, *changes).json()["answered"]) == {str(i) for i in slots}
    assert Response.objects.count() == len(slots) > 1


def test_what_cannot_be_read_does_not_hold_up_the_others(attempt, learner, slot, options):
    ordering = taking.slot_of_kind(attempt, "ordering")
    one_of_several = {"order": attempt.slots[ordering]["arrangement"][:1]}
    broken = {"slot": ordering, "sequence": 1, "key": "k", "fields": one_of_several}
    reply = send(learner, attempt, broken, change(slot, options[0])).json()
    assert list(reply["errors"]) == [str(ordering)]
    assert list(reply["answered"]) == [str(slot)]
    assert Response.objects.get().slot == slot


def test_a_plain_form_is_the_newest_whatever_number_stands_there(attempt, learner, slot, options):
    send(learner, attempt, change(slot, options[0], sequence=2**53 - 2))
    learner.post(taking.question_address(attempt, slot + 1), {"choice": options[1]})
    assert stored(attempt, slot) == options[1]


def test_a_form_that_holds_what_is_stored_writes_nothing_and_another_answer_does(attempt, cast, slot, options):
    first, second = saving.Change(slot, options[0], 5, "a"), {slot: options[0]}
    saving.save(cast["lan"], attempt.pk, [first])
    assert saving.save_latest(cast["lan"], attempt.pk, second) is not None
    assert (AnswerEvent.objects.count(), Response.objects.get().sequence) == (1, 5)
    saving.save_latest(cast["lan"], attempt.pk, {slot: options[1]})
    assert (AnswerEvent.objects.count(), Response.objects.get().sequence) == (2, 6)
    saving.save_latest(cast["lan"], attempt.pk, {slot: None})
    assert stored(attempt, slot) is None
    assert AnswerEvent.objects.count() == 3


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'{"changes": []}',
        b'{"changes": {}}',
        b'{"changes": [null]}',
        b'{"changes": [{"slot": -1, "sequence": 1, "key": "k", "fields": {}}]}',
        b'{"changes": [{"slot": "0", "sequence": 1, "key": "k", "fields": {}}]}',
        b'{"changes": [{"slot": 0, "sequence": 0, "key": "k", "fields": {}}]}',
        b'{"changes": [{"slot": 0, "sequence": 9007199254740993, "key": "k", "fields": {}}]}',
        b'{"changes": [{"slot": 0, "sequence": 1, "key": "", "fields": {}}]}',
        b'{"changes": [{"slot": 0, "sequence": 1, "key": "k", "fields": []}]}',
        b'{"changes": [{"slot": 0, "sequence": 1, "key": "a\\u0000", "fields": {}}]}',
        json.dumps({"changes": [{"slot": 0, "sequence": n, "key": str(n), "fields": {}} for n in (1, 2)]}).encode(),
        json.dumps({"changes": [{"slot": 0, "sequence": 1, "key": "x" * 37, "fields": {}}]}).encode(),
    ],
)
def test_a_body_the_script_does_not_send_is_refused_and_nothing_stored(attempt, learner, body):
    address = reverse("quizzes:save", args=[attempt.pk])
    reply = learner.post(address, body, content_type="application/json")
    assert reply.status_code == 400
    assert reply.json()["error"]
    assert not AnswerEvent.objects.exists()


def test_a_slot_there_is_not_is_not_found(attempt, learner, options):
    assert send(learner, attempt, change(14, options[0])).status_code == 404


def test_somebody_elses_attempt_is_not_found_and_without_sign_in_the_script_is_told(attempt, cast, slot, options):
    stranger = stage.browser_of(cast["minh"])
    assert send(stranger, attempt, change(slot, options[0])).status_code == 404
    assert send(Client(), attempt, change(slot, options[0])).status_code == 401
    assert not AnswerEvent.objects.exists()


def test_after_submission_nothing_is_stored_and_the_script_is_told(attempt, learner, slot, options):
    attempts.submit(attempt)
    reply = send(learner, attempt, change(slot, options[0]))
    assert (reply.status_code, reply.json()["closed"]) == (409, True)
    assert not AnswerEvent.objects.exists()


def test_saving_asks_little_of_the_database_however_many_changes(attempt, learner):
    slots = [i for i in range(14) if taking.version_at(attempt, i).kind == "single_choice"]
    sequence = count(1)

    def save(size: int) -> None:
        number = next(sequence)
        changes = [change(i, attempt.slots[i]["arrangement"][0], number) for i in slots[:size]]
        assert send(learner, attempt, *changes).json()["newer"] == {}

    counts = [stage.queries_of(lambda size=size: save(size)) for size in (1, 3)]
    # Session, account and one statement on PostgreSQL; SQLite needs a transaction around three.
    assert counts[0] == counts[1] <= (3 if connection.vendor == "postgresql" else 7)
