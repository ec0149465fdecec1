"""Who is restricted is in no list of HR, no figure, no file; certificates still hold."""

import pytest
from django.urls import reverse

from courses.models import Certificate
from people import queries
from people.domain.privacy import requests, restriction
from people.enums import RequestKind
from people.models import AuditEntry, Person, Unit

PAGES = ["reports:completions", "reports:export_xlsx", "reports:export_csv", "people:persons", "people:export_csv"]


def text_of(response) -> str:
    from tests.reports.reading import text_of as read

    return read(response)


@pytest.mark.parametrize("page", PAGES)
def test_before_the_person_is_in_the_lists(lan, desk, page):
    """The control of the next test."""
    assert "Nông Thị Lan" in text_of(desk("hung").get(reverse(page)))


@pytest.mark.parametrize("username", ["hung", "son", "hoa"])
@pytest.mark.parametrize("page", PAGES)
def test_a_restricted_person_is_in_no_list(lan, cast, desk, page, username):
    restriction.restrict(lan, actor=cast["an"])
    assert "Nông Thị Lan" not in text_of(desk(username).get(reverse(page)))
    assert "Nông Thị Lan" not in text_of(desk(username).get(reverse(page), {"q": "nong thi lan"})).replace(
        'value="nong', ""
    )


@pytest.mark.parametrize("page", ["reports:person", "people:person"])
def test_nor_on_a_page_of_their_own(lan, cast, desk, page):
    address = reverse(page, args=[lan.pk])
    assert desk("hung").get(address).status_code == 200
    restriction.restrict(lan, actor=cast["an"])
    assert desk("hung").get(address).status_code == 404


def test_nothing_counts_or_assigns_them(lan, cast):
    units = Unit.objects.filter(code="LG-TS-PVHCC")
    assert lan in queries.people_in(units)
    restriction.restrict(lan, actor=cast["an"])
    assert lan not in queries.people_in(units)
    assert lan not in queries.people_for(cast["hung"]) and lan not in queries.kept_people_for(cast["hung"])


def test_evidence_stays_and_the_person_goes_on(lan, cast, desk, client):
    restriction.restrict(lan, actor=cast["an"])
    code = Certificate.objects.get(person=lan).code
    assert "Nông Thị Lan" in client.get(reverse("verify_certificate", args=[code])).content.decode()
    assert desk("lan").get(reverse("my_certificates")).status_code == 200


def test_granting_the_request_restricts_and_lifting_brings_back(lan, cast, desk):
    made = requests.make(lan, RequestKind.RESTRICT, actor=lan)
    requests.answer(made, True, "Đã hạn chế.", actor=cast["an"])
    assert Person.objects.get(pk=lan.pk).restricted_at
    page = desk("an").get(reverse("people:data_request", args=[made.pk])).content.decode()
    assert "Lift the restriction" in page
    assert desk("hung").post(reverse("people:lift_restriction", args=[lan.pk])).status_code == 403
    assert desk("an").post(reverse("people:lift_restriction", args=[lan.pk])).status_code == 302
    assert Person.objects.get(pk=lan.pk).restricted_at is None
    assert lan in queries.people_for(cast["hung"])


def test_twice_is_once(lan, cast):
    for _ in range(2):
        restriction.restrict(lan, actor=cast["an"])
    assert AuditEntry.objects.filter(action="person.restricted").count() == 1
