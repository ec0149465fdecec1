"""What a quiz asks before an attempt begins: when, how often, where, with which code and statement; and exceptions."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from people.models import AuditEntry
from quizzes.domain import access_codes, accommodations, attempts, networks
from quizzes.domain.accommodations import Terms
from quizzes.domain.admission import Entry, NotAdmitted
from quizzes.models import Attempt, Quiz
from shared.errors import DomainError
from tests.cast import finish_lessons
from tests.courses import stage

DAY = timedelta(days=1)


@pytest.fixture
def ready(course, cast):
    """Lan may start; returns a function that sets rules and gives the quiz anew."""
    finish_lessons(cast["lan"], course)

    def with_rules(**rules) -> Quiz:
        Quiz.objects.filter(pk=course.quiz_id).update(**rules)
        return Quiz.objects.get(pk=course.quiz_id)

    return with_rules


@pytest.fixture
def terms(cast):
    def make(**given):
        today = timezone.localdate()
        known = {"minutes": 0, "attempts": 0, "reason": "Khuyết tật vận động (minh họa)", "approved_by": cast["quang"]}
        return Terms(**known | {"valid_from": today, "valid_until": today} | given)

    return make


def start_page(course, person):
    return stage.browser_of(person).get(reverse("start_quiz", args=[course.pk]))


def test_nobody_begins_before_it_opens_or_after_it_closed(ready, course, cast):
    now = timezone.now()
    for rules in ({"opens_at": now + DAY}, {"opens_at": now - 2 * DAY, "closes_at": now - DAY}):
        quiz = ready(**rules)
        with pytest.raises(DomainError) as refusal:
            attempts.start(cast["lan"], quiz)
        page = start_page(course, cast["lan"])
        assert str(refusal.value) in page.content.decode()
        assert "stacked-form" not in page.content.decode()
    assert not Attempt.objects.exists()
    assert attempts.start(cast["lan"], ready(opens_at=now - DAY, closes_at=now + DAY))


def test_an_attempt_ends_with_the_time_limit_or_when_the_quiz_closes_whichever_is_first(ready, cast):
    closes = timezone.now() + timedelta(minutes=10)
    assert attempts.start(cast["lan"], ready(closes_at=closes, time_limit_minutes=30)).deadline_at == closes
    later = attempts.start(cast["minh"], ready(closes_at=closes + DAY, time_limit_minutes=30))
    assert later.deadline_at - later.started_at == timedelta(minutes=30)
    assert attempts.start(cast["hung"], ready(closes_at=closes, time_limit_minutes=None)).deadline_at == closes


def test_between_two_attempts_the_waiting_time_passes(ready, course, cast):
    quiz = ready(waiting_minutes=24 * 60)
    first = attempts.submit(attempts.start(cast["lan"], quiz))
    with pytest.raises(DomainError):
        attempts.start(cast["lan"], quiz)
    assert start_page(course, cast["lan"]).context["entrance"].standing.next_at == first.submitted_at + DAY
    Attempt.objects.update(submitted_at=timezone.now() - DAY)
    assert attempts.start(cast["lan"], quiz).number == 2


def test_the_code_is_asked_for_kept_as_a_digest_and_never_in_an_address(ready, course, cast):
    digest = access_codes.digest_of("Lúa Chín 2026")
    assert "2026" not in digest
    assert digest != access_codes.digest_of("Lúa Chín 2026")
    ready(access_code_digest=digest)
    learner, address = stage.browser_of(cast["lan"]), reverse("start_quiz", args=[course.pk])
    for wrong in ({}, {"code": "lúa"}):
        refused = learner.post(address, wrong)
        assert refused.status_code == 400
        assert refused.context["problem"].field == "code"
    taken = learner.post(address, {"code": " lúa chín  2026"})
    assert taken.url == reverse("quizzes:question", args=[Attempt.objects.get().pk, 1])
    assert "code" not in taken.url


def test_codes_cannot_be_tried_without_end(ready, course, cast, settings):
    settings.ACCOUNT_RATE_LIMITS = {"quiz_code": "3/10m/key"}
    ready(access_code_digest=access_codes.digest_of("ngôi sao"))
    learner, address = stage.browser_of(cast["lan"]), reverse("start_quiz", args=[course.pk])
    for _time in range(3):
        learner.post(address, {"code": "thử"})
    refused = learner.post(address, {"code": "ngôi sao"})
    assert refused.status_code == 400
    assert not Attempt.objects.exists()
    finish_lessons(cast["minh"], course)
    assert stage.browser_of(cast["minh"]).post(address, {"code": "ngôi sao"}).status_code == 302


def test_the_statement_is_accepted_first_and_kept_with_the_attempt(ready, course, cast):
    quiz = ready(honour_statement="Tôi tự làm bài.")
    with pytest.raises(NotAdmitted):
        attempts.start(cast["lan"], quiz)
    page = stage.browser_of(cast["lan"]).post(reverse("start_quiz", args=[course.pk]))
    assert (page.status_code, page.context["problem"].field) == (400, "honour")
    attempt = attempts.start(cast["lan"], quiz, Entry(honour_accepted=True))
    ready(honour_statement="Khác.")
    assert Attempt.objects.get(pk=attempt.pk).paper["honour"] == "Tôi tự làm bài."


def test_only_from_the_networks_set_for_it_and_pages_stay_there(ready, course, cast):
    ready(networks="10.1.0.0/16\n2001:db8::/32")
    address = reverse("start_quiz", args=[course.pk])
    outside, inside = stage.browser_of(cast["lan"]), stage.browser_of(cast["lan"], REMOTE_ADDR="10.1.2.3")
    assert outside.post(address).status_code == 400
    started = inside.post(address)
    assert started.status_code == 302
    question = reverse("quizzes:question", args=[Attempt.objects.get().pk, 1])
    assert inside.get(question).status_code == 200
    assert outside.get(question).status_code == 403
    # An answer already given is still taken from wherever it comes.
    assert outside.post(question, {}, headers={"accept": "application/json"}).status_code == 200


@pytest.mark.parametrize(
    ("address", "ranges", "expected"),
    [
        ("10.1.2.3", "", True),
        ("", "", True),
        ("10.1.2.3", "10.1.0.0/16", True),
        ("10.2.2.3", "10.1.0.0/16, 10.2.2.3", True),
        ("10.3.2.3", "10.1.0.0/16\n10.2.2.3", False),
        ("", "10.1.0.0/16", False),
        ("2001:db8::1", "10.1.0.0/16\n2001:db8::/32", True),
    ],
)
def test_networks(address, ranges, expected):
    assert networks.is_inside(address, ranges) is expected


def test_a_line_that_is_no_network_is_named():
    with pytest.raises(ValidationError, match="phòng thi"):
        networks.validate_networks("10.0.0.0/8\nphòng thi")


# --- Accommodations -----------------------------------------------------------------------------------------------


def test_extra_time_and_attempts_are_for_one_person_logged_and_end(ready, course, cast, terms):
    quiz = ready(time_limit_minutes=30, max_attempts=1)
    granted = accommodations.grant(cast["lan"], quiz, terms(minutes=15, attempts=1), actor=cast["tam"])
    first = attempts.start(cast["lan"], quiz)
    assert first.deadline_at - first.started_at == timedelta(minutes=45)
    assert first.max_attempts == 2
    other = attempts.start(cast["minh"], quiz)
    assert (other.deadline_at - other.started_at, other.max_attempts) == (timedelta(minutes=30), 1)
    attempts.submit(first)
    accommodations.withdraw(granted, actor=cast["tam"])
    with pytest.raises(DomainError):
        attempts.start(cast["lan"], quiz)
    accommodations.grant(cast["lan"], quiz, terms(attempts=1), actor=cast["tam"])
    assert attempts.start(cast["lan"], quiz).number == 2
    logged = AuditEntry.objects.filter(action__startswith="accommodation.").order_by("pk")
    assert [entry.action.split(".")[1] for entry in logged] == ["granted", "withdrawn", "granted"]
    assert "vận động" not in str(logged[0].details)


def test_what_is_granted_counts_only_on_its_days(ready, cast, terms):
    quiz, today = ready(max_attempts=1), timezone.localdate()
    attempts.submit(attempts.start(cast["lan"], quiz))
    accommodations.grant(
        cast["lan"], quiz, terms(attempts=1, valid_from=today + DAY, valid_until=today + DAY), actor=cast["tam"]
    )
    with pytest.raises(DomainError):
        attempts.start(cast["lan"], quiz)


def test_extra_time_granted_during_an_attempt_moves_its_end(ready, cast, terms):
    attempt = attempts.start(cast["lan"], ready(time_limit_minutes=30))
    accommodations.grant(cast["lan"], attempt.quiz, terms(minutes=20), actor=cast["tam"])
    assert Attempt.objects.get().deadline_at == attempt.deadline_at + timedelta(minutes=20)


def test_nobody_helps_themselves(ready, cast, terms):
    quiz = ready()
    with pytest.raises(DomainError):
        accommodations.grant(cast["tam"], quiz, terms(minutes=5), actor=cast["tam"])
    with pytest.raises(DomainError):
        accommodations.grant(cast["quang"], quiz, terms(minutes=5), actor=cast["tam"])
    with pytest.raises(DomainError):
        accommodations.grant(cast["lan"], quiz, terms(), actor=cast["tam"])
