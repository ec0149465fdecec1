"""Before submission nothing that reaches the browser tells the key: every page of every quiz is looked through."""

import html
import re

import pytest
from django.conf import settings
from django.urls import reverse

from people.sign_in import idleness
from quizzes.domain import attempts
from quizzes.domain.review import review
from quizzes.models import Attempt, QuestionVersion, Response
from tests.cast import answer_all, finish_lessons
from tests.courses import stage
from tests.quizzes import taking

COURSES = None
# What differs from one look at a page to the next by itself.
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|data-seconds="\d+"')


def begin(course, person) -> Attempt:
    finish_lessons(person, course)
    return attempts.start(person, course.quiz)


@pytest.fixture(params=range(3), ids=["first course", "second course", "third course"])
def attempt(request, starter, cast):
    """Lan's open attempt at the quiz of each of the three courses."""
    return begin(sorted(starter.values(), key=lambda course: course.path)[request.param], cast["lan"])


@pytest.fixture
def attempt_at_a(course, cast):
    """Lan's open attempt at the quiz of course A alone."""
    return begin(course, cast["lan"])


def texts_in(value) -> set[str]:
    """Every text in a tree of feedback."""
    if isinstance(value, str):
        return {value}
    inner = value.values() if isinstance(value, dict) else value
    return set().union(*map(texts_in, inner))


def secrets_of(attempt: Attempt) -> set[str]:
    """Texts nobody may see yet: verdicts, reasons, and answers to blanks that the question does not show."""
    secrets = set()
    for slot in range(len(attempt.slots)):
        version = taking.version_at(attempt, slot)
        secrets |= texts_in(version.feedback)
    return {text for text in secrets if len(text) > 3}


def pages_before_submission(attempt: Attempt, learner) -> dict[str, str]:
    """Everything a browser can get while the attempt is open, as text."""
    course = attempt.person.enrolments.get().course
    addresses = [stage.lesson_address(course, stage.edition_lessons(course)[0])]
    addresses += [taking.question_address(attempt, n + 1) for n in range(len(attempt.slots))]
    addresses += [*taking.addresses(attempt), course.url, reverse("my_learning")]
    pages = {}
    for address in addresses:
        response = learner.get(address)
        told_once = {"csrftoken", idleness.COOKIE}
        cookies = {name: cookie.value for name, cookie in response.cookies.items() if name not in told_once}
        headers = {name: value for name, value in response.headers.items() if name != "Set-Cookie"}
        pages[address] = CHANGING.sub("", html.unescape(f"{response.content.decode()}{headers}{cookies}"))
    return pages


def told_in(pages: dict[str, str], secrets: set[str]) -> set[str]:
    return {secret for secret in secrets for page in pages.values() if secret in page}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_page_tells_a_verdict_or_a_reason_before_submission(attempt, signed_in, language):
    learner = signed_in("lan")
    learner.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    secrets = secrets_of(attempt)
    assert len(secrets) >= 2 * len(attempt.slots)
    assert told_in(pages_before_submission(attempt, learner), secrets) == set()


def test_the_search_finds_a_secret_that_a_page_does_tell(attempt_at_a, signed_in):
    """The control: the same search, with the verdict of the first question in its stem."""
    version = taking.version_at(attempt_at_a, 0)
    [verdict] = [text for name, text in version.feedback["incorrect"].items() if name == "vi"]
    version.content["stem"]["vi"] += f" {verdict}"
    assert told_in(pages_before_submission(attempt_at_a, signed_in("lan")), secrets_of(attempt_at_a)) == {verdict}


def test_the_result_page_tells_them_after_submission(attempt, signed_in):
    """The other control: the texts searched for are those that are shown later."""
    secrets = secrets_of(attempt)
    attempts.submit(attempt)
    page = html.unescape(signed_in("lan").get(taking.result_address(attempt)).content.decode())
    assert len(told_in({"result": page}, secrets)) >= len(attempt.slots)


def test_the_pages_are_the_same_whatever_the_key_is(attempt, signed_in):
    """No id, class, order or attribute depends on the right answer: with another key, nothing changes."""
    learner = signed_in("lan")
    before = pages_before_submission(attempt, learner)
    for slot in range(len(attempt.slots)):
        version = taking.version_at(attempt, slot)
        QuestionVersion.objects.filter(pk=version.pk).update(key=other_key(version), feedback={})
    stage.forget_questions()
    assert pages_before_submission(attempt, learner) == before


