from tests.media.test_admin import *
import re
def test_dbg(press, stories_index, make_exemplar, make_photograph):
    from media.models import StoryPerson
    exemplar = make_exemplar()
    story = StoryPage(title="Truyện mới", standfirst="Mới.", main_photograph=make_photograph())
    people = [StoryPerson(exemplar=exemplar, named=True, pictured=True)]
    address = reverse("wagtailadmin_pages:add", args=["media", "storypage", stories_index.pk])
    response = press.post(address, story_form(story, people) | {"action-publish": "1"})
    f = response.context["form"]
    print(f.errors, [fs.errors for fs in f.formsets.values()], [fs.non_form_errors() for fs in f.formsets.values()])
    assert 0
