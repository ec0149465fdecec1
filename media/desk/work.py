"""What waits for a press officer, and what they can begin."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from media import queries, rules
from media.enums import LinkAnswer, NominationState
from media.models import (
    Adoption,
    CampaignIndexPage,
    CampaignPage,
    Consent,
    Exemplar,
    StoryIndexPage,
    StoryLink,
    StoryPage,
    StoryPerson,
)
from shared.desk.work import Begin, Waiting

_DAYS_AHEAD = 30  # in which a consent that ends can still be asked for again in peace


def work_of_the_press(viewer) -> Iterator[Begin | Waiting]:
    if not rules.can_keep_consents(viewer):
        return
    stories = reverse("desk_stories")
    yield Waiting(_("recognised by the council, no story yet"), _untold(viewer), reverse("nominations"), "user")
    yield Waiting(
        _("stories out of sight because a consent has ended"), queries.withheld_stories().count(), stories, "warning"
    )
    yield Waiting(
        _("requests for consent without an answer"),
        queries.consent_requests_for(viewer).filter(answered_at__isnull=True).count(),
        reverse("consent_requests:index"),
        "mail",
    )
    yield Waiting(_("consents that end within 30 days"), _ending(), reverse("consents:index"), "calendar")
    yield Waiting(
        _("readers of a draft who want changes"),
        StoryLink.objects.filter(answer=LinkAnswer.CHANGES, story__live=False).count(),
        reverse("story_links:index"),
        "comment",
    )
    yield Waiting(
        _("reports of units that apply an example"),
        Adoption.objects.filter(accepted_at__isnull=True).count(),
        reverse("adoptions:index"),
        "tick",
    )
    yield Waiting(
        _("drafts of stories"),
        StoryPage.objects.filter(live=False, first_published_at__isnull=True).count(),
        stories,
        "edit",
    )
    yield from _beginnings()


def _beginnings() -> Iterator[Begin]:
    exemplar = Exemplar.snippet_viewset.get_url_name("add")
    yield Begin(_("Enter a person or a collective"), reverse(exemplar), "user")
    yield Begin(_("Ask for consent"), reverse("consent_requests:add"), "mail")
    yield Begin(_("Upload photographs"), reverse("wagtailimages:add_multiple"), "image")
    for text, index, page, icon in (
        (_("Write a story"), StoryIndexPage, StoryPage, "openquote"),
        (_("Open a campaign"), CampaignIndexPage, CampaignPage, "calendar"),
    ):
        if (parent := index.objects.values_list("pk", flat=True).first()) is not None:
            yield Begin(text, reverse("wagtailadmin_pages:add", args=["media", page._meta.model_name, parent]), icon)


def _untold(viewer) -> int:
    told = StoryPerson.objects.filter(exemplar=OuterRef("exemplar"))
    recognised = queries.nominations_for(viewer).filter(state=NominationState.RECOGNISED)
    return recognised.exclude(Exists(told)).count()


def _ending() -> int:
    """Consents in force that end soon and have no successor."""
    today = timezone.localdate()
    soon = today + timedelta(days=_DAYS_AHEAD)
    later = Consent.objects.valid_on(soon).filter(exemplar=OuterRef("exemplar"))
    return Consent.objects.valid_on(today).filter(expires_on__lte=soon).exclude(Exists(later)).count()
