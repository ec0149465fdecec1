"""What readers see, and what must never reach them: page, list, feed, search, sitemap, campaign, home."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from media import queries
from media.domain.consent import withdraw_consent
from media.enums import Channel, ConsentScope
from media.models import CampaignIndexPage, CampaignPage, CampaignStory, Consent, ShareCard, StoryPage

pytestmark = pytest.mark.django_db

PUBLIC_ADDRESSES = [
    "/guong-dien-hinh/",
    "/guong-dien-hinh/rss.xml",
    "/sitemap.xml",
    "/tim-kiem/?q=chiec+ghe",
    "/chien-dich/thu/",
    "/",
]


@pytest.fixture
def campaign(site):
    index = CampaignIndexPage.objects.get()
    page = CampaignPage(title="Mỗi ngày một việc", slug="thu", summary="Việc nhỏ.", slogan="Làm ngay")
    index.add_child(instance=page)
    page.save_revision().publish()
    return page


def put_into(campaign, story):
    campaign.campaign_stories.add(CampaignStory(story=story))
    campaign.save_revision().publish()


def lapse(story):
    """The consent ran out yesterday and no sweep has run yet. Only a test may rewrite a consent."""
    yesterday = timezone.localdate() - timedelta(days=1)
    long_ago = timezone.localdate() - timedelta(days=400)
    exemplars = story.people.values("exemplar")
    Consent.objects.filter(exemplar__in=exemplars).update(obtained_on=long_ago, expires_on=yesterday)


def withdraw(story):
    for consent in Consent.objects.filter(exemplar__in=story.people.values("exemplar")):
        withdraw_consent(consent, actor=None)


def unpublish(story):
    story.unpublish()


def test_a_published_story_is_seen_everywhere(client, published_story, campaign, commit):
    with commit():
        story = published_story(slug="chiec-ghe")
        put_into(campaign, story)

    assert client.get("/guong-dien-hinh/chiec-ghe/").status_code == 200
    for address in PUBLIC_ADDRESSES:
        response = client.get(address)
        assert response.status_code == 200, address
        wanted = "/chiec-ghe/" if address == "/sitemap.xml" else "Chiếc ghế"
        assert wanted in response.content.decode(), address


@pytest.mark.parametrize("end", [lapse, withdraw, unpublish])
def test_a_story_that_ended_is_seen_nowhere(end, client, published_story, campaign, commit):
    with commit():
        story = published_story(slug="chiec-ghe")
        put_into(campaign, story)
    client.get("/guong-dien-hinh/chiec-ghe/")

    with commit():
        end(story)

    assert client.get("/guong-dien-hinh/chiec-ghe/").status_code == 410
    for address in PUBLIC_ADDRESSES:
        text = client.get(address).content.decode()
        assert "Chiếc ghế" not in text, address
        assert "/chiec-ghe/" not in text, address
        assert "Lường Thị Dịu" not in text, address


def test_a_draft_is_seen_nowhere(client, draft_story, make_exemplar, consent_to, campaign):
    exemplar = make_exemplar()
    consent_to(exemplar)
    put_into(campaign, draft_story((exemplar, True, True), slug="chiec-ghe"))

    assert client.get("/guong-dien-hinh/chiec-ghe/").status_code == 404
    for address in PUBLIC_ADDRESSES:
        assert "Chiếc ghế" not in client.get(address).content.decode(), address


def test_a_lapsed_story_is_not_shown_through_any_write_around_the_guard(client, draft_story, make_exemplar):
    """Even a bulk update that no guard can see shows nothing."""
    story = draft_story((make_exemplar(), True, True), slug="chiec-ghe")
    StoryPage.objects.filter(pk=story.pk).update(live=True)

    assert client.get("/guong-dien-hinh/chiec-ghe/").status_code == 404
    assert "Chiếc ghế" not in client.get("/guong-dien-hinh/").content.decode()
    assert queries.withheld_stories().get() == story


def test_search_takes_the_stories_query(published_story):
    story = published_story()

    assert list(queries.stories_for(None).search("chiec ghe")) == [story]


def test_position_and_unit_need_a_consent_of_their_own(client, make_exemplar, consent_to, published_story):
    exemplar = make_exemplar(position_title="Công chức Một cửa")
    consent_to(exemplar, scopes=[ConsentScope.NAMES, ConsentScope.STORY, ConsentScope.PORTRAIT])
    published_story(exemplar, slug="chiec-ghe")

    text = client.get("/guong-dien-hinh/chiec-ghe/").content.decode()

    assert "Lường Thị Dịu" in text
    assert "Công chức Một cửa" not in text
    assert "UBND xã Khe Mây" not in text


def test_somebody_who_is_only_pictured_is_not_named(client, make_exemplar, consent_to, draft_story):
    teller, shy = make_exemplar(), make_exemplar("Giàng A Tủa")
    consent_to(teller)
    consent_to(shy, scopes=[ConsentScope.PORTRAIT])
    story = draft_story((teller, True, True), (shy, False, True), slug="chiec-ghe")
    story.get_latest_revision().publish()

    assert "Giàng A Tủa" not in client.get("/guong-dien-hinh/chiec-ghe/").content.decode()


def test_the_story_says_what_readers_must_know(client, published_story, make_photograph, commit):
    picture = make_photograph(alt_text="Nữ công chức bên quầy", credit="Tranh: Nguyễn Thử", caption="Ở quầy")
    with commit():
        published_story(slug="chiec-ghe", main_photograph=picture, is_fictional=True, byline="Bài: Tổ báo chí")

    text = client.get("/guong-dien-hinh/chiec-ghe/").content.decode()

    for wanted in (
        "Nữ công chức bên quầy",
        "Tranh: Nguyễn Thử",
        "Ở quầy",
        "Bài: Tổ báo chí",
        'class="tag tag--gold"',
    ):
        assert wanted in text
    assert 'property="og:title" content="Chiếc ghế"' in text
    assert "/tep/share-cards/" in text
    assert 'loading="lazy"' not in text.split("</figure>")[0]  # the main picture is not put off


def test_a_fictional_story_says_so_in_list_and_feed(client, published_story):
    published_story(slug="chiec-ghe", is_fictional=True)

    assert 'class="tag tag--gold"' in client.get("/guong-dien-hinh/").content.decode()
    assert "Chiếc ghế (" in client.get("/guong-dien-hinh/rss.xml").content.decode()


def test_the_feed_names_no_private_file(client, published_story, commit):
    with commit():
        published_story()

    text = client.get("/guong-dien-hinh/rss.xml").content.decode()

    assert "original_images" not in text
    assert "/tep/" not in text


def test_pictures_are_ready_before_the_first_reader(client, published_story, make_photograph, commit):
    from media.models import Rendition

    extra, portrait = make_photograph("Trong bài"), make_photograph("Chân dung")
    with commit():
        published_story(slug="chiec-ghe", body_photograph=extra, portrait=portrait)
    made = Rendition.objects.count()

    client.get("/guong-dien-hinh/chiec-ghe/")
    client.get("/guong-dien-hinh/")
    client.get("/")

    assert made
    assert Rendition.objects.count() == made


def count_queries(client, address) -> int:
    client.get(address)  # fills caches of content types and sites
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_lists_cost_the_same_with_one_and_with_three_stories(
    client, published_story, make_exemplar, make_photograph, campaign, commit
):
    addresses = ["/guong-dien-hinh/", "/guong-dien-hinh/rss.xml", "/chien-dich/thu/", "/chien-dich/"]
    with commit():
        put_into(campaign, published_story())
    one = [count_queries(client, address) for address in addresses]
    with commit():
        for number in (2, 3):
            team = make_exemplar(f"Tổ {number}", kind="collective")
            picture = make_photograph(depicted=[team])
            put_into(campaign, published_story(team, title=f"Truyện {number}", main_photograph=picture))

    assert [count_queries(client, address) for address in addresses] == one


def test_a_story_costs_the_same_with_one_and_with_three_people(
    client, draft_story, make_exemplar, make_photograph, consent_to, commit
):
    counts = []
    for people in (1, 3):
        exemplars = [make_exemplar(f"Người {people}.{number}") for number in range(people)]
        for exemplar in exemplars:
            consent_to(exemplar)
        portrait = make_photograph(depicted=exemplars)
        story = draft_story(
            *((exemplar, True, True) for exemplar in exemplars), slug=f"truyen-{people}", portrait=portrait
        )
        with commit():
            story.get_latest_revision().publish()
        counts.append(count_queries(client, f"/guong-dien-hinh/truyen-{people}/"))

    assert counts[0] == counts[1]


def test_a_get_writes_nothing(client, published_story, commit):
    with commit():
        published_story(slug="chiec-ghe")
    addresses = [
        "/guong-dien-hinh/chiec-ghe/",
        "/guong-dien-hinh/",
        "/guong-dien-hinh/rss.xml",
        "/chien-dich/",
    ]
    with CaptureQueriesContext(connection) as captured:
        for address in addresses:
            client.get(address)

    written = [q["sql"] for q in captured if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert written == []


def test_the_share_card_is_a_small_jpeg_that_goes_with_the_story(client, published_story, commit):
    with commit():
        story = published_story(slug="chiec-ghe")
    name = ShareCard.objects.get(story=story).file.name
    with default_storage.open(name) as file, Image.open(file) as card:
        assert (card.format, card.size) == ("JPEG", (1200, 630))
    assert default_storage.size(name) < 300 * 1024
    assert name in client.get("/guong-dien-hinh/chiec-ghe/").content.decode()

    with commit():
        story.unpublish()

    assert not ShareCard.objects.exists()
    assert not default_storage.exists(name)
    assert client.get(f"/tep/{name}").status_code == 410


def test_without_consent_to_social_networks_the_card_shows_no_picture(
    published_story, make_exemplar, consent_to, commit, monkeypatch
):
    from media import share_card

    drawn = []
    monkeypatch.setattr(share_card, "draw", lambda **facts: drawn.append(facts) or b"jpeg")
    private, public = make_exemplar(), make_exemplar("Vàng Thị Sáo")
    consent_to(private, channels=[Channel.SITE])
    consent_to(public)

    with commit():
        published_story(private)
        published_story(public, title="Truyện khác")

    assert [facts["photograph"] is None for facts in drawn] == [True, False]


def test_a_campaign_that_ends_before_it_begins_is_refused(campaign):
    from django.core.exceptions import ValidationError

    campaign.starts_on, campaign.ends_on = timezone.localdate(), timezone.localdate() - timedelta(days=1)

    with pytest.raises(ValidationError):
        campaign.save()


def test_stories_stand_under_the_list_only():
    assert [model.__name__ for model in StoryPage.allowed_parent_page_models()] == ["StoryIndexPage"]
