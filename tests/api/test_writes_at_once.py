"""Twenty requests at once, with a database of their own: the same key creates once; without it, more than once."""

import json
import uuid

import pytest
from django.db import transaction
from django.test import Client

from api.domain import once, tokens
from api.models import TokenScope, WriteRequest
from people.models import AuditEntry, Person, Unit
from shared.domain import outbox
from tests import cast as the_cast
from tests.reports import factories as make
from tests.shared.conftest import durable, durable_template  # noqa: F401 (fixtures)

TIMES = 20


@pytest.fixture
def secret(durable, monkeypatch):  # noqa: F811
    monkeypatch.setattr(outbox, "_send", lambda entry_id: None)
    with transaction.atomic():
        hung = the_cast.load()["hung"]
        unit = Unit.objects.get(code="LG-TS")
        scopes = [TokenScope.PEOPLE_WRITE]
        return tokens.issue("HRM", hung, make.in_days(9), actor=None, scopes=scopes, unit=unit)[1]


def sending(secret: str, key: str):
    item = {"full_name": "Nông Thị Zử", "staff_number": "TS-900", "unit_code": "LG-TS", "position_title": "Chuyên viên"}
    body = json.dumps({"effective_on": "2026-03-02", "items": [item]})

    def work():
        headers = {"authorization": f"Bearer {secret}", "idempotency-key": key}
        answer = Client().post("/api/v1/persons", body, content_type="application/json", headers=headers)
        return answer.status_code, json.loads(answer.content)

    return work


@pytest.mark.crash
def test_twenty_at_once_with_one_key_write_once_and_are_answered_alike(durable, secret):  # noqa: F811
    answers = durable.in_threads(*[sending(secret, "mot-khoa")] * TIMES)
    assert {status for status, _body in answers} == {200}, answers
    assert len({json.dumps(body, sort_keys=True) for _status, body in answers}) == 1
    assert answers[0][1]["items"][0]["outcome"] == "created"
    assert Person.objects.filter(staff_number="TS-900").count() == 1
    assert AuditEntry.objects.filter(action="api.people_written").count() == 1
    assert WriteRequest.objects.count() == 1


@pytest.mark.crash
def test_control_with_twenty_keys_each_is_carried_out(durable, secret):  # noqa: F811
    """Still one person, because a staff number is one person's; but twenty requests acted."""
    answers = durable.in_threads(*[sending(secret, uuid.uuid4().hex) for _one in range(TIMES)])
    assert {status for status, _body in answers} == {200}, answers
    outcomes = [body["items"][0]["outcome"] for _status, body in answers]
    assert (outcomes.count("created"), outcomes.count("unchanged")) == (1, TIMES - 1)
    assert AuditEntry.objects.filter(action="api.people_written").count() == TIMES


@pytest.mark.crash
def test_control_without_the_unique_key_the_same_request_acts_again(durable, secret, monkeypatch):  # noqa: F811
    def forgetful(token, key, digest):
        return WriteRequest.objects.create(token=token, key=uuid.uuid4().hex, digest=digest)

    monkeypatch.setattr(once, "_claim", forgetful)
    durable.in_threads(*[sending(secret, "mot-khoa")] * 4)
    assert AuditEntry.objects.filter(action="api.people_written").count() == 4
