"""A random mark in every key, feedback and explanation, over all kinds: before submission it reaches no browser.

Everything is looked through that a learner can ask for: every address of the site with this attempt in it, all its
pages in both languages, what saving answers, refusals and errors.
"""

import json
import secrets
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from quizzes.domain import attempts, questions
from quizzes.kinds.base import QuestionBody
from quizzes.kinds.registry import KINDS
from quizzes.models import Attempt, Bank, QuizSection, SectionQuestion
from tests.access.walking import addresses
from tests.cast import finish_lessons
from tests.courses import stage
from tests.quizzes import taking
from tests.quizzes.kinds import examples

COURSES = ("van-hoa-cong-vu-1847",)
_SKIPPED = {"account_logout", "wagtailadmin_logout", "wagtailadmin_error_test", "keep_alive"}


@pytest.fixture
def marker() -> str:
    return secrets.token_hex(16)


@pytest.fixture
def attempt(course, cast, marker) -> Attempt:
    """Lan's open attempt at a quiz with one question of every kind, all that is secret of it marked."""
    quiz = course.quiz
    quiz.sections.all().delete()
    section = QuizSection.objects.create(quiz=quiz, position=1)
    bank = Bank.objects.first()
    for position, kind in enumerate(KINDS, start=1):
        _kind, body = examples.minimal(kind.name)
        question = questions.save_question(bank, f"dau-{kind.name}", kind.name, 1, marked(body, marker))
        SectionQuestion.objects.create(section=section, question=question, position=position)
    finish_lessons(cast["lan"], course)
    return attempts.start(cast["lan"], quiz)


def marked(body: QuestionBody, marker: str) -> QuestionBody:
    """The question with the mark in its key, in every verdict and in the reason of every part."""
    key = {**body.key, "marker": marker}
    if "accept" in key:
        key["accept"] = {number: [*texts, f"{marker}-{number}"] for number, texts in key["accept"].items()}
    told = {"vi": f"Vì {marker}", "en": f"Because {marker}"}
    parts = [*body.content.get("options", {}), *(row["id"] for row in body.content.get("rows", ()))]
    feedback = {"correct": told, "incorrect": told, "why": dict.fromkeys(parts, told)}
    return QuestionBody(body.content, key, feedback)


def everything_sent(learner, course, attempt) -> dict[str, bytes]:
    """All bytes of headers and bodies, by what was asked."""
    sent = {}

    def note(name: str, answer) -> None:
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        sent[name] = body + str(list(answer.headers.items())).encode() + str(answer.cookies).encode()

    for address in addresses():
        if address.name in _SKIPPED:
            continue
        path = "/" + address.route
        for converter in ("<int:attempt_id>", "<int:course_id>", "<int:number>", "<int:pk>"):
            value = {"<int:attempt_id>": attempt.pk, "<int:course_id>": course.pk, "<int:number>": 1}
            path = path.replace(converter, str(value.get(converter, attempt.pk)))
        if "<" not in path and "(" not in path and "^" not in path:
            note(f"GET {path}", learner.get(path))
    for number in range(1, len(attempt.slots) + 2):
        note(f"question {number}", learner.get(taking.question_address(attempt, number)))
    save = reverse("quizzes:save", args=[attempt.pk])
    for slot in range(len(attempt.slots)):
        for fields in ({}, {name: [["x"]] for name in ("choice", "order")}, _right(attempt, slot)):
            change = {"slot": slot, "sequence": 1, "key": str(uuid4()), "fields": fields}
            body = json.dumps({"changes": [change]})
            note(f"save {slot} {fields}", learner.post(save, body, content_type="application/json"))
        note(f"form {slot}", learner.post(taking.question_address(attempt, slot + 1), {"go": "stay", "check": slot}))
        note(f"json {slot}", learner.post(taking.question_address(attempt, slot + 1), {"order": "x"}, **taking.JSON))
    note("unreadable", learner.post(save, b"{", content_type="application/json"))
    nowhere = json.dumps({"changes": [{"slot": 99, "sequence": 1, "key": "k", "fields": {}}]})
    note("no such slot", learner.post(save, nowhere, content_type="application/json"))
    note("result", learner.get(taking.result_address(attempt)))
    note("course", learner.get(course.url))
    return sent


def _right(attempt, slot: int) -> dict:
    version = taking.version_at(attempt, slot)
    kind = next(kind for kind in KINDS if kind.name == version.kind)
    try:
        answer = examples.right_answer(kind, QuestionBody(version.content, version.key, version.feedback))
    except KeyError:  # answers of this kind are marked by people
        return {}
    return examples.form_of(kind, answer)


def found_in(sent: dict[str, bytes], marker: str) -> list[str]:
    return [name for name, content in sent.items() if marker.encode() in content]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_mark_is_in_no_byte_before_submission(attempt, course, signed_in, marker, language):
    learner = signed_in("lan")
    learner.raise_request_exception = False
    learner.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    sent = everything_sent(learner, course, attempt)
    assert len(attempt.slots) == len(KINDS)
    assert len(sent) > 60
    assert found_in(sent, marker) == []
    assert Attempt.objects.get().is_open


def test_the_search_finds_it_after_submission(attempt, course, cast, marker):
    """The control: on the page of the result the same search finds the mark of nearly every question."""
    attempts.submit(attempt)
    page = stage.browser_of(cast["lan"]).get(taking.result_address(attempt)).content
    assert page.count(marker.encode()) >= len(KINDS) - 2
