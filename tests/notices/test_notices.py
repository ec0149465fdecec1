"""Notices: each fact told once, to its own reader only; reading needs a form, looking changes nothing."""

import pytest
from django.urls import reverse

from notices.domain.sending import notify
from notices.enums import NoticeKind
from notices.models import Notice
from notices.queries import notices_for, unread_for


@pytest.fixture
def notice(cast) -> Notice:
    tell(cast["lan"])
    return Notice.objects.get()


def tell(person, key="completion-1", path="/giay-xac-nhan/"):
    notify(person.pk, NoticeKind.CERTIFICATE_READY, subject="Quy tắc ứng xử", path=path, key=key)


def test_the_same_fact_is_told_once(cast, notice):
    tell(cast["lan"])
    assert Notice.objects.count() == 1
    tell(cast["lan"], key="completion-2")
    tell(cast["minh"])
    assert Notice.objects.count() == 3


def test_everybody_sees_their_own_only(cast, notice):
    assert list(notices_for(cast["lan"])) == list(unread_for(cast["lan"])) == [notice]
    for other in set(cast) - {"lan"}:
        assert not notices_for(cast[other]).exists()


def test_the_list_shows_them_and_marks_nothing_as_read(signed_in, site, notice):
    page = signed_in("lan").get(reverse("notices:list")).content.decode()
    assert "Quy tắc ứng xử" in page
    notice.refresh_from_db()
    assert notice.read_at is None


def test_opening_one_marks_it_as_read_and_leads_to_its_matter(signed_in, notice):
    response = signed_in("lan").post(reverse("notices:open", args=[notice.pk]))
    assert response.url == "/giay-xac-nhan/"
    notice.refresh_from_db()
    first_read = notice.read_at
    assert first_read
    signed_in("lan").post(reverse("notices:open", args=[notice.pk]))
    notice.refresh_from_db()
    assert notice.read_at == first_read


def test_somebody_elses_notice_does_not_exist(signed_in, notice):
    assert signed_in("minh").post(reverse("notices:open", args=[notice.pk])).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_are_read_at_once_and_only_ones_own(signed_in, cast, notice):
    tell(cast["minh"])
    signed_in("lan").post(reverse("notices:read_all"))
    assert not unread_for(cast["lan"]).exists()
    assert unread_for(cast["minh"]).count() == 1


def test_the_bell_of_every_page_counts_what_is_unread(signed_in, site, notice):
    browser = signed_in("lan")
    assert browser.get(reverse("account_page")).context["unread_notices"]() == 1
    browser.post(reverse("notices:read_all"))
    assert browser.get(reverse("account_page")).context["unread_notices"]() == 0
