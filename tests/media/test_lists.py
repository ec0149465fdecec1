"""Every list of the room costs the same queries with one row and with three, and is headed in Vietnamese."""

import itertools
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from media.domain import consent_requests, council, exemptions, reads, story_links
from media.enums import Channel, ConsentScope, LinkPurpose
from media.models import Adoption, CampaignIndexPage, CampaignPage, CampaignStory, CouncilSession
from people.models import Unit

pytestmark = pytest.mark.django_db
NAMES = itertools.count(1)


@pytest.fixture
def stage(cast, site, make_exemplar, make_photograph, consent_to, draft_story, published_story):
    """Functions by the name of a list: each makes one more row of it."""

    def someone():
        return make_exemplar(f"Người thứ {next(NAMES)}", unit=Unit.objects.get(code="LG-TS"))

    def story():
        return published_story(someone(), title=f"Chuyện {next(NAMES)}", slug=f"chuyen-{next(NAMES)}")

    def request():
        exemplar = someone()
        about = draft_story((exemplar, True, True), title=f"Nháp {next(NAMES)}")
        consent_requests.ask(
            exemplar, actor=cast["thao"], scopes=[ConsentScope.NAMES], channels=[Channel.SITE], story=about
        )

    def link():
        draft = draft_story((someone(), True, True), title=f"Nháp {next(NAMES)}")
        story_links.make(
            draft,
            actor=cast["thao"],
            purpose=LinkPurpose.APPROVE,
            name="Bà Minh Họa",
            expires_at=timezone.now() + timedelta(days=3),
        )

    def exemption():
        photograph = make_photograph(depicted=[someone()], uploaded_by_user=cast["thao"])
        exemptions.grant(
            photograph,
            actor=cast["an"],
            event="Ngày hội",
            event_place="Nà Sương",
            event_on=timezone.localdate() - timedelta(days=5),
            reason="Cảnh chung; Điều 32 Bộ luật Dân sự.",
        )

    def adoption():
        proof = ContentFile(b"%PDF-1.4", name="anh.pdf")
        Adoption.objects.create(
            story=story(), unit=Unit.objects.order_by("pk").first(), text="Cũng vậy.", proof=proof, sent_by=cast["hoa"]
        )

    def campaign():
        page = CampaignPage(title=f"Chiến dịch {next(NAMES)}", slug=f"chien-dich-{next(NAMES)}", summary="Thử.")
        CampaignIndexPage.objects.get().add_child(instance=page)

    def in_campaign():
        page = CampaignPage.objects.filter(slug="thu").first()
        if page is None:
            page = CampaignPage(title="Thử", slug="thu", summary="Thử.")
            CampaignIndexPage.objects.get().add_child(instance=page)
        CampaignStory.objects.create(campaign=page, story=story())

    def meeting():
        council.open_session(
            unit=Unit.objects.get(code="LG"),
            actor=cast["quang"],
            title=f"Đợt {next(NAMES)}",
            held_on=timezone.localdate(),
        )
        assert CouncilSession.objects.exists()

    def read():
        for _ in range(3):
            reads.note(story().pk)
        reads.flush()

    return {
        "exemplar": someone,
        "consent": lambda: consent_to(someone()),
        "request": request,
        "link": link,
        "exemption": exemption,
        "adoption": adoption,
        "story": story,
        "campaign": campaign,
        "in_campaign": in_campaign,
        "meeting": meeting,
        "photograph": lambda: make_photograph(f"Tranh {next(NAMES)}", depicted=[someone()]),
        "read": read,
    }


LISTS = {
    "exemplar": ("thao", lambda: reverse("wagtailsnippets_media_exemplar:list")),
    "consent": ("thao", lambda: reverse("consents:index")),
    "request": ("thao", lambda: reverse("consent_requests:index")),
    "link": ("thao", lambda: reverse("story_links:index")),
    "exemption": ("thao", lambda: reverse("exemptions:index")),
    "adoption": ("thao", lambda: reverse("adoptions:index")),
    "read": ("thao", lambda: reverse("story_reads")),
    "story": (None, lambda: "/guong-dien-hinh/?page=1"),
    "campaign": (None, lambda: "/chien-dich/"),
    "in_campaign": (None, lambda: "/chien-dich/thu/"),
    "meeting": ("quang", lambda: reverse("council")),
}
ALSO = {"unit page": ("story", None, lambda: reverse("unit_stories", args=["LG-TS"]))}
ALL = {name: (name, who, address) for name, (who, address) in LISTS.items()} | ALSO


@pytest.mark.parametrize("which", ALL)
def test_one_row_and_three_cost_the_same(which, stage, signed_in, client):
    row, who, address = ALL[which]
    reader = signed_in(who) if who else client
    counts = []
    for more in (1, 2):
        for _ in range(more):
            stage[row]()
        reader.get(address())
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(address()).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


ENGLISH = ("Asked at", "Sent at", "Accepted at", "Event on", "Revoked at", "Expires at", "Recheck on")


@pytest.mark.parametrize("which", ["exemplar", "request", "link", "exemption", "adoption"])
def test_lists_of_the_desk_are_headed_in_vietnamese(which, stage, signed_in):
    stage[which]()
    page = signed_in("thao").get(LISTS[which][1]()).content.decode()
    assert [heading for heading in ENGLISH if heading in page] == []