def test_pages_that_did_depend_on_the_key_would_be_noticed(attempt_at_a, signed_in, monkeypatch):
    """The control: a question page that marks the right option."""
    from quizzes.views import taking as views

    frame = views._frame
    monkeypatch.setattr(
        views,
        "_frame",
        lambda mine, *others: frame(mine, *others) | {"title": str(taking.version_at(mine, 0).key)},
    )
    learner = signed_in("lan")
    before = pages_before_submission(attempt_at_a, learner)
    version = taking.version_at(attempt_at_a, 0)
    QuestionVersion.objects.filter(pk=version.pk).update(key=other_key(version))
    stage.forget_questions()
    assert pages_before_submission(attempt_at_a, learner) != before


def other_key(version: QuestionVersion) -> dict:
    """A key by which another answer is right."""
    key = version.key
    if version.kind == "ordering":
        return key | {"order": [*key["order"][1:], key["order"][0]]}
    if version.kind == "matching":
        choices = list(key["pairs"].values())
        return key | {"pairs": dict(zip(key["pairs"], [*choices[1:], choices[0]], strict=True))}
    if version.kind == "fill_blank":
        return key | {"accept": {number: ["khác hẳn"] for number in key["accept"]}}
    options = version.content["options"]
    if version.kind == "multiple_choice":
        return key | {"answer": [option for option in options if option not in key["answer"]]}
    return key | {"answer": next(option for option in options if option != key["answer"])}


def test_answers_to_blanks_do_not_stand_on_the_page(attempt, signed_in):
    learner = signed_in("lan")
    for slot in range(len(attempt.slots)):
        version = taking.version_at(attempt, slot)
        if version.kind != "fill_blank":
            continue
        page = html.unescape(learner.get(taking.question_address(attempt, slot + 1)).content.decode())
        sentence = re.search(r'<p class="fill-blank".*?</p>', page, re.DOTALL)[0]
        for accepted in version.key["accept"].values():
            assert [text for text in accepted if text in sentence] == []


def test_the_reply_to_a_saved_answer_is_the_same_for_right_and_wrong_ones(attempt_at_a, signed_in, monkeypatch):
    learner = signed_in("lan")
    slot = taking.slot_of_kind(attempt_at_a, "single_choice", "scenario")
    key = taking.version_at(attempt_at_a, slot).key["answer"]
    replies = []
    for choice in attempt_at_a.slots[slot]["arrangement"]:
        address = taking.question_address(attempt_at_a, slot + 1)
        reply = learner.post(address, {"choice": choice}, **taking.JSON).json()
        assert set(reply) == {"saved", "message", "answered"}
        replies.append((choice == key, reply["answered"]))
    assert {answered for _right, answered in replies} == {True}
    assert Response.objects.get().attempt.earned == {}


def test_nothing_is_graded_before_the_submission(attempt_at_a, cast):
    answer_all(cast["lan"], attempt_at_a)
    assert not Attempt.objects.exclude(earned={}).exists()
    row = Attempt.objects.values("score", "passed", "submitted_at").get()
    assert set(row.values()) == {None}


def test_an_open_attempt_cannot_be_reviewed(attempt_at_a):
    with pytest.raises(ValueError, match="without a result has no review"):
        review(attempt_at_a)


def test_the_option_ids_do_not_come_from_the_authors_letters(attempt):
    """Authors write the right option first more often than chance would."""
    for slot in range(len(attempt.slots)):
        version = taking.version_at(attempt, slot)
        for option in version.content.get("options", ()):
            assert re.fullmatch(r"o[0-9a-f]{8}", option) or version.kind == "true_false"


def test_the_order_of_the_options_is_drawn_for_every_attempt(attempt_at_a, cast):
    others = [attempts.start(cast[name], attempt_at_a.quiz) for name in ("minh", "hung", "binh")]
    orders = {str(sorted(slot["arrangement"] for slot in each.slots if slot["arrangement"])) for each in others}
    assert len(orders) == 3
