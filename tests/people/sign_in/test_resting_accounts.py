"""Accounts nobody uses are put to rest, and wake with one click."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from people import queries as people_queries
from people.domain import access
from people.models import AuditEntry, Dormancy, Person
from people.sign_in.queries import resting_for
from shared.errors import DomainError

WAKE = "/tai-khoan/mo-lai/"


def days_ago(days: int):
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def unused(cast, settings):
    """A function: nobody has used the account for so many days."""
    settings.IDLE_ACCOUNT_DAYS = 45
    Person.objects.update(last_login=timezone.now())

    def leave(username: str, days: int = 46, **fields) -> Person:
        Person.objects.filter(username=username).update(
            **{"last_login": days_ago(days), "date_joined": days_ago(400)} | fields
        )
        return Person.objects.get(username=username)

    return leave


def test_unused_for_45_days_means_rest(unused):
    lan, minh = unused("lan", 46), unused("minh", 44)
    assert access.put_idle_to_rest() == 1
    assert (access.is_resting(lan), access.is_resting(minh)) == (True, False)
    assert access.put_idle_to_rest() == 0, "twice is as good as once"
    assert AuditEntry.objects.filter(action="person.put_to_rest", subject_id=str(lan.pk)).count() == 1


def test_an_account_never_used_counts_from_its_opening(unused):
    lan = unused("lan", last_login=None)
    unused("minh", last_login=None, date_joined=days_ago(10))
    access.put_idle_to_rest()
    assert [rest.person for rest in Dormancy.objects.all()] == [lan]


def test_accounts_without_password_wait_for_their_slip(unused):
    unused("lan", last_login=None, password="!abc")
    assert access.put_idle_to_rest() == 0


def test_closed_accounts_are_left_alone_and_zero_days_means_never(unused, settings):
    unused("lan", is_active=False)
    assert access.put_idle_to_rest() == 0
    unused("minh")
    settings.IDLE_ACCOUNT_DAYS = 0
    assert access.put_idle_to_rest() == 0


def test_many_are_put_to_rest_in_batches(unused, monkeypatch):
    monkeypatch.setattr(access, "BATCH", 2)
    for name in ("lan", "minh", "hung", "hoa", "tam"):
        unused(name)
    assert access.put_idle_to_rest() == 5


def test_who_rests_still_counts_as_serving(unused):
    lan = unused("lan")
    access.put_idle_to_rest()
    units = people_queries.subtree_of([people_queries.primary_posting(lan).unit_id])
    assert lan in people_queries.people_in(units)


def test_the_right_password_leads_to_a_letter_and_the_letter_wakes(unused, site, client, enter, who_is):
    unused("lan")
    access.put_idle_to_rest()
    assert enter(client, "lan").url == WAKE
    assert who_is(client) is None
    assert client.get(WAKE).status_code == 200
    client.post(WAKE)
    [letter] = mail.outbox
    assert letter.to == ["lan@lamgiang.example"]
    address = re.search(r"https?://[^/]+(/tai-khoan/mo-lai/\S+)", letter.body)[1]
    elsewhere = Client()
    assert elsewhere.get(address).status_code == 200
    assert access.is_resting(Person.objects.get(username="lan")), "opening the link alone wakes nobody"
    assert elsewhere.post(address).url == "/tai-khoan/login/"
    assert enter(client, "lan").url == "/"
    assert who_is(client) == "lan"
    assert elsewhere.post(address).status_code == 410, "a link works once"
    assert access.put_idle_to_rest() == 0, "the count began anew"


def test_a_wrong_password_does_not_tell_that_the_account_rests(unused, site, enter):
    unused("lan")
    access.put_idle_to_rest()
    resting, open_ = enter(Client(), "lan", "sai-mat-khau"), enter(Client(), "minh", "sai-mat-khau")
    assert resting.status_code == open_.status_code == 200
    assert Client().get(WAKE).url == "/tai-khoan/login/"


def test_without_e_mail_the_page_names_the_hr_officer_and_sends_nothing(unused, site, client, enter):
    unused("lan", work_email="")
    access.put_idle_to_rest()
    enter(client, "lan")
    assert '<form method="post">' not in client.get(WAKE).content.decode()
    client.post(WAKE)
    assert not mail.outbox


def test_letters_are_limited(unused, site, client, enter, limits):
    unused("lan")
    access.put_idle_to_rest()
    enter(client, "lan")
    for _time in range(5):
        client.post(WAKE)
    assert len(mail.outbox) == 3


@pytest.mark.parametrize("token", ["x", "MQ:1abc:sig", "a" * 300])
def test_invented_links_open_nothing(cast, site, client, token):
    assert client.get(f"{WAKE}{token}/").status_code == 410


def test_hr_wakes_people_of_the_scope_only(unused, cast):
    lan, minh = unused("lan"), unused("minh")
    access.put_idle_to_rest()
    assert list(resting_for(cast["hung"])) == [lan]
    access.wake(lan, actor=cast["hung"])
    assert not access.is_resting(lan)
    with pytest.raises(DomainError):
        access.wake(minh, actor=cast["hung"])
    with pytest.raises(DomainError):
        access.wake(minh, actor=cast["son"])
    [entry] = AuditEntry.objects.filter(action="person.woken")
    assert (entry.actor_id, entry.subject_id) == (cast["hung"].pk, str(lan.pk))


def test_a_closed_account_is_not_woken(unused, cast):
    lan = unused("lan")
    access.put_idle_to_rest()
    Person.objects.filter(username="lan").update(is_active=False)
    with pytest.raises(DomainError):
        access.wake(Person.objects.get(username="lan"), actor=lan)
