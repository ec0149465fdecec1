"""Pages with a date: published and taken down when their time comes, each on its own."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Revision

from home.domain.publishing import publish_due
from home.models import StandardPage
from home.tasks import publish_scheduled_pages

AN_HOUR = timedelta(hours=1)


@pytest.fixture
def scheduled(site):
    """A function: a page that an editor has appointed for publication at a time."""

    def appoint(slug: str, at) -> StandardPage:
        page = StandardPage(title=slug, slug=slug, body="<p>Chữ</p>", live=False, go_live_at=timezone.now() + AN_HOUR)
        site.add_child(instance=page)
        revision = page.save_revision()
        revision.publish()
        page.refresh_from_db()
        assert not page.live
        content = revision.content | {"go_live_at": at.isoformat()}
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=at, content=content)
        return page

    return appoint


def is_live(page) -> bool:
    return StandardPage.objects.get(pk=page.pk).live


def test_a_page_appears_when_its_time_has_come(scheduled):
    due, later = scheduled("a", timezone.now() - AN_HOUR), scheduled("b", timezone.now() + AN_HOUR)
    publish_scheduled_pages()
    assert (is_live(due), is_live(later)) == (True, False)


def test_an_expired_page_is_taken_down(site):
    page = StandardPage.objects.get(slug="lien-he")
    StandardPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - AN_HOUR)
    publish_due()
    assert not is_live(page)
    assert StandardPage.objects.get(pk=page.pk).expired


def refuse(monkeypatch, slug: str) -> None:
    usual = Revision.publish

    def publish(revision, **kwargs):
        if revision.as_object().slug == slug:
            raise ValidationError("no consent")
        return usual(revision, **kwargs)

    monkeypatch.setattr(Revision, "publish", publish)


def test_one_refusal_does_not_hold_up_the_others(scheduled, monkeypatch):
    refused = scheduled("a", timezone.now() - 2 * AN_HOUR)
    due = scheduled("b", timezone.now() - AN_HOUR)
    refuse(monkeypatch, "a")
    assert publish_due() == 1
    assert (is_live(refused), is_live(due)) == (False, True)
    assert publish_due() == 0, "a refused appointment is not tried again"
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_control_wagtails_own_command_stops_at_the_refusal(scheduled, monkeypatch):
    from django.core.management import call_command

    scheduled("a", timezone.now() - 2 * AN_HOUR)
    due = scheduled("b", timezone.now() - AN_HOUR)
    refuse(monkeypatch, "a")
    with pytest.raises(ValidationError):
        call_command("publish_scheduled")
    assert not is_live(due)
