"""No road publishes a story without consent; with consent each of them does."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision

from media import queries
from media.domain.consent import missing_for
from media.domain.publishing import PublicationRefused
from media.enums import Channel, ConsentScope
from media.models import StoryPage

pytestmark = pytest.mark.django_db


def is_live(story) -> bool:
    return StoryPage.objects.get(pk=story.pk).live


def by_revision(story):
    story.get_latest_revision().publish()


def by_setting_live(story):
    story.live = True
    story.save()


def by_setting_live_unchecked(story):
    story.live = True
    story.save(clean=False)


def by_base_page(story):
    page = Page.objects.get(pk=story.pk)
    page.live = True
    page.save()


def by_copy(story):
    """The copy is what would be public: its own row is looked at."""
    StoryPage.objects.filter(pk=story.pk).update(live=True)
    source = StoryPage.objects.get(pk=story.pk)
    try:
        copy = source.copy(keep_live=True, update_attrs={"slug": "ban-sao", "title": "Bản sao"})
    finally:
        StoryPage.objects.filter(pk=story.pk).update(live=False)
    StoryPage.objects.filter(pk=story.pk).update(live=copy.live)


ROADS = [by_revision, by_setting_live, by_setting_live_unchecked, by_base_page, by_copy]


@pytest.mark.parametrize("road", ROADS)
def test_without_consent_the_road_is_closed(road, draft_story, make_exemplar):
    story = draft_story((make_exemplar(), True, True))

    with pytest.raises(PublicationRefused) as refusal:
        road(story)

    assert "Lường Thị Dịu" in str(refusal.value)
    assert not is_live(story)
    assert StoryPage.objects.live().count() == 0


@pytest.mark.parametrize("road", ROADS)
def test_with_consent_the_road_is_open(road, draft_story, make_exemplar, consent_to):
    exemplar = make_exemplar()
    consent_to(exemplar)
    story = draft_story((exemplar, True, True))

    road(story)

    assert is_live(story)


def test_a_story_that_lists_nobody_is_not_published(draft_story):
    story = draft_story()

    with pytest.raises(PublicationRefused):
        by_revision(story)

    assert not is_live(story)


@pytest.mark.parametrize("consenting", [True, False])
def test_scheduled_publication(consenting, draft_story, make_exemplar, consent_to, published_story):
    """A refused appointment is cancelled and does not hold up the page behind it."""
    exemplar = make_exemplar("Vàng Thị Sáo")
    if consenting:
        consent_to(exemplar)
    story, other = draft_story((exemplar, True, True)), published_story(slug="truyen-khac")
    other.unpublish()
    for late, page in enumerate((story, other)):
        revision = page.get_latest_revision()
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=5 - late)
        revision.save()

    call_command("publish_scheduled")

    assert is_live(story) is consenting
    assert is_live(other)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_an_appointment_is_cancelled_when_the_consent_is_withdrawn(draft_story, make_exemplar, consent_to, commit):
    from media.domain.consent import withdraw_consent

    exemplar = make_exemplar()
    consent = consent_to(exemplar)
    story = draft_story((exemplar, True, True))
    story.go_live_at = timezone.now() + timedelta(days=2)
    story.save_revision().publish()
    assert Revision.objects.filter(approved_go_live_at__isnull=False).exists()

    withdraw_consent(consent, actor=None)

    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("named", "pictured", "scopes", "lacking"),
    [
        (True, False, [ConsentScope.NAMES, ConsentScope.STORY], set()),
        (True, False, [ConsentScope.NAMES], {ConsentScope.STORY}),
        (True, False, [ConsentScope.STORY, ConsentScope.PORTRAIT], {ConsentScope.NAMES}),
        (False, True, [ConsentScope.PORTRAIT], set()),
        (False, True, [ConsentScope.NAMES, ConsentScope.STORY], {ConsentScope.PORTRAIT}),
        (True, True, [ConsentScope.NAMES, ConsentScope.STORY], {ConsentScope.PORTRAIT}),
        (True, True, [], {ConsentScope.NAMES, ConsentScope.STORY, ConsentScope.PORTRAIT}),
    ],
)
def test_each_scope_is_asked_for(named, pictured, scopes, lacking, draft_story, make_exemplar, consent_to):
    exemplar = make_exemplar()
    if scopes:
        consent_to(exemplar, scopes=scopes)
    story = draft_story((exemplar, named, pictured))

    missing = missing_for(story, timezone.localdate())

    assert {scope for lack in missing for scope in lack.scopes} == lacking
    assert queries.cleared_on(timezone.localdate()).filter(pk=story.pk).exists() == (not lacking)


@pytest.mark.parametrize(
    ("terms", "holds"),
    [
        ({}, True),
        ({"channels": [Channel.SITE]}, True),
        ({"channels": [Channel.SOCIAL, Channel.PRINT]}, False),
        ({"days": 0}, True),
        ({"days": -1}, False),
    ],
)
def test_channel_and_last_day_count(terms, holds, draft_story, make_exemplar, consent_to):
    today = timezone.localdate()
    if "days" in terms:
        terms = {
            "obtained_on": today - timedelta(days=9),
            "expires_on": today + timedelta(days=terms["days"]),
        }
    exemplar = make_exemplar()
    consent_to(exemplar, **terms)
    story = draft_story((exemplar, True, True))

    assert (missing_for(story, today) == []) is holds
    assert queries.cleared_on(today).filter(pk=story.pk).exists() is holds


def test_several_consents_of_one_person_add_up(draft_story, make_exemplar, consent_to):
    exemplar = make_exemplar()
    consent_to(exemplar, scopes=[ConsentScope.NAMES, ConsentScope.STORY])
    consent_to(exemplar, scopes=[ConsentScope.PORTRAIT])
    story = draft_story((exemplar, True, True))

    by_revision(story)

    assert is_live(story)


@pytest.mark.parametrize("place", ["main_photograph", "body_photograph", "portrait"])
def test_whoever_is_tagged_in_a_picture_must_consent(place, draft_story, make_exemplar, make_photograph, consent_to):
    """A bystander recognised in any picture of the story, listed or not."""
    teller, bystander = make_exemplar(), make_exemplar("Giàng A Tủa")
    consent_to(teller)
    story = draft_story((teller, True, False), **{place: make_photograph(depicted=[bystander])})

    with pytest.raises(PublicationRefused) as refusal:
        by_revision(story)
    assert "Giàng A Tủa" in str(refusal.value)
    assert not queries.cleared_on(timezone.localdate()).filter(pk=story.pk).exists()

    consent_to(bystander, scopes=[ConsentScope.PORTRAIT])
    by_revision(story)
    assert is_live(story)
    assert queries.stories_for(None).filter(pk=story.pk).exists()


def test_a_collective_consents_through_its_representative(draft_story, make_exemplar, consent_to):
    team = make_exemplar("Tổ Đèn Sáng", kind="collective")
    story = draft_story((team, True, True))
    with pytest.raises(PublicationRefused):
        by_revision(story)

    consent_to(team, given_by="Đại diện tổ")
    by_revision(story)

    assert is_live(story)


def test_a_draft_beside_a_live_story_can_always_be_saved(published_story, make_exemplar):
    """Adding a person without consent to the draft is no publication; publishing that draft is."""
    from media.models import StoryPerson

    story = published_story()
    story.people.add(StoryPerson(exemplar=make_exemplar("Giàng A Tủa"), named=True, pictured=False))

    revision = story.save_revision()

    assert is_live(story)
    with pytest.raises(PublicationRefused):
        revision.publish()
    assert StoryPage.objects.get(pk=story.pk).people.count() == 1


def test_going_back_to_a_revision_with_somebody_else_is_refused(published_story, make_exemplar):
    from media.models import StoryPerson

    story = published_story()
    first = story.get_latest_revision()
    story.people.add(StoryPerson(exemplar=make_exemplar("Giàng A Tủa"), named=True, pictured=False))
    refused = story.save_revision()
    first.publish()

    with pytest.raises(PublicationRefused):
        refused.publish(previous_revision=first)


def test_the_list_of_pictures_follows_what_is_stored(published_story, make_photograph):
    """A picture only in a draft is not in use for readers; after publication it is, and the old one is free."""
    from media.models import StoryPhotograph

    first, second = make_photograph("Cũ"), make_photograph("Mới")
    story = published_story(main_photograph=first)
    story.main_photograph = second
    revision = story.save_revision()
    assert set(StoryPhotograph.objects.values_list("photograph", flat=True)) == {first.pk}

    revision.publish()

    assert set(StoryPhotograph.objects.values_list("photograph", flat=True)) == {second.pk}
