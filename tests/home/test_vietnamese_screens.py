"""The screens listed in docs/vietnamese.md, opened: nothing that is looked up for them is missing in Vietnamese."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.translation import trans_real
from django.utils.translation.trans_real import DjangoTranslation

from tests.courses.stage import BACKEND
from tests.media.conftest import (  # noqa: F401 (fixtures)
    consent_to,
    draft_story,
    make_exemplar,
    make_photograph,
    published_story,
    stories_index,
)

LISTED = Path(settings.ROOT) / "docs" / "vietnamese.md"
_ROW = re.compile(r"^\| (\w+) \| (/\S*) \| .* \|$", re.MULTILINE)


def screens() -> list[tuple[str, str]]:
    return _ROW.findall(LISTED.read_text(encoding="utf-8"))


@pytest.fixture
def unknown(monkeypatch) -> set[str]:
    """The messages looked up in Vietnamese that have none."""
    found: set[str] = set()

    def watched(look_up):
        def watch(catalogue, *arguments):
            if catalogue.language() == "vi":
                singular = arguments[0]
                if singular.strip() and not any(
                    catalogue._catalog.get(key) is not None for key in (singular, (singular, 0))
                ):
                    found.add(singular)
            return look_up(catalogue, *arguments)

        return watch

    monkeypatch.setattr(DjangoTranslation, "gettext", watched(DjangoTranslation.gettext))
    monkeypatch.setattr(DjangoTranslation, "ngettext", watched(DjangoTranslation.ngettext))
    return found


def test_control_a_look_up_without_vietnamese_is_noticed(unknown):
    ask = trans_real.translation("vi").gettext  # by another name, or makemessages would want it translated
    ask("Nobody ever wrote this")
    assert unknown == {"Nobody ever wrote this"}


@pytest.fixture
def things(site, cast, published_story, make_photograph) -> dict[str, int]:  # noqa: F811
    """What stands for the braces in the list of screens."""
    from courses.models import CourseIndexPage, CoursePage, LessonPage
    from media.models import StoryIndexPage
    from tests.cast import load_courses

    load_courses("quy-tac-ung-xu-cong-so")
    story = published_story()
    return _things_of_the_press(story, cast) | {
        "stories": StoryIndexPage.objects.get().pk,
        "story": story.pk,
        "photograph": make_photograph().pk,
        "catalogue": CourseIndexPage.objects.get().pk,
        "course": CoursePage.objects.get().pk,
        "lesson": LessonPage.objects.first().pk,
    }


def _things_of_the_press(story, cast) -> dict[str, int]:
    from media.domain import story_links
    from media.enums import LinkPurpose
    from media.models import CampaignIndexPage, CampaignPage, Consent, Exemplar

    link = story_links.make(
        story,
        actor=cast["thao"],
        purpose=LinkPurpose.APPROVE,
        name="Bà Minh Họa",
        expires_at=timezone.now() + timedelta(days=3),
    )
    index = CampaignIndexPage.objects.get()
    campaign = index.add_child(instance=CampaignPage(title="Chiến dịch thử", slug="thu", summary="Thử."))
    return {
        "exemplar": Exemplar.objects.get().pk,
        "consent": Consent.objects.get().pk,
        "link": link.pk,
        "campaigns": index.pk,
        "campaign": campaign.pk,
    }


def test_the_listed_screens_are_vietnamese(client, cast, things, unknown):
    english: dict[str, set[str]] = {}
    for username, address in screens():
        client.force_login(cast[username], backend=BACKEND)
        address = address.format(**things)
        unknown.clear()
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, f"{username} cannot open {address}"
        if unknown:
            english[address] = set(unknown)
    assert english == {}
