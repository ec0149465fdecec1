"""Stories, campaigns and consents as a viewer may see them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from media import rules
from media.models import (
    CampaignPage,
    CampaignStory,
    Consent,
    Depiction,
    Exemplar,
    Photograph,
    StoryPage,
    StoryPerson,
)


def cleared_on(day: date) -> QuerySet[StoryPage]:
    """Stories, live or not, whose stored version may be shown on `day`: everybody in it consents.

    The same rule as `domain.consent.missing_for`, as one query over all stories.
    """
    valid = Consent.objects.valid_on(day).filter(on_site=True, exemplar=OuterRef("exemplar"))
    unnamed = ~Exists(valid.filter(names=True)) | ~Exists(valid.filter(story=True))
    unpictured = ~Exists(valid.filter(portrait=True))
    people = StoryPerson.objects.filter(story=OuterRef("pk"))
    lacking_people = people.filter(Q(Q(named=True) & unnamed) | Q(Q(pictured=True) & unpictured))
    lacking_pictures = Depiction.objects.filter(unpictured, photograph__used_in_stories__story=OuterRef("pk"))
    return StoryPage.objects.filter(Exists(people), ~Exists(lacking_people), ~Exists(lacking_pictures))


def stories_for(viewer, day: date | None = None) -> QuerySet[StoryPage]:
    """Published stories, newest first. The same for every viewer today; consent decides, not the account.

    The condition is a plain `pk__in`, so that `.search()` accepts it as well.
    """
    cleared = cleared_on(day or timezone.localdate()).values("pk")
    stories = StoryPage.objects.live().public().filter(pk__in=cleared)
    return stories.order_by(F("first_published_at").desc(nulls_last=True), "-pk")


def withheld_stories(day: date | None = None) -> QuerySet[StoryPage]:
    """Live stories that may not be shown: consent has lapsed and the next sweep will unpublish them."""
    today = day or timezone.localdate()
    return StoryPage.objects.live().exclude(pk__in=cleared_on(today).values("pk"))


def stories_showing(exemplar: Exemplar) -> QuerySet[StoryPage]:
    """Stories, live or not, that list the exemplar or use a picture in which they can be recognised."""
    listed = StoryPerson.objects.filter(story=OuterRef("pk"), exemplar=exemplar)
    tagged = Depiction.objects.filter(photograph__used_in_stories__story=OuterRef("pk"), exemplar=exemplar)
    return StoryPage.objects.filter(Exists(listed) | Exists(tagged))


def with_pictures(stories: QuerySet[StoryPage], *, body: bool = False) -> QuerySet[StoryPage]:
    """Main pictures and their renditions in a fixed number of queries; lists leave the body out."""
    photographs = Photograph.objects.prefetch_renditions()
    stories = stories.prefetch_related(Prefetch("main_photograph", queryset=photographs))
    return stories if body else stories.defer("body")


def latest_stories(viewer, count: int = 3) -> QuerySet[StoryPage]:
    return with_pictures(stories_for(viewer))[:count]


def campaigns_for(viewer) -> QuerySet[CampaignPage]:
    """Published campaigns, the most recent first."""
    campaigns = CampaignPage.objects.live().public().select_related("lead_unit")
    return campaigns.order_by(F("starts_on").desc(nulls_last=True), "-pk")


def stories_of(campaign: CampaignPage, viewer) -> list[StoryPage]:
    """The campaign's stories that may be shown, in the campaign's order."""
    places = CampaignStory.objects.filter(campaign=campaign).order_by("sort_order", "pk")
    order = {story_id: place for place, story_id in enumerate(places.values_list("story", flat=True))}
    stories = with_pictures(stories_for(viewer).filter(pk__in=order))
    return sorted(stories, key=lambda story: order[story.pk])


def campaigns_of(story: StoryPage, viewer) -> QuerySet[CampaignPage]:
    return campaigns_for(viewer).filter(campaign_stories__story=story)


@dataclass(frozen=True)
class Profile:
    """What may be shown of an exemplar beside a story, and since when they consent to it."""

    exemplar: Exemplar
    portrait: Photograph | None
    shows_position: bool
    consented_on: date | None


def profiles_of(story: StoryPage, day: date) -> list[Profile]:
    """One profile for each person named in the story. Position and unit only with consent to them."""
    people = [person for person in story.people.all() if person.named]
    exemplars = Exemplar.objects.in_bulk([person.exemplar_id for person in people])
    portraits = Photograph.objects.prefetch_renditions().in_bulk(
        [person.portrait_id for person in people if person.pictured and person.portrait_id]
    )
    consents: dict[int, list[Consent]] = {pk: [] for pk in exemplars}
    for consent in Consent.objects.valid_on(day).filter(exemplar__in=exemplars, on_site=True):
        consents[consent.exemplar_id].append(consent)
    return [
        Profile(
            exemplar=exemplars[person.exemplar_id],
            portrait=portraits.get(person.portrait_id) if person.pictured else None,
            shows_position=any(consent.position for consent in consents[person.exemplar_id]),
            consented_on=max((c.obtained_on for c in consents[person.exemplar_id]), default=None),
        )
        for person in people
    ]


def consents_for(viewer) -> QuerySet[Consent]:
    """The register of consents: the press office sees all of it, everybody else what they gave themselves."""
    consents = Consent.objects.select_related("exemplar", "recorded_by", "withdrawn_by")
    if rules.can_keep_consents(viewer):
        return consents
    return consents.filter(exemplar__person=viewer) if viewer.is_authenticated else consents.none()
