"""Stories, campaigns and consents as a viewer may see them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from media import rules
from media.enums import ConsentAnswer, ExemplarStatus, NominationState
from media.models import (
    Adoption,
    CampaignPage,
    CampaignStory,
    Consent,
    ConsentRequest,
    CouncilSession,
    Depiction,
    DocketItem,
    Exemplar,
    Nomination,
    Photograph,
    PictureExemption,
    StoryPage,
    StoryPerson,
    StoryPhotograph,
    StoryReads,
)
from people.models import Unit
from people.queries import reviewed_units_for, subtree_of, units_for, units_headed_by

DAYS_TO_DECLINE = 3  # what a nominee who says nothing has, before the council may read about them


def cleared_on(day: date) -> QuerySet[StoryPage]:
    """Stories, live or not, whose stored version may be shown on `day`: everybody in it consents.

    The same rule as `domain.consent.missing_for`, as one query over all stories.
    """
    valid = Consent.objects.valid_on(day).filter(on_site=True, exemplar=OuterRef("exemplar"))
    unnamed = ~Exists(valid.filter(names=True)) | ~Exists(valid.filter(story=True))
    unpictured = ~Exists(valid.filter(portrait=True))
    people = StoryPerson.objects.filter(story=OuterRef("pk"))
    lacking_people = people.filter(
        Q(Q(named=True) & unnamed) | Q(Q(pictured=True) & unpictured) | Q(exemplar__status=ExemplarStatus.ANNULLED)
    )
    lacking_pictures = Depiction.objects.filter(
        Q(unpictured) | Q(exemplar__status=ExemplarStatus.ANNULLED),
        ~_exempt() | Q(exemplar__status=ExemplarStatus.ANNULLED),
        blurred=False,
        photograph__used_in_stories__story=OuterRef("pk"),
    )
    unlicensed = StoryPhotograph.objects.filter(story=OuterRef("pk"), photograph__rights_until__lt=day)
    return StoryPage.objects.filter(
        Exists(people), ~Exists(lacking_people), ~Exists(lacking_pictures), ~Exists(unlicensed)
    )


def _exempt() -> Q:
    """Of a depiction inside a query over stories: the picture is of a public event, approved by somebody else than
    the story's author; the story is not about this person, it is no portrait, and they never refused."""
    author = Coalesce(OuterRef(OuterRef("owner")), 0)
    exemptions = PictureExemption.objects.filter(photograph=OuterRef("photograph"), revoked_at__isnull=True)
    in_this_story = StoryPerson.objects.filter(story=OuterRef(OuterRef("pk")))
    withdrawn = Consent.objects.filter(exemplar=OuterRef("exemplar"), withdrawn_at__isnull=False)
    declined = ConsentRequest.objects.filter(exemplar=OuterRef("exemplar"), answer=ConsentAnswer.DECLINED)
    return Q(
        Exists(exemptions.exclude(approved_by=author)),
        ~Exists(in_this_story.filter(exemplar=OuterRef("exemplar"))),
        ~Exists(in_this_story.filter(portrait=OuterRef("photograph"))),
        ~Exists(withdrawn),
        ~Exists(declined),
    )


def stories_for(viewer, day: date | None = None) -> QuerySet[StoryPage]:
    """Published stories, newest first. The same for every viewer today; consent decides, not the account.

    The condition is a plain `pk__in`, so that `.search()` accepts it as well.
    """
    open_now = Q(embargo_until__isnull=True) | Q(embargo_until__lte=timezone.now())
    cleared = cleared_on(day or timezone.localdate()).filter(open_now).values("pk")
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
    """Published campaigns: those with a place on the front page in its order, then the most recent."""
    campaigns = CampaignPage.objects.live().public().select_related("lead_unit")
    return campaigns.order_by(F("front_page_order").asc(nulls_last=True), F("starts_on").desc(nulls_last=True), "-pk")


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
    exemplars = Exemplar.objects.select_related("unit").in_bulk([person.exemplar_id for person in people])
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


def pictures_of(story: StoryPage) -> dict[int, Photograph]:
    """Every photograph of the story with its public copies, in two queries."""
    return Photograph.objects.prefetch_renditions().in_bulk(story.photograph_ids())


def stories_from(unit: Unit, viewer) -> QuerySet[StoryPage]:
    """Public stories about people and collectives of the unit and the units below it."""
    told = StoryPerson.objects.filter(exemplar__unit__in=subtree_of([unit.pk]), named=True)
    return with_pictures(stories_for(viewer).filter(pk__in=told.values("story")))


def reads_by_unit(since: date) -> list[dict]:
    """For the press office: public and former stories with their reads since that day, by the story's unit."""
    rows = (
        StoryReads.objects.filter(day__gte=since)
        .values("story", "story__title")
        .annotate(reads=Sum("count"))
        .order_by("-reads")
    )
    units = dict(
        StoryPerson.objects.filter(story__in=[row["story"] for row in rows], named=True)
        .order_by("-sort_order")
        .values_list("story", "exemplar__unit_name")
    )
    by_unit: dict[str, dict] = {}
    for row in rows:
        name = units.get(row["story"]) or "–"
        group = by_unit.setdefault(name, {"unit": name, "reads": 0, "stories": []})
        group["reads"] += row["reads"]
        group["stories"].append(row)
    return sorted(by_unit.values(), key=lambda group: -group["reads"])


