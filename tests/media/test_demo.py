"""The two fictional stories the platform comes with."""

import re
from pathlib import Path

import pytest
from django.utils.html import strip_tags

from media import demo, queries
from media.models import (
    CampaignPage,
    Consent,
    Exemplar,
    Photograph,
    Rendition,
    ShareCard,
    StoryPage,
    StoryPerson,
)
from people.models import AuditEntry
from shared import yaml_source
from shared.text.fold import to_nfc_lines
from tests.media.conftest import picture_bytes

pytestmark = pytest.mark.django_db
COUNTED = (
    CampaignPage,
    Consent,
    Exemplar,
    Photograph,
    Rendition,
    ShareCard,
    StoryPage,
    StoryPerson,
    AuditEntry,
)


@pytest.fixture
def pictures(tmp_path) -> Path:
    """Stand-ins for the drawings, so that the test does not depend on them."""
    for photograph in yaml_source.read(demo.LIBRARY / "photographs.yaml").data["photographs"].values():
        (tmp_path / photograph["file"]).write_bytes(picture_bytes())
    return tmp_path


def test_two_stories_and_a_campaign_are_public(client, site, cast, pictures, commit):
    with commit():
        stories = demo.load_demo_stories(site, cast["thao"], pictures)

    assert len(stories) == 2
    assert set(queries.stories_for(None)) == set(stories)
    for story in stories:
        text = client.get(story.get_url()).content.decode()
        assert 'class="tag tag--gold"' in text
        assert "minh họa" in text
        assert story.share_card.file.name in text
    campaign = CampaignPage.objects.get()
    text = client.get(campaign.get_url()).content.decode()
    assert all(story.title in text for story in stories)


def test_loading_twice_changes_nothing(site, cast, pictures, commit):
    with commit():
        first = demo.load_demo_stories(site, cast["thao"], pictures)
    before = [model.objects.count() for model in COUNTED]
    revisions = [story.latest_revision_id for story in first]

    with commit():
        second = demo.load_demo_stories(site, cast["thao"], pictures)

    assert [story.latest_revision_id for story in second] == revisions
    assert [model.objects.count() for model in COUNTED] == before


def test_the_log_names_who_recorded_the_consents(site, cast, pictures):
    demo.load_demo_stories(site, cast["thao"], pictures)

    entries = AuditEntry.objects.filter(action="consent.recorded")
    assert [entry.actor for entry in entries] == [cast["thao"]] * 2


@pytest.mark.parametrize("name", demo.STORIES)
def test_the_texts_are_clean_and_of_the_promised_length(name):
    path = demo.LIBRARY / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    story = yaml_source.read(path).data["story"]
    prose = " ".join(
        strip_tags(block.get("text") or block.get("heading") or block.get("pull_quote", {}).get("text", ""))
        for block in story["body"]
    )

    assert all(to_nfc_lines(line) == line.strip() for line in text.splitlines())
    assert 350 <= len(prose.split()) <= 500
    assert "Lam Giang" in text
    assert "minh họa" in text
    assert not re.search(r"huyện|quận", prose)  # there is no district level
