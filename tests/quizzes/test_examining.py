"""The screens after an examination: for whoever answers for the quiz, with every look at answers in the log."""

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import AuditEntry
from quizzes.domain import attempts, regrading
from quizzes.models import Accommodation, Attempt, Ruling
from tests.cast import answer_all, finish_lessons
from tests.courses import stage


@pytest.fixture
def examined(course, cast):
    """Course A with Lan's attempt, half of it right; Tam answers for the quiz."""
    finish_lessons(cast["lan"], course)
    attempt = attempts.start(cast["lan"], course.quiz)
    answer_all(cast["lan"], attempt)
    for slot in range(7):
        attempts.save_answer(cast["lan"], attempt.pk, slot, None)
    attempts.submit(attempt)
    return course, cast, Attempt.objects.get(pk=attempt.pk)


def test_answers_are_opened_by_name_and_each_look_is_logged(examined):
    course, people, attempt = examined
    tam = stage.browser_of(people["tam"])
    listed = tam.get(reverse("examining_attempts", args=[course.quiz_id]), {"q": "nong thi lan"})
    assert people["lan"].full_name in listed.content.decode()
    assert not AuditEntry.objects.filter(action="viewed.quiz_answers").exists()
    page = tam.get(reverse("examining_attempt", args=[attempt.pk]))
    assert len(page.context["items"]) == 14
    entry = AuditEntry.objects.get(action="viewed.quiz_answers")
    assert (entry.actor, entry.subject_id) == (people["tam"], str(people["lan"].pk))


def test_an_attempt_is_reopened_with_reason_and_approver(examined):
    _course, people, attempt = examined
    tam, address = stage.browser_of(people["tam"]), reverse("examining_attempt", args=[attempt.pk])
    missing = tam.post(address, {"minutes": 30, "reason": "", "approved_by": "khong-ai"})
    assert set(missing.context["form"].errors) == {"reason", "approved_by"}
    done = tam.post(address, {"minutes": 30, "reason": "Mất điện.", "approved_by": "quang"})
    assert done.status_code == 302
    assert Attempt.objects.get(pk=attempt.pk).is_open


def test_a_decision_is_shown_first_then_confirmed(examined):
    course, people, attempt = examined
    tam, address = stage.browser_of(people["tam"]), reverse("examining_rulings", args=[course.quiz_id])
    form = {"version": attempt.slots[0]["version"], "decision": "points_for_all", "reason": "Hỏi sai.",
            "approved_by": "quang"}  # fmt: skip
    shown = tam.get(tam.post(address, form).url)
    assert [len(shown.context["preview"].changed), shown.context["preview"].concerned] == [1, 1]
    assert Attempt.objects.get(pk=attempt.pk).score == attempt.score
    ruling = Ruling.objects.get()
    tam.post(reverse("examining_ruling", args=[ruling.pk]), {"confirm": ""})
    regrading.apply(ruling.pk)
    page = tam.get(reverse("examining_ruling", args=[ruling.pk]))
    assert page.context["changed_count"] == 1
    assert Attempt.objects.get(pk=attempt.pk).score > attempt.score
    assert tam.get(address).status_code == 200


def test_other_conditions_are_granted_and_withdrawn(examined):
    course, people, _attempt = examined
    tam, address = stage.browser_of(people["tam"]), reverse("examining_accommodations", args=[course.quiz_id])
    today = timezone.localdate().isoformat()
    form = {"person": "lan", "minutes": 15, "attempts": 0, "valid_from": today, "valid_until": today,
            "reason": "Khuyết tật (minh họa).", "approved_by": "quang"}  # fmt: skip
    assert tam.post(address, form | {"person": "tam"}).context["form"].non_field_errors()
    assert tam.post(address, form).status_code == 302
    granted = Accommodation.objects.get()
    assert people["lan"].full_name in tam.get(address).content.decode()
    tam.post(reverse("examining_withdraw", args=[granted.pk]))
    assert Accommodation.objects.get().withdrawn_at


def test_nobody_else_finds_the_screens(examined):
    course, people, attempt = examined
    addresses = [
        reverse(f"examining_{name}", args=[course.quiz_id]) for name in ("attempts", "rulings", "accommodations")
    ]
    addresses.append(reverse("examining_attempt", args=[attempt.pk]))
    for name in ("lan", "hung", "hoa", "thao", "son"):
        browser = stage.browser_of(people[name])
        for address in addresses:
            assert browser.get(address).status_code in (302, 403, 404), (name, address)
    assert not AuditEntry.objects.filter(action="viewed.quiz_answers").exists()


def test_lists_take_no_more_queries_for_more_people(examined):
    course, people, _attempt = examined
    tam, address = stage.browser_of(people["tam"]), reverse("examining_attempts", args=[course.quiz_id])
    few = stage.queries_of(lambda: tam.get(address))
    for name in ("minh", "hung"):
        attempts.submit(attempts.start(people[name], course.quiz))
    assert stage.queries_of(lambda: tam.get(address)) == few
