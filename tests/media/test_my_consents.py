"""Consent in the person's own hands: asked for, read, answered, seen again, withdrawn; by account or by link."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from media import queries, wording
from media.domain import consent_requests
from media.enums import Channel, ConsentAnswer, ConsentMeans, ConsentScope
from media.models import Consent, ConsentRequest, StoryPage
from notices.models import Notice
from people.models import AuditEntry
from shared.errors import DomainError

pytestmark = pytest.mark.django_db
EVERYTHING = {"scopes": list(ConsentScope), "channels": list(Channel)}


@pytest.fixture
def asked(cast, make_exemplar, draft_story):
    """Lan is asked for everything, about a draft."""
    exemplar = make_exemplar("Nông Thị Lan", person=cast["lan"])
    story = draft_story((exemplar, True, True))
    return consent_requests.ask(exemplar, actor=cast["thao"], story=story, **EVERYTHING)


@pytest.fixture
def asked_by_link(cast, make_exemplar, commit):
    child = make_exemplar("Bé Minh Họa", kind="child", guardian_name="Mẹ Minh Họa")
    with commit():
        return consent_requests.ask(
            child, actor=cast["thao"], scopes=[ConsentScope.PORTRAIT], channels=[Channel.SITE], email="me@example.vn"
        )


def answer(**ticked) -> dict:
    return {name: "on" for name, yes in ticked.items() if yes}


def test_the_person_is_told_and_sees_the_exact_wording_with_nothing_ticked(asked, signed_in, cast):
    notice = Notice.objects.get(person=cast["lan"])
    assert notice.path == reverse("my_consent", args=[asked.pk])

    lan = signed_in("lan")
    assert reverse("my_consent", args=[asked.pk]) in lan.get(reverse("my_consents")).content.decode()
    page = lan.get(notice.path).content.decode()

    assert wording.TEXT.splitlines()[0] in page
    assert wording.VERSION in page
    assert "checked" not in page.split("<main")[1]
    assert lan.get(reverse("my_consent_story", args=[asked.pk])).status_code == 200


def test_what_is_ticked_is_what_is_recorded(asked, signed_in, cast):
    form = answer(names=True, story=True, on_site=True, confirmed=True)

    response = signed_in("lan").post(reverse("my_consent", args=[asked.pk]), form, follow=True)

    consent = Consent.objects.get()
    assert response.redirect_chain[-1][0] == reverse("my_consents")
    assert (consent.scopes, consent.channels) == ([ConsentScope.NAMES, ConsentScope.STORY], [Channel.SITE])
    assert (consent.text_shown, consent.text_version) == (wording.TEXT, wording.VERSION)
    assert (consent.obtained_how, consent.recorded_by) == (ConsentMeans.SIGNED_IN, cast["lan"])
    asked.refresh_from_db()
    assert (asked.answer, asked.consent) == (ConsentAnswer.GIVEN, consent)
    assert Notice.objects.filter(person=cast["thao"], kind="consent_answered").count() == 1


@pytest.mark.parametrize(
    "form",
    [
        answer(names=True, on_site=True),  # not signed
        answer(names=True, confirmed=True),  # nowhere
        answer(on_site=True, confirmed=True),  # nothing
        answer(names=True, on_site=True, confirmed=True) | {"expires_on": "2020-01-01"},
    ],
)
def test_half_an_answer_is_no_consent(form, asked, signed_in):
    response = signed_in("lan").post(reverse("my_consent", args=[asked.pk]), form)

    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    assert not Consent.objects.exists()
    assert ConsentRequest.objects.get().answer == ""


def test_declining_needs_nothing_and_keeps_no_reason(asked, signed_in, cast):
    signed_in("lan").post(reverse("my_consent", args=[asked.pk]), {"decline": "1"})

    asked.refresh_from_db()
    assert asked.answer == ConsentAnswer.DECLINED
    assert not Consent.objects.exists()
    assert AuditEntry.objects.filter(action="consent.declined").count() == 1


def test_an_answer_counts_once_and_only_within_its_time(asked, cast):
    terms = {"scopes": [ConsentScope.NAMES], "channels": [Channel.SITE], "given_by": "Nông Thị Lan"}
    ConsentRequest.objects.update(asked_at=timezone.now() - timedelta(days=31))
    with pytest.raises(DomainError):
        consent_requests.give(asked, actor=cast["lan"], **terms)

    ConsentRequest.objects.update(asked_at=timezone.now())
    consent_requests.give(asked, actor=cast["lan"], **terms)
    with pytest.raises(DomainError):
        consent_requests.decline(asked, actor=cast["lan"])
    assert Consent.objects.count() == 1


def test_nobody_asked_for_less_can_be_made_to_give_more(cast, make_exemplar):
    exemplar = make_exemplar(person=cast["lan"])
    narrow = consent_requests.ask(exemplar, actor=cast["thao"], scopes=[ConsentScope.NAMES], channels=[Channel.SITE])
    with pytest.raises(DomainError):
        consent_requests.give(
            narrow,
            actor=cast["lan"],
            scopes=[ConsentScope.PORTRAIT],
            channels=[Channel.SITE],
            given_by="Nông Thị Lan",
        )


@pytest.mark.parametrize("username", ["minh", "hung", "thao", "an"])
def test_nobody_answers_or_reads_for_somebody_else(username, asked, signed_in, consent_to):
    consent = consent_to(asked.exemplar)
    client = signed_in(username)
    for name, thing in (
        ("my_consent", asked),
        ("my_consent_story", asked),
        ("withdraw_my_consent", consent),
    ):
        assert client.get(reverse(name, args=[thing.pk])).status_code == 404
    client.post(reverse("withdraw_my_consent", args=[consent.pk]))
    assert "Nông Thị Lan" not in client.get(reverse("my_consents")).content.decode()
    assert Consent.objects.get().withdrawn_at is None


def test_withdrawing_in_ones_own_account_takes_the_story_down(signed_in, cast, make_exemplar, published_story, commit):
    exemplar = make_exemplar("Nông Thị Lan", person=cast["lan"])
    with commit():
        story = published_story(exemplar)
    consent = Consent.objects.get()
    address = reverse("withdraw_my_consent", args=[consent.pk])
    client = signed_in("lan")

    assert story.title in client.get(address).content.decode()
    assert StoryPage.objects.get(pk=story.pk).live  # only asked so far
    with commit():
        client.post(address)

    assert not StoryPage.objects.get(pk=story.pk).live
    assert Consent.objects.get().withdrawn_by == cast["lan"]


def test_the_list_costs_the_same_with_one_and_three(
    signed_in, cast, make_exemplar, consent_to, django_assert_num_queries
):
    client = signed_in("lan")
    exemplar = make_exemplar(person=cast["lan"])
    consent_to(exemplar)
    client.get(reverse("my_consents"))
    with django_assert_num_queries(_queries_of(client)):
        client.get(reverse("my_consents"))
    before = _queries_of(client)
    consent_to(exemplar)
    consent_to(exemplar)
    assert _queries_of(client) == before


def _queries_of(client) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("my_consents"))
    return len(captured)


# --- By link -----------------------------------------------------------------------------------------------


def test_a_guardian_gets_a_link_and_signs_by_name(asked_by_link, client):
    letter = mail.outbox[0]
    assert letter.to == ["me@example.vn"]
    address = reverse("consent_link", args=[consent_requests.token_of(asked_by_link)])
    assert address in letter.body
    form = answer(portrait=True, on_site=True, confirmed=True)

    assert client.post(address, form).status_code == 422  # no name
    client.post(address, form | {"given_by": "Mẹ Minh Họa"})

    consent = Consent.objects.get()
    assert (consent.given_by, consent.obtained_how) == ("Mẹ Minh Họa", ConsentMeans.LINK)
    client.post(reverse("withdraw_by_link", args=[consent_requests.token_of(asked_by_link)]))
    assert Consent.objects.get().withdrawn_at


def test_a_link_nobody_made_leads_nowhere(asked_by_link, client):
    token = consent_requests.token_of(asked_by_link)
    for wrong in (token[:-2] + "xx", str(asked_by_link.pk), "x"):
        for name in ("consent_link", "consent_link_story", "withdraw_by_link"):
            assert client.get(reverse(name, args=[wrong])).status_code == 404
    assert client.get(reverse("withdraw_by_link", args=[token])).status_code == 404  # nothing was given


def test_the_press_office_asks_on_its_desk(signed_in, make_exemplar, site):
    press = signed_in("thao")
    outsider = make_exemplar("Cụ Minh Họa", kind="citizen")
    form = {"exemplar": outsider.pk, "portrait": "on", "on_site": "on"}

    assert "checked" not in press.get(reverse("consent_requests:add")).content.decode().split("<main")[-1]
    assert press.post(reverse("consent_requests:add"), form).status_code == 200  # no account, no address
    press.post(reverse("consent_requests:add"), form | {"email": "cu@example.vn"}, follow=True)

    asked = ConsentRequest.objects.get()
    page = press.get(reverse("consent_requests:inspect", args=[asked.pk])).content.decode()
    assert consent_requests.token_of(asked) in page
    assert press.get(reverse("consent_requests:index")).status_code == 200
    assert queries.consent_requests_for(asked.asked_by).count() == 1
