"""The desk's first page: everybody finds their own work there, and only theirs."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from h5p.models import LibraryProposal
from media.domain.consent import record_consent, withdraw_consent
from media.enums import Channel, ConsentMeans, ConsentScope, ExemplarKind
from media.models import ConsentRequest, Exemplar, StoryIndexPage, StoryPage
from people.models import Person

pytestmark = pytest.mark.django_db

HOME = "wagtailadmin_home"


@pytest.fixture(autouse=True)
def _site(site, cast):
    """The demo's people and empty rooms."""


def exemplar(name: str) -> Exemplar:
    return Exemplar.objects.create(display_name=name, kind=ExemplarKind.PERSON, unit_name="UBND xã (minh họa)")


def ask(subject: Exemplar) -> ConsentRequest:
    return ConsentRequest.objects.create(
        exemplar=subject, names=True, text_shown="…", text_version="1", asked_by=Person.objects.get(username="thao")
    )


def page_of(client) -> str:
    return client.get(reverse(HOME)).content.decode()


def test_a_press_officer_finds_where_to_begin_and_what_waits(signed_in):
    client = signed_in("thao")
    page = page_of(client)
    index = StoryIndexPage.objects.get()
    assert reverse("wagtailadmin_pages:add", args=["media", "storypage", index.pk]) in page
    assert "Không còn việc nào đang chờ" in page
    ask(exemplar("Nguyễn Thị Ẩn (minh họa)"))
    index.add_child(instance=StoryPage(title="Bản nháp", slug="ban-nhap", live=False))
    page = page_of(client)
    assert "<b>1</b><span>đề nghị đồng ý chưa được trả lời</span>" in page
    assert "<b>1</b><span>bài viết đang soạn</span>" in page
    assert "Không còn việc nào đang chờ" not in page


def test_a_consent_that_ends_soon_is_announced_until_there_is_another(signed_in):
    client, subject, today = signed_in("thao"), exemplar("Giàng A Páo (minh họa)"), timezone.localdate()
    press = Person.objects.get(username="thao")

    def record(expires_on):
        return record_consent(
            subject,
            actor=press,
            given_by=subject.display_name,
            scopes=[ConsentScope.NAMES],
            channels=[Channel.SITE],
            text_shown="Tôi đồng ý.",
            text_version="1",
            obtained_how=ConsentMeans.PAPER,
            obtained_on=today,
            expires_on=expires_on,
            evidence=ContentFile(b"%PDF-1.4 ...", "giay.pdf"),
        )

    record(today + timedelta(days=10))
    text = "sự đồng ý hết hạn trong 30 ngày tới"
    assert text in page_of(client)
    second = record(None)
    assert text not in page_of(client)
    withdraw_consent(second, actor=press)
    assert text in page_of(client)


@pytest.mark.parametrize(
    ("username", "begins", "never"),
    [
        ("thao", "Viết bài mới", "Soạn khóa học mới"),
        ("tam", "Soạn khóa học mới", "Viết bài mới"),
    ],
)
def test_nobody_finds_the_work_of_others(signed_in, username, begins, never):
    ask(exemplar("Nguyễn Thị Ẩn (minh họa)"))
    page = page_of(signed_in(username))
    assert begins in page
    assert never not in page
    assert ("đề nghị đồng ý chưa được trả lời" in page) is (username == "thao")


def test_everything_that_waits_can_be_opened_by_whom_it_waits_for(signed_in):
    from shared.desk import work

    for username in ("thao", "tam", "an"):
        client, viewer = signed_in(username), Person.objects.get(username=username)
        entries = [entry for source in work._sources for entry in source(viewer)]
        assert entries
        for entry in entries:
            assert client.get(entry.address, follow=True).status_code == 200, (username, entry)


def test_the_page_asks_as_often_for_many_as_for_one(signed_in):
    client, counts = signed_in("an"), []
    for number in (1, 3):
        while ConsentRequest.objects.count() < number:
            ask(exemplar(f"Người thứ {number} (minh họa)"))
        page_of(client)
        with CaptureQueriesContext(connection) as queries:
            page_of(client)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert not LibraryProposal.objects.exists()