def consents_for(viewer) -> QuerySet[Consent]:
    """The register of consents: the press office sees all of it, everybody else what they gave themselves."""
    consents = Consent.objects.select_related("exemplar", "recorded_by", "withdrawn_by")
    if rules.can_keep_consents(viewer):
        return consents
    return consents.filter(exemplar__person=viewer) if viewer.is_authenticated else consents.none()


def consent_requests_for(viewer) -> QuerySet[ConsentRequest]:
    """Requests for consent: the press office sees all, everybody else those made to them."""
    requests = ConsentRequest.objects.select_related("exemplar", "story", "asked_by", "consent")
    if rules.can_keep_consents(viewer):
        return requests
    return requests.filter(exemplar__person=viewer) if viewer.is_authenticated else requests.none()


def consents_given_by(person) -> QuerySet[Consent]:
    """The person's own consents, newest first, whoever recorded them."""
    return Consent.objects.select_related("exemplar").filter(exemplar__person=person)


def requests_made_to(person) -> QuerySet[ConsentRequest]:
    """The requests for consent made to this person."""
    return ConsentRequest.objects.select_related("exemplar", "story", "consent").filter(exemplar__person=person)


def nominating_units_for(viewer) -> QuerySet[Unit]:
    """The units somebody of which `viewer` may put forward: `rules.can_nominate_for`."""
    return units_for(viewer, rules.HR) | units_headed_by(viewer)


def nominations_for(viewer) -> QuerySet[Nomination]:
    """The nominations `viewer` may see: `rules.can_see_nomination`."""
    nominations = Nomination.objects.select_related("unit", "level", "slogan", "exemplar", "nominated_by")
    if not viewer.is_authenticated:
        return nominations.none()
    seen = Q(person=viewer) | Q(unit__in=nominating_units_for(viewer).values("pk"))
    seen |= Q(unit__in=reviewed_units_for(viewer).values("pk"), confirmed_at__isnull=False)
    if rules.can_keep_consents(viewer):
        seen |= Q(state=NominationState.RECOGNISED)
    return nominations.filter(seen)


def council_sessions_for(viewer) -> QuerySet[CouncilSession]:
    """The meetings of the councils `viewer` sits on: `rules.can_see_session`."""
    sessions = CouncilSession.objects.select_related("unit")
    return sessions.filter(unit__in=reviewed_units_for(viewer).values("pk"))


def ready_for_docket(viewer) -> QuerySet[Nomination]:
    """Confirmed nominations of the council's units whose nominees agreed or have had their days to decline."""
    since = timezone.now() - timedelta(days=DAYS_TO_DECLINE)
    told = Q(agreed_at__isnull=False) | Q(nominated_at__lte=since)
    waiting = Nomination.objects.filter(told, state=NominationState.CONFIRMED, unit__in=reviewed_units_for(viewer))
    undecided = DocketItem.objects.filter(nomination=OuterRef("pk"), decision="", session__closed_at__isnull=True)
    return waiting.exclude(Exists(undecided)).select_related("unit", "level")


def published_on(nomination: Nomination):
    """When the first story about whom was nominated went public; None if none has yet."""
    if nomination.exemplar_id is None:
        return None
    told = StoryPage.objects.filter(people__exemplar=nomination.exemplar_id, first_published_at__isnull=False)
    return told.order_by("first_published_at").values_list("first_published_at", flat=True).first()


def photograph_behind(token: str) -> Photograph | None:
    """The photograph whose public copies have this token now, with `lacks_consent`: somebody recognisable in it has
    not consented to be shown here today, and no exemption covers them."""
    valid = Consent.objects.valid_on(timezone.localdate()).filter(on_site=True, portrait=True)
    refused = Consent.objects.filter(exemplar=OuterRef("exemplar"), withdrawn_at__isnull=False)
    exempt = PictureExemption.objects.filter(photograph=OuterRef("photograph"), revoked_at__isnull=True)
    lacking = Depiction.objects.filter(
        ~Exists(valid.filter(exemplar=OuterRef("exemplar"))),
        ~Exists(exempt) | Exists(refused),
        photograph=OuterRef("pk"),
        blurred=False,
    )
    return Photograph.objects.filter(public_token=token).annotate(lacks_consent=Exists(lacking)).only("pk").first()


def adoptions_of(story: StoryPage) -> QuerySet[Adoption]:
    """Units that follow the story's example, as far as the press office has accepted their proof."""
    return Adoption.objects.filter(story=story, accepted_at__isnull=False).select_related("unit")


def adoptions_by(unit: Unit) -> QuerySet[Adoption]:
    """The public stories whose example the unit follows."""
    accepted = Adoption.objects.filter(unit=unit, accepted_at__isnull=False, story__in=stories_for(None).values("pk"))
    return accepted.select_related("story")
