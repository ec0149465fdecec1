"""What the press office did, as the log of changes tells it."""

import pytest
from django.conf import settings
from django.urls import reverse

from media.domain.consent import withdraw_consent
from media.enums import Channel, ConsentScope
from media.models import Consent
from people.domain import audit
from tests.courses.stage import BACKEND

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(site, client, cast):
    client.force_login(cast["an"], backend=BACKEND)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return lambda action: client.get(reverse("people_log"), {"action": action}).content.decode()


def test_consents_are_told_in_words(log, make_exemplar, consent_to):
    consent_to(make_exemplar(), scopes=[ConsentScope.NAMES, ConsentScope.PORTRAIT], channels=list(Channel))
    page = log("consent.recorded")
    assert "channels: This site, Social networks, Print" in page
    assert "covers: name, picture" in page
    assert "good example: Lường Thị Dịu" in page


def test_stories_are_told_by_their_titles(log, published_story):
    story = published_story()
    withdraw_consent(Consent.objects.get(), actor=None)
    assert f"stories: {story.title}" in log("consent.withdrawn")
    page = log("story.taken_down")
    assert f"Story {story.title}" in page
    assert "reason: consent is missing" in page


def test_a_row_that_is_gone_keeps_its_number(log, make_exemplar, consent_to):
    audit.record(None, "exemplar.checked", make_exemplar(), exemplar=987654)
    assert "good example: 987654" in log("exemplar.checked")


def test_the_same_queries_for_one_good_example_and_three(log, make_exemplar, django_assert_max_num_queries):
    counts = []
    for number in (1, 2):
        for _ in range(number):
            exemplar = make_exemplar()
            audit.record(None, "exemplar.checked", exemplar, exemplar=exemplar.pk)
        log("exemplar.checked")
        with django_assert_max_num_queries(40) as counted:
            log("exemplar.checked")
        counts.append(len(counted))
    assert counts[0] == counts[1]
