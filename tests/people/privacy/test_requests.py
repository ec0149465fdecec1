"""Requests about one's own data: asking, who answers what, the log of the answer, being late."""

from datetime import timedelta

import pytest
from django.urls import reverse

from people import queries, rules
from people.domain.privacy import requests
from people.enums import RequestKind, RequestState
from people.models import AuditEntry, DataRequest, Person
from shared.errors import DomainError


def ask(person, kind=RequestKind.CORRECT, text="Tên sai"):
    return requests.make(person, kind, text, actor=person)


def test_asking_on_the_page_starts_the_clock(cast, desk):
    response = desk("lan").post(reverse("my_data_ask"), {"kind": "see", "text": ""}, follow=True)
    made = DataRequest.objects.get()
    assert made.person == cast["lan"] and made.is_open and made.due_on > made.received_on
    assert f"{made.due_on:%d/%m/%Y}" in response.content.decode()
    assert made.steps.get().action == "received"
    assert AuditEntry.objects.get(action="data_request.received").about == cast["lan"]


@pytest.mark.parametrize("sent", [{"kind": "correct", "text": " "}, {"kind": "nonsense"}, {}, {"text": "x" * 3000}])
def test_a_request_that_says_nothing_is_refused_in_words(cast, desk, sent):
    response = desk("lan").post(reverse("my_data_ask"), sent)
    assert response.status_code == 422 and "Please check the form" in response.content.decode()
    assert not DataRequest.objects.exists()


def test_the_same_is_not_asked_twice_at_once(cast):
    ask(cast["lan"])
    with pytest.raises(DomainError):
        ask(cast["lan"])
    ask(cast["lan"], RequestKind.SEE)


def test_taking_it_back(cast, desk):
    made = ask(cast["lan"])
    assert desk("minh").post(reverse("my_data_withdraw", args=[made.pk])).status_code == 404
    assert desk("lan").post(reverse("my_data_withdraw", args=[made.pk])).status_code == 302
    made.refresh_from_db()
    assert made.state == RequestState.WITHDRAWN
    ask(cast["lan"])


WHO_SEES = {
    "an": {"correct", "see"},
    "hung": {"correct"},
    "binh": set(),
    "son": None,
    "hoa": None,
    "lan": None,
    "mai": None,
}


@pytest.mark.parametrize("username", WHO_SEES)
def test_who_sees_which(cast, desk, username):
    for kind in (RequestKind.CORRECT, RequestKind.SEE):
        ask(cast["lan"], kind)
    response = desk(username).get(reverse("people:data_requests"))
    if WHO_SEES[username] is None:
        assert response.status_code == 403
        return
    assert {asked.kind for asked in response.context["page"].object_list} == WHO_SEES[username]
    for asked in DataRequest.objects.all():
        found = desk(username).get(reverse("people:data_request", args=[asked.pk])).status_code
        assert found == (200 if asked.kind in WHO_SEES[username] else 404)
        posted = desk(username).post(
            reverse("people:answer_data_request", args=[asked.pk]), {"text": "x", "act": "note"}
        )
        assert posted.status_code == (302 if asked.kind in WHO_SEES[username] else 404)


def test_rule_and_list_agree(cast):
    for person in cast.values():
        for kind in RequestKind:
            ask(person, kind)
    for viewer in cast.values():
        seen = set(queries.data_requests_for(viewer).values_list("pk", flat=True))
        for asked in DataRequest.objects.all():
            assert rules.can_answer_request(viewer, asked) == (asked.pk in seen)


def test_an_officer_does_not_answer_their_own_request(cast):
    made = ask(cast["hung"])
    assert not rules.can_answer_request(cast["hung"], made)


@pytest.mark.parametrize(("act", "state"), [("grant", RequestState.GRANTED), ("refuse", RequestState.REFUSED)])
def test_the_answer_reaches_the_person_and_the_log(cast, desk, act, state):
    made = ask(cast["lan"])
    address = reverse("people:answer_data_request", args=[made.pk])
    desk("hung").post(address, {"text": "Đang đối chiếu hồ sơ.", "act": "note"})
    assert desk("hung").post(address, {"text": "Đã sửa.", "act": act}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.answered_by, made.answer) == (state, cast["hung"], "Đã sửa.")
    assert [step.action for step in made.steps.all()] == ["received", "noted", str(state)]
    page = desk("lan").get(reverse("my_data")).content.decode()
    assert "Đã sửa." in page and "Đang đối chiếu" not in page, "notes are for those who answer"


def test_an_answer_needs_words_and_comes_once(cast, desk):
    made = ask(cast["lan"])
    address = reverse("people:answer_data_request", args=[made.pk])
    assert desk("an").post(address, {"text": "", "act": "grant"}).status_code == 422
    desk("an").post(address, {"text": "Đã sửa.", "act": "grant"})
    assert desk("hung").post(address, {"text": "Không.", "act": "refuse"}).status_code == 409
    made.refresh_from_db()
    assert made.state == RequestState.GRANTED and made.answer == "Đã sửa."


def test_erasing_is_not_granted_by_an_answer(cast, desk):
    made = ask(cast["lan"], RequestKind.ERASE)
    address = reverse("people:answer_data_request", args=[made.pk])
    assert desk("an").post(address, {"text": "Được.", "act": "grant"}).status_code == 409
    assert Person.objects.get(pk=cast["lan"].pk).erased_at is None
    assert desk("an").post(address, {"text": "Phải giữ theo luật.", "act": "refuse"}).status_code == 302


def test_an_unknown_button_does_nothing(cast, desk):
    made = ask(cast["lan"])
    assert (
        desk("an").post(reverse("people:answer_data_request", args=[made.pk]), {"text": "x", "act": "y"}).status_code
        == 404
    )
    assert DataRequest.objects.get().is_open


def test_late_ones_come_first_and_say_so(cast, desk):
    late, fresh = ask(cast["lan"]), ask(cast["minh"])
    DataRequest.objects.filter(pk=late.pk).update(due_on=late.received_on - timedelta(days=3))
    response = desk("an").get(reverse("people:data_requests"))
    assert [asked.pk for asked in response.context["page"].object_list] == [late.pk, fresh.pk]
    text = response.content.decode()
    assert "1 request is overdue" in text and "Overdue by 3 days" in text


def test_the_list_asks_as_much_for_one_as_for_three(cast, desk, django_assert_max_num_queries):
    ask(cast["lan"])
    browser = desk("an")
    browser.get(reverse("people:data_requests"))
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(20) as counted:
            browser.get(reverse("people:data_requests"))
        counts.append(len(counted))
        for name in ("minh", "hoa"):
            if not DataRequest.objects.filter(person=cast[name]).exists():
                ask(cast[name])
    assert counts[0] == counts[1]


def test_the_data_of_who_asked_to_see_them_can_be_handed_over(cast, desk):
    made, other = ask(cast["lan"], RequestKind.SEE), ask(cast["lan"])
    response = desk("an").post(reverse("people:download_requested_data", args=[made.pk]))
    assert response["Content-Type"] == "application/zip"
    assert AuditEntry.objects.get(action="viewed.all_data").actor == cast["an"]
    assert desk("an").post(reverse("people:download_requested_data", args=[other.pk])).status_code == 404
    assert desk("hung").post(reverse("people:download_requested_data", args=[made.pk])).status_code == 403
