"""The editor saves by itself: what it has written a moment before the button is pressed is not written twice."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from media.models import StoryPage, StoryPerson
from shared.pages import SavedWhileTyping
from tests.media.test_admin import story_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(site, make_exemplar, draft_story, make_photograph) -> StoryPage:
    return draft_story((make_exemplar(), True, True), title="Bản nháp", main_photograph=make_photograph())


def press_save(browser, story):
    """The form as it was before the answer of the editor's own saving came: the person has no number in it."""
    row = story.people.get()
    unknown = StoryPerson(exemplar=row.exemplar, named=row.named, pictured=row.pictured, portrait=row.portrait)
    form = story_form(story, people=[unknown], standfirst="Lời dẫn vừa sửa.")
    return browser.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form)


def test_a_person_just_written_is_written_once(story, signed_in):
    written = StoryPerson.objects.get(story=story)
    assert press_save(signed_in("thao"), story).status_code == 302
    assert StoryPerson.objects.get(story=story).pk == written.pk
    assert StoryPage.objects.get(pk=story.pk).standfirst == "Lời dẫn vừa sửa."


def test_control_without_it_the_second_saving_fails(story, signed_in, monkeypatch):
    monkeypatch.setattr(SavedWhileTyping, "_take_on_rows_saved_meanwhile", lambda self: None)
    with pytest.raises(IntegrityError), transaction.atomic():
        press_save(signed_in("thao"), story)


def test_somebody_else_is_a_new_row(story, signed_in, make_exemplar):
    other = StoryPerson(exemplar=make_exemplar("Người Khác"), named=True, pictured=False)
    form = story_form(story, people=[story.people.get(), other])
    signed_in("thao").post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form)
    assert StoryPerson.objects.filter(story=story).count() == 2
