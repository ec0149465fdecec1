"""Two fictional stories and their campaign, from media/library/. Every name is made up ("minh họa")."""

from pathlib import Path

from django.core.files import File
from django.db import transaction
from wagtail.models import Page
from wagtail.rich_text import RichText

from media import wording
from media.domain.consent import record_consent
from media.enums import Channel, ConsentMeans, ConsentScope, ExemplarStatus
from media.models import (
    CampaignIndexPage,
    CampaignPage,
    CampaignStory,
    Exemplar,
    Photograph,
    StoryIndexPage,
    StoryPage,
    StoryPerson,
)
from shared import yaml_source

ROOM = Path(__file__).parent
LIBRARY = ROOM / "library"
PICTURES = ROOM / "library" / "pictures"
STORIES = ("ghe-ben-quay-so-hai", "toi-thu-nam-nha-van-hoa")
CREDIT = "Tranh: Nêu Gương (minh họa)"


@transaction.atomic
def load_demo_stories(home_page, author, pictures: Path = PICTURES) -> list[StoryPage]:
    """Loads and publishes the stories and the campaign under `home_page`; what is there is left alone.

    `author` (a Person or None) records the consents and publishes, so the log shows who did it.
    """
    sources = [yaml_source.read(LIBRARY / f"{name}.yaml").data for name in STORIES]
    exemplars = {source["exemplar"]["key"]: _exemplar(source, author) for source in sources}
    photographs = _photographs(exemplars, author, pictures)
    index = _index_page(home_page, StoryIndexPage, title="Gương điển hình", slug="guong-dien-hinh")
    stories = [_story(source["story"], index, exemplars, photographs, author) for source in sources]
    _campaign(home_page, {story.slug: story for story in stories}, author)
    return stories


def _exemplar(source, author) -> Exemplar:
    """The exemplar with a consent to everything, as signed on paper."""
    facts = {name: value for name, value in source["exemplar"].items() if name != "key"}
    exemplar, created = Exemplar.objects.get_or_create(
        display_name=facts["display_name"], unit_name=facts["unit_name"], defaults=facts
    )
    if created:
        Exemplar.objects.filter(pk=exemplar.pk).update(status=ExemplarStatus.RECOGNISED)
        record_consent(
            exemplar,
            actor=author,
            scopes=list(ConsentScope),
            channels=list(Channel),
            text_shown=wording.TEXT,
            text_version=f"{wording.VERSION} (minh họa)",
            obtained_how=ConsentMeans.PAPER,
            **source["consent"],
        )
    return exemplar


def _photographs(exemplars, author, pictures: Path) -> dict[str, Photograph]:
    described = yaml_source.read(LIBRARY / "photographs.yaml").data["photographs"]
    return {key: _photograph(dict(facts), exemplars, author, pictures) for key, facts in described.items()}


def _photograph(facts, exemplars, author, pictures: Path) -> Photograph:
    path, depicted = pictures / facts.pop("file"), facts.pop("depicted")
    known = Photograph.objects.filter(title=facts["title"], credit=CREDIT).first()
    if known:
        return known
    with path.open("rb") as file:
        photograph = Photograph(**facts, credit=CREDIT, is_drawing=True, uploaded_by_user=author)
        photograph.file = File(file, name=path.name)
        photograph._set_image_file_metadata()
        photograph.save()
    photograph.depicted.set(exemplars[key] for key in depicted)
    return photograph


def _index_page(home_page, model, **fields) -> Page:
    index = model.objects.child_of(home_page).first()
    if index is None:
        index = home_page.add_child(instance=model(show_in_menus=True, **fields))
        index.save_revision().publish()
    return index


def _story(facts, index, exemplars, photographs, author) -> StoryPage:
    known = StoryPage.objects.child_of(index).filter(slug=facts["slug"]).first()
    if known:
        return known
    story = StoryPage(
        title=facts["title"],
        slug=facts["slug"],
        standfirst=facts["standfirst"],
        byline=facts["byline"],
        main_photograph=photographs[facts["main_photograph"]],
        related_course=_course(facts["course"]),
        body=[_block(block, photographs) for block in facts["body"]],
        is_fictional=True,
        owner=author,
        live=False,
    )
    story.people = [
        StoryPerson(
            exemplar=exemplars[person["exemplar"]],
            named=person["named"],
            pictured=person["pictured"],
            portrait=photographs[person["portrait"]],
        )
        for person in facts["people"]
    ]
    index.add_child(instance=story)
    story.save_revision(user=author).publish(user=author, skip_permission_checks=True)
    return StoryPage.objects.get(pk=story.pk)


def _course(code: str):
    """The course with this code, if it is loaded; found through the foreign key, as rooms side by side do."""
    courses = StoryPage._meta.get_field("related_course").related_model
    return courses.objects.live().filter(code=code).first()


def _block(block: dict, photographs):
    (kind, value), *_rest = block.items()
    if kind == "text":
        return kind, RichText(value)
    if kind == "photograph":
        return kind, {"photograph": photographs[value["key"]], "caption": value.get("caption", "")}
    if kind == "figures":
        return kind, {"figures": value}
    return kind, value


def _campaign(home_page, stories: dict[str, StoryPage], author) -> None:
    facts = dict(yaml_source.read(LIBRARY / "campaign.yaml").data["campaign"])
    index = _index_page(home_page, CampaignIndexPage, title="Chiến dịch", slug="chien-dich")
    if CampaignPage.objects.child_of(index).filter(slug=facts["slug"]).exists():
        return
    order, body = facts.pop("stories"), facts.pop("body")
    campaign = CampaignPage(
        **facts, body=[_block(block, {}) for block in body], is_fictional=True, owner=author, live=False
    )
    campaign.campaign_stories = [CampaignStory(story=stories[slug]) for slug in order]
    index.add_child(instance=campaign)
    campaign.save_revision(user=author).publish(user=author, skip_permission_checks=True)
