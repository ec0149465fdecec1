"""Pictures of public events: exempt by a named approver, never for whom the story is about, never for who refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from media import queries
from media.domain import exemptions
from media.domain.consent import missing_for, withdraw_consent
from media.models import PictureExemption, StoryPage
from shared.errors import DomainError

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def festival(cast, make_exemplar, make_photograph, draft_story, consent_to):
    """A story of Thảo's about one consenting person, with a picture of a festival that also shows a bystander."""

    def make(bystander_place="body_photograph", **fields):
        teller, bystander = make_exemplar(), make_exemplar("Giàng A Tủa")
        consent_to(teller)
        photograph = make_photograph(depicted=[bystander], uploaded_by_user=cast["thao"])
        story = draft_story((teller, True, False), owner=cast["thao"], **{bystander_place: photograph}, **fields)
        StoryPage.objects.filter(pk=story.pk).update(owner=cast["thao"])
        return StoryPage.objects.get(pk=story.pk), photograph, bystander

    return make


def grant(photograph, actor):
    return exemptions.grant(
        photograph,
        actor=actor,
        event="Ngày hội Đại đoàn kết",
        event_place="Nà Sương",
        event_on=TODAY() - timedelta(days=5),
        reason="Cảnh chung của ngày hội; Điều 32 Bộ luật Dân sự.",
    )


def cleared(story) -> bool:
    """Asked of both forms of the rule, which must agree."""
    in_sql = queries.cleared_on(TODAY()).filter(pk=story.pk).exists()
    assert in_sql == (not missing_for(story, TODAY()))
    return in_sql


def test_a_colleague_may_exempt_a_picture_of_an_event(festival, cast):
    story, photograph, _bystander = festival()
    assert not cleared(story)

    grant(photograph, cast["an"])

    assert cleared(story)
    story.get_latest_revision().publish()
    assert StoryPage.objects.get(pk=story.pk).live


def test_neither_uploader_nor_author_nor_an_outsider_approves(festival, cast):
    _story, photograph, _bystander = festival()
    for who in ("thao", "tam", "lan", "quang"):
        with pytest.raises(DomainError):
            grant(photograph, cast[who])
    assert not PictureExemption.objects.exists()


def test_an_exemption_its_approver_writes_a_story_with_does_not_count(festival, cast):
    story, photograph, _bystander = festival()
    grant(photograph, cast["an"])
    StoryPage.objects.filter(pk=story.pk).update(owner=cast["an"])
    assert not cleared(StoryPage.objects.get(pk=story.pk))


def test_it_never_covers_a_portrait_or_whom_the_story_is_about(
    festival, cast, make_exemplar, make_photograph, draft_story
):
    hero = make_exemplar("Vàng Thị Sáo")
    photograph = make_photograph(depicted=[hero], uploaded_by_user=cast["thao"])
    grant(photograph, cast["an"])
    assert not cleared(draft_story((hero, True, True), body_photograph=photograph, title="Chuyện chị Sáo"))

    story, shown, _bystander = festival()
    person = story.people.get()
    person.portrait = shown
    person.save()
    grant(shown, cast["an"])
    assert not cleared(StoryPage.objects.get(pk=story.pk))


def test_who_withdrew_is_not_shown_by_exemption(festival, cast, consent_to):
    story, photograph, bystander = festival()
    grant(photograph, cast["an"])
    assert cleared(story)
    withdraw_consent(consent_to(bystander), actor=None)
    assert not cleared(story)


def test_revoking_takes_the_story_down(festival, cast, signed_in, site):
    story, photograph, _bystander = festival()
    exemption = grant(photograph, cast["an"])
    story.get_latest_revision().publish()

    press = signed_in("thao")
    assert press.get(reverse("exemptions:index")).status_code == 200
    assert photograph.title in press.get(reverse("exemptions:inspect", args=[exemption.pk])).content.decode()
    press.post(reverse("exemptions:revoke", args=[exemption.pk]))

    assert not StoryPage.objects.get(pk=story.pk).live


def test_the_desk_refuses_the_uploader_in_words(festival, signed_in, site):
    _story, photograph, _bystander = festival()
    form = {
        "photograph": photograph.pk,
        "event": "Ngày hội",
        "event_place": "Nà Sương",
        "event_on": TODAY().isoformat(),
        "reason": "Cảnh chung.",
    }
    response = signed_in("thao").post(reverse("exemptions:add"), form)
    assert response.status_code == 200
    assert not PictureExemption.objects.exists()
    signed_in("an").post(reverse("exemptions:add"), form)
    assert PictureExemption.objects.get().approved_by.username == "an"


def test_a_blurred_bystander_needs_no_consent(festival):
    story, photograph, _bystander = festival()
    photograph.depictions.update(blurred=True)
    assert cleared(story)


def test_pictures_whose_rights_are_over_keep_a_story_from_readers(festival, published_story, make_photograph):
    photograph = make_photograph("Ảnh đối tác", rights_until=TODAY())
    story = published_story(main_photograph=photograph)
    assert queries.stories_for(None).filter(pk=story.pk).exists()
    tomorrow = TODAY() + timedelta(days=1)
    assert not queries.stories_for(None, tomorrow).filter(pk=story.pk).exists()
