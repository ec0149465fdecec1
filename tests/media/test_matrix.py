"""Every road to the public × every way consent can be lacking: all closed, with the reason; with consent, all open."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Revision

from home.domain.publishing import publish_due
from media import queries
from media.domain import press_kits, share_cards
from media.domain.consent import withdraw_consent
from media.domain.publishing import PublicationRefused
from media.enums import Channel, ConsentScope
from media.models import (
    CampaignIndexPage,
    CampaignPage,
    CampaignStory,
    Consent,
    PressKit,
    ShareCard,
    StoryPage,
    StoryPhotograph,
)
from notices.models import Notice
from people.models import Unit
from tests.media.test_admin import messages_of, story_form

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def nothing(exemplar, consent_to):
    """No consent at all."""


def expired(exemplar, consent_to):
    consent_to(exemplar, obtained_on=TODAY() - timedelta(days=9), expires_on=TODAY() - timedelta(days=1))


def withdrawn(exemplar, consent_to):
    withdraw_consent(consent_to(exemplar), actor=None)


def narrower_scope(exemplar, consent_to):
    consent_to(exemplar, scopes=[ConsentScope.NAMES])


def narrower_channel(exemplar, consent_to):
    consent_to(exemplar, channels=[Channel.PRINT])


LACKING = {
    nothing: "chưa có sự đồng ý",
    expired: "đã hết hạn",
    withdrawn: "đã rút",
    narrower_scope: "hẹp hơn",
    narrower_channel: "không bao gồm",
}


# --- Roads that write ------------------------------------------------------------------------------------


def by_revision(story):
    story.get_latest_revision().publish()


def by_saving(story):
    story.live = True
    story.save()


def by_base_record(story):
    page = Page.objects.get(pk=story.pk)
    page.live = True
    page.save()


def by_copy(story):
    StoryPage.objects.filter(pk=story.pk).update(live=True)
    try:
        StoryPage.objects.get(pk=story.pk).copy(keep_live=True, update_attrs={"slug": "ban-sao", "title": "Bản sao"})
    finally:
        StoryPage.objects.filter(pk=story.pk).update(live=False)


def by_alias(story):
    StoryPage.objects.filter(pk=story.pk).update(live=True)
    try:
        StoryPage.objects.get(pk=story.pk).create_alias(update_slug="ban-khac", parent=story.get_parent())
    finally:
        StoryPage.objects.filter(pk=story.pk).update(live=False)


def by_reverting(story):
    story.get_latest_revision().publish(previous_revision=story.get_latest_revision())


def by_translation(story):
    """A page in another language that follows this one, as Wagtail makes it for sites in several languages."""
    other, _new = Locale.objects.get_or_create(language_code="en")
    StoryPage.objects.filter(pk=story.pk).update(live=True)
    try:
        StoryPage.objects.get(pk=story.pk).copy_for_translation(other, copy_parents=True, alias=True)
    finally:
        StoryPage.objects.filter(pk=story.pk).update(live=False)


WRITING = (by_revision, by_saving, by_base_record, by_copy, by_alias, by_translation, by_reverting)


# --- Buttons of the desk ----------------------------------------------------------------------------------


def press_publish(press, story):
    form = story_form(story) | {"action-publish": "1"}
    return press.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form, follow=True)


def press_publish_many(press, story):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return press.post(f"{address}?next=/quan-tri/&id={story.pk}", {}, follow=True)


def press_revert(press, story):
    """An older version is opened, and published from there."""
    old = story.get_latest_revision()
    story.save_revision()
    press.get(reverse("wagtailadmin_pages:revisions_revert", args=[story.pk, old.pk]))
    form = story_form(story) | {"action-publish": "1", "revision": old.pk}
    return press.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form, follow=True)


def press_schedule(press, story):
    form = story_form(story, go_live_at=f"{timezone.localtime() + timedelta(days=2):%Y-%m-%d %H:%M}")
    return press.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form | {"action-publish": "1"}, follow=True)


BUTTONS = (press_publish, press_publish_many, press_revert, press_schedule)


@pytest.fixture
def press(signed_in, site):
    return signed_in("thao")


@pytest.fixture
def the_story(make_exemplar, draft_story, make_photograph, cast):
    """About one person, with their portrait in it, written by Thảo, inside a campaign that is public."""
    exemplar = make_exemplar(unit=Unit.objects.get(code="LG-TS"))
    picture = make_photograph(depicted=[exemplar])
    story = draft_story((exemplar, True, True), slug="thu", title="Truyện thử nghiệm", main_photograph=picture)
    StoryPage.objects.filter(pk=story.pk).update(owner=cast["thao"])
    campaign = CampaignPage(title="Chiến dịch thử", slug="thu", summary="Thử.")
    CampaignIndexPage.objects.get().add_child(instance=campaign)
    CampaignStory.objects.create(campaign=campaign, story=story)
    return StoryPage.objects.get(pk=story.pk)


def open_roads_for_readers(story, client) -> list[str]:
    """Where readers or programs meet the story now; the row says it is live, whoever wrote that."""
    addresses = {
        "page": "/guong-dien-hinh/thu/",
        "list": "/guong-dien-hinh/",
        "rss": "/guong-dien-hinh/rss.xml",
        "atom": "/guong-dien-hinh/feed/",
        "campaign": "/chien-dich/thu/",
        "search": "/tim-kiem/?q=truyen+thu+nghiem",
        "front page": "/",
        "sitemap": "/sitemap.xml",
        "unit page": reverse("unit_stories", args=["LG-TS"]),
    }
    found = []
    for road, address in addresses.items():
        text = client.get(address).content.decode()
        if ("/guong-dien-hinh/thu/" if road == "sitemap" else "Truyện thử nghiệm") in text:
            found.append(road)
    share_cards.make_share_card(story.pk)
    press_kits.make_press_kit(story.pk)
    found += ["share card"] * ShareCard.objects.filter(story=story).exists()
    found += ["press kit"] * PressKit.objects.filter(story=story).exists()
    rendition = story.main_photograph.get_rendition("format-jpeg|width-400")
    found += ["picture"] * (client.get(f"/tep/{rendition.file.name}").status_code == 200)
    return found


EVERYWHERE = 12


@pytest.mark.parametrize("lack", LACKING)
def test_no_road_leads_to_the_public(lack, the_story, consent_to, client, django_capture_on_commit_callbacks):
    exemplar = the_story.people.get().exemplar
    lack(exemplar, consent_to)

    for road in WRITING:
        story = StoryPage.objects.get(pk=the_story.pk)
        with pytest.raises(PublicationRefused) as refusal:
            road(story)
        assert exemplar.display_name in str(refusal.value), road.__name__
        assert LACKING[lack] in str(refusal.value), road.__name__
        assert not StoryPage.objects.live().exists(), road.__name__

    # As if somebody had written around every guard: readers still meet nothing.
    StoryPage.objects.filter(pk=the_story.pk).update(live=True, first_published_at=timezone.now())
    Page.objects.filter(pk=the_story.pk).update(live=True, first_published_at=timezone.now())
    StoryPhotograph.objects.get_or_create(story=the_story, photograph=the_story.main_photograph)
    assert open_roads_for_readers(the_story, client) == []
    # Moving it elsewhere in the tree changes nothing either.
    assert not queries.stories_for(None).exists()


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("lack", LACKING)
def test_no_button_of_the_desk_publishes(lack, button, the_story, consent_to, press):
    exemplar = the_story.people.get().exemplar
    lack(exemplar, consent_to)
    answer = button(press, the_story)
    assert LACKING[lack] in messages_of(answer)
    assert not StoryPage.objects.live().exists()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


@pytest.mark.parametrize("button", BUTTONS)
def test_with_consent_every_button_publishes(button, the_story, consent_to, press):
    """The control: the same buttons, pressed the same way."""
    consent_to(the_story.people.get().exemplar)
    button(press, the_story)
    scheduled = Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert StoryPage.objects.live().exists() is not (button is press_schedule)
    assert scheduled is (button is press_schedule)


@pytest.mark.parametrize("lack", LACKING)
def test_a_schedule_is_refused_and_the_author_told_why(lack, the_story, consent_to, cast):
    lack(the_story.people.get().exemplar, consent_to)
    for road in (publish_due, lambda: call_command("publish_scheduled")):
        Notice.objects.all().delete()
        revision = the_story.get_latest_revision()
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        revision.save()

        road()

        assert not StoryPage.objects.live().exists()
        assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
        notice = Notice.objects.get(kind="story_refused")
        assert notice.person == cast["thao"]
        assert LACKING[lack] in notice.subject
        assert notice.path == reverse("wagtailadmin_pages:edit", args=[the_story.pk])


def test_with_consent_every_road_is_open(the_story, consent_to, client):
    """The control: the same roads, asked the same way."""
    consent_to(the_story.people.get().exemplar)
    for road in (by_saving, by_revision, by_base_record, by_copy, by_alias, by_translation, by_reverting):
        road(StoryPage.objects.get(pk=the_story.pk))
    StoryPage.objects.exclude(pk=the_story.pk).delete()
    by_revision(StoryPage.objects.get(pk=the_story.pk))

    assert len(open_roads_for_readers(the_story, client)) == EVERYWHERE


def test_withdrawal_closes_every_road_at_once_and_files_within_the_minute(the_story, consent_to, client, commit, cast):
    consent = consent_to(the_story.people.get().exemplar)
    with commit():
        by_revision(the_story)
    story = StoryPage.objects.get(pk=the_story.pk)
    assert len(open_roads_for_readers(story, client)) == EVERYWHERE
    files = [rendition.file.name for rendition in story.main_photograph.renditions.all()]
    files += [ShareCard.objects.get().file.name, PressKit.objects.get().file.name]
    assert all(client.get(f"/tep/{name}").status_code == 200 for name in files)

    withdraw_consent(consent, actor=None)  # not committed yet as far as files on the disk go

    assert all(default_storage.exists(name) for name in files)
    assert [client.get(f"/tep/{name}").status_code for name in files] == [410] * len(files)
    assert client.get("/guong-dien-hinh/thu/").status_code == 410
    from media.domain import public_files

    public_files.delete_retired()
    assert not any(default_storage.exists(name) for name in files)
    assert [client.get(f"/tep/{name}").status_code for name in files] == [410] * len(files)
    assert Consent.objects.get().withdrawn_at


def test_the_page_of_a_removed_story_says_only_that_and_when(the_story, consent_to, client, commit, press):
    consent_to(the_story.people.get().exemplar)
    with commit():
        by_revision(the_story)
    address = reverse("remove_story", args=[the_story.pk])
    press.post(address, {"reason": ""})
    assert StoryPage.objects.get(pk=the_story.pk).live
    with commit():
        press.post(address, {"reason": "Lý do bí mật"})

    client.logout()
    answer = client.get("/guong-dien-hinh/thu/")
    text = answer.content.decode()
    assert answer.status_code == 410
    assert f"{timezone.localdate():%d/%m/%Y}" in text
    for secret in ("Lý do bí mật", "Truyện thử nghiệm", "Lường Thị Dịu"):
        assert secret not in text


def test_old_versions_of_who_withdrew_are_closed_to_editors(the_story, consent_to, press, commit):
    consent = consent_to(the_story.people.get().exemplar)
    revision = the_story.get_latest_revision()
    addresses = [
        reverse("wagtailadmin_pages:revisions_view", args=[the_story.pk, revision.pk]),
        reverse("wagtailadmin_pages:revisions_revert", args=[the_story.pk, revision.pk]),
        reverse("wagtailadmin_pages:revisions_compare", args=[the_story.pk, revision.pk, "live"]),
    ]
    assert {press.get(address).status_code for address in addresses} == {200}
    with commit():
        withdraw_consent(consent, actor=None)
    assert {press.get(address).status_code for address in addresses} == {302}


def test_there_is_no_programming_interface_that_publishes():
    names = {str(pattern.pattern) for pattern in get_resolver().url_patterns}
    assert not any("api/v2" in name or "api/v3" in name for name in names)
