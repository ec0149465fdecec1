"""Before publication: links, embargo. After it: notices, kits, feeds, examples applied elsewhere, reads, kept pages."""

import gzip
import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from media import queries
from media.domain import adoptions, kept_pages, reads, story_links
from media.domain.consent import withdraw_consent
from media.enums import Channel, LinkAnswer, LinkPurpose
from media.models import Adoption, Consent, PressKit, StoryLink, StoryNotice, StoryPage, StoryReads
from notices.models import Notice
from people.models import AuditEntry, Unit
from shared.errors import DomainError

pytestmark = pytest.mark.django_db
READER = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 12)", "HTTP_ACCEPT_ENCODING": "gzip"}


@pytest.fixture
def link(cast, draft_story, make_exemplar):
    def make(purpose=LinkPurpose.APPROVE, story=None, days=7, **fields):
        story = story or draft_story((make_exemplar(), True, True), title="Bản nháp quý")
        until = timezone.now() + timedelta(days=days)
        return story_links.make(
            story, actor=cast["thao"], purpose=purpose, name="Bà Minh Họa", expires_at=until, **fields
        )

    return make


def test_somebody_without_an_account_reads_and_approves_by_link(link, client, cast, commit, mailoutbox):
    with commit():
        made = link(email="ba@example.vn")
    address = reverse("story_link", args=[story_links.token_of(made)])
    assert address in mailoutbox[0].body
    assert "Bản nháp quý" in client.get(address).content.decode()
    draft = client.get(reverse("story_link_draft", args=[story_links.token_of(made)]))
    assert draft.status_code == 200
    assert 'content="noindex"' in draft.content.decode()

    assert client.post(address, {"answer": "changes"}).status_code == 422  # says nothing
    client.post(address, {"answer": "approved"})

    made.refresh_from_db()
    assert (made.answer, made.revision_id) == (LinkAnswer.APPROVED, made.story.latest_revision_id)
    actions = AuditEntry.objects.filter(action__startswith="story_link").values_list("action", flat=True)
    assert set(actions) == {"story_link.made", "story_link.opened", "story_link.answered"}
    assert Notice.objects.filter(person=cast["thao"], kind="story_link_answered").exists()
    with pytest.raises(DomainError):
        story_links.answer(made, LinkAnswer.CHANGES, "Khác")


def test_a_link_expires_and_cannot_be_made_up(link, client):
    made = link()
    token = story_links.token_of(made)
    StoryLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert "hết hạn" in client.get(reverse("story_link", args=[token])).content.decode()
    assert client.get(reverse("story_link_draft", args=[token])).status_code == 404
    assert client.get(reverse("story_link", args=[token[:-1] + "x"])).status_code == 404


def test_a_draft_of_who_withdrew_is_closed_to_links_too(link, client, make_exemplar, draft_story, consent_to):
    exemplar = make_exemplar()
    consent = consent_to(exemplar)
    token = story_links.token_of(link(story=draft_story((exemplar, True, True))))
    withdraw_consent(consent, actor=None)
    assert client.get(reverse("story_link_draft", args=[token])).status_code == 404


def test_an_embargo_keeps_a_published_story_until_its_hour(link, client, published_story):
    story = published_story(slug="giu-tin", embargo_until=timezone.now() + timedelta(hours=3))
    assert story.live
    assert client.get("/guong-dien-hinh/giu-tin/").status_code == 404
    assert story.title not in client.get("/guong-dien-hinh/").content.decode()
    newspaper = story_links.token_of(link(LinkPurpose.PREVIEW, story=story))
    assert client.get(reverse("story_link_draft", args=[newspaper])).status_code == 200
    StoryPage.objects.update(embargo_until=timezone.now())
    assert client.get("/guong-dien-hinh/giu-tin/").status_code == 200


def test_corrections_and_data_for_programs_stand_on_the_page(client, published_story):
    story = published_story(slug="truyen", title="Chuyện </script> nhỏ")
    StoryNotice.objects.create(story=story, kind="correction", text="Bảy quầy, không phải sáu.")
    text = client.get("/guong-dien-hinh/truyen/").content.decode()
    assert "Đính chính" in text
    assert "Bảy quầy" in text
    data = text.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert json.loads(data)["headline"] == "Chuyện </script> nhỏ"


def test_feeds_carry_the_full_text(client, published_story):
    published_story(slug="truyen")
    for address in ("/guong-dien-hinh/feed/", "/guong-dien-hinh/rss.xml"):
        text = client.get(address).content.decode()
        assert "Một câu chuyện ngắn về một ngày ở xã." in text
        assert "/tep/" not in text


def test_the_press_kit_has_text_and_large_pictures_without_camera_data(
    client, published_story, make_photograph, commit
):
    from tests.media.test_photographs import photograph_from_a_camera

    picture = make_photograph("Quầy", content=photograph_from_a_camera(), caption="Chị Dịu tại quầy")
    with commit():
        published_story(slug="truyen", main_photograph=picture)
    kit = PressKit.objects.get()
    page = client.get("/guong-dien-hinh/truyen/").content.decode()
    assert kit.file.url in page
    assert "600 × 900" in page
    answer = client.get(kit.file.url)
    content = b"".join(answer.streaming_content)
    assert (len(content), answer.status_code) == (kit.size, 200)
    with ZipFile(BytesIO(content)) as files:
        names = set(files.namelist())
        assert {"anh-1.jpg", "bai-viet.txt", "chu-thich-anh.txt", "chu-thich-anh.json"} <= names
        assert "Chị Dịu tại quầy" in files.read("chu-thich-anh.txt").decode()
        assert "Chiếc ghế" in files.read("bai-viet.txt").decode()
        photographs = files.read("anh-1.jpg")
    assert b"Secret Camera" not in photographs
    with Image.open(BytesIO(photographs)) as image:
        assert not image.getexif()


