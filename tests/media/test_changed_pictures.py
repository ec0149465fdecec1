"""Other pictures on a published story are published by whoever approves stories, not by the press officer alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from media.models import StoryPage
from tests.media.test_admin import messages_of, story_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def public_story(site, make_exemplar, draft_story, make_photograph, consent_to) -> StoryPage:
    exemplar = make_exemplar()
    consent_to(exemplar)
    picture = make_photograph(depicted=[exemplar])
    story = draft_story((exemplar, True, True), title="Truyện đang đăng", main_photograph=picture)
    story.save_revision().publish()
    return StoryPage.objects.get(pk=story.pk)


def publish_with(browser, story, picture, **extra):
    """The picture chosen in the editor and the button pressed."""
    changed = StoryPage.objects.get(pk=story.pk)
    changed.main_photograph = picture
    form = story_form(changed, **extra) | {"action-publish": "1"}
    return browser.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form, follow=True)


def shown(story):
    return StoryPage.objects.get(pk=story.pk).main_photograph_id


def test_another_picture_waits_for_approval_and_is_kept_as_a_draft(public_story, make_photograph, signed_in):
    other, before = make_photograph(), shown(public_story)
    answer = publish_with(signed_in("thao"), public_story, other)
    assert "có ảnh thay đổi" in messages_of(answer)
    assert shown(public_story) == before
    kept = StoryPage.objects.get(pk=public_story.pk).get_latest_revision_as_object()
    assert kept.main_photograph_id == other.pk


def test_nor_is_it_published_at_a_set_time(public_story, make_photograph, signed_in):
    until = timezone.localtime() + timedelta(days=2)
    publish_with(signed_in("thao"), public_story, make_photograph(), go_live_at=f"{until:%Y-%m-%d %H:%M}")
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_nor_with_many_pages_at_once(public_story, make_photograph, signed_in):
    other, before = make_photograph(), shown(public_story)
    press = signed_in("thao")
    publish_with(press, public_story, other)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = press.post(f"{address}?next=/quan-tri/&id={public_story.pk}", {}, follow=True)
    assert "có ảnh thay đổi" in messages_of(answer)
    assert shown(public_story) == before


def test_other_words_are_published_at_once(public_story, signed_in):
    """The control: the same button, with the pictures as they are."""
    publish_with(signed_in("thao"), public_story, public_story.main_photograph, standfirst="Lời dẫn mới.")
    assert StoryPage.objects.get(pk=public_story.pk).standfirst == "Lời dẫn mới."


def test_whoever_approves_publishes_other_pictures(public_story, make_photograph, signed_in):
    other = make_photograph()
    publish_with(signed_in("an"), public_story, other)
    assert shown(public_story) == other.pk


def test_approval_publishes_what_was_handed_in(public_story, make_photograph, signed_in, cast):
    other = make_photograph()
    publish_with(signed_in("thao"), public_story, other)
    handed_in = public_story.get_workflow().start(StoryPage.objects.get(pk=public_story.pk), cast["thao"])
    handed_in.current_task_state.approve(user=cast["an"])
    assert shown(public_story) == other.pk