def test_without_consent_to_print_there_is_no_kit_and_without_social_no_share_links(
    client, published_story, make_exemplar, consent_to, commit
):
    exemplar = make_exemplar()
    consent_to(exemplar, channels=[Channel.SITE])
    with commit():
        published_story(exemplar, slug="truyen")
    page = client.get("/guong-dien-hinh/truyen/").content.decode()
    assert not PressKit.objects.exists()
    assert "facebook.com" not in page
    consent_to(exemplar)
    assert "facebook.com/sharer" in client.get("/guong-dien-hinh/truyen/").content.decode()


def test_another_unit_reports_with_proof_and_the_press_accepts(signed_in, published_story, site, cast):
    story = published_story(slug="truyen")
    unit = Unit.objects.get(code="LG-TS")
    address = reverse("adopt_story", args=["truyen"])
    form = {"unit": unit.pk, "text": "Kê ghế ở cả bốn quầy từ tháng Mười."}
    head = signed_in("hoa")
    assert head.post(address, form).status_code == 422  # no proof
    proof = SimpleUploadedFile("anh.pdf", b"%PDF-1.4")
    assert head.post(address, form | {"proof": proof}).status_code == 302
    adoption = Adoption.objects.get()
    assert form["text"] not in head.get("/guong-dien-hinh/truyen/").content.decode()
    assert signed_in("lan").get(address).status_code == 403
    with pytest.raises(DomainError):
        adoptions.report(story, unit, actor=cast["hoa"], text="Lần nữa", proof=proof)

    press = signed_in("thao")
    assert press.get(reverse("adoptions:index")).status_code == 200
    assert press.get(reverse("adoptions:inspect", args=[adoption.pk])).status_code == 200
    press.post(reverse("adoptions:accept", args=[adoption.pk]))
    assert form["text"] in press.get("/guong-dien-hinh/truyen/").content.decode()


def test_reads_are_counted_of_people_and_shown_by_the_storys_unit(client, published_story, signed_in, site):
    story = published_story(slug="truyen")
    for agent in ("Mozilla/5.0", "Mozilla/5.0", "facebookexternalhit/1.1", ""):
        response = client.get("/guong-dien-hinh/truyen/", HTTP_USER_AGENT=agent, HTTP_ACCEPT_ENCODING="gzip")
        assert not response.cookies
    press = signed_in("thao")
    press.get("/guong-dien-hinh/truyen/", **READER)
    reads.flush()
    assert StoryReads.objects.get(story=story).count == 2
    page = press.get(reverse("story_reads")).content.decode()
    assert "UBND xã Khe Mây: 2" in page
    assert signed_in("tam").get(reverse("story_reads")).status_code in (302, 403)


def test_a_kept_page_is_the_same_page_and_ends_with_the_change(client, published_story, django_assert_num_queries):
    story = published_story(slug="truyen")
    first = client.get("/guong-dien-hinh/truyen/", **READER)
    with django_assert_num_queries(1):
        kept = client.get("/guong-dien-hinh/truyen/", **READER)
    assert gzip.decompress(kept.content) == gzip.decompress(first.content)
    assert kept.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    reads.flush()

    withdraw_consent(Consent.objects.get(), actor=None)
    assert client.get("/guong-dien-hinh/truyen/", **READER).status_code == 410
    assert not queries.stories_for(None).filter(pk=story.pk).exists()


def test_pages_of_people_signed_in_and_searches_are_never_kept(client, published_story, signed_in):
    published_story(slug="truyen")
    client.get("/guong-dien-hinh/truyen/?x=1", **READER)
    signed_in("lan").get("/guong-dien-hinh/truyen/", **READER)
    assert kept_pages.find("http://testserver/guong-dien-hinh/truyen/", kept_pages.stamp()) is None


def test_the_page_and_its_first_picture_are_light(client, published_story, make_photograph, commit):
    with commit():
        published_story(slug="truyen", main_photograph=make_photograph())
    response = client.get("/guong-dien-hinh/truyen/", **READER)
    assert len(response.content) < 20 * 1024


def test_the_desks_forms_open(signed_in, site, draft_story, make_exemplar):
    press = signed_in("thao")
    story = draft_story((make_exemplar(), True, True))
    for name in ("story_links", "adoptions", "exemptions", "consent_requests"):
        assert press.get(reverse(f"{name}:index")).status_code == 200
    until = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    form = {"story": story.pk, "purpose": "approve", "name": "Ông Minh Họa", "expires_at": until}
    assert press.get(f"{reverse('story_links:add')}?story={story.pk}").status_code == 200
    press.post(reverse("story_links:add"), form)
    made = StoryLink.objects.get()
    assert story_links.token_of(made) in press.get(reverse("story_links:inspect", args=[made.pk])).content.decode()
    edit = press.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert "Ông Minh Họa" in edit
