"""What the press office enters in the register of personal data."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.domain.privacy.anonymity import HIDDEN_NAME
from people.personal_data import EDITING, DataClass, Fate, Holding, not_personal, register

STORIES = DataClass(
    key="stories",
    label=_("Stories and pictures of exemplary officials"),
    what=_("Name, unit, position, merit and picture of the people told about; who consented to what, and the paper."),
    why=_("To tell good examples, and only of people who consented."),
    kept=_(
        "As long as the consent holds; withdrawn or run out, story and pictures go from the site at once. The record "
        "of the consent stays as proof."
    ),
    place=60,
)


def declare() -> None:
    register(
        STORIES,
        Holding(
            "media.Exemplar",
            Fate.ANONYMISED,
            person=("person",),
            shows={
                "display_name": _("Name in stories"),
                "unit_name": _("Unit"),
                "position_title": _("Position"),
                "achievement": _("What they did"),
                "award": _("Award"),
                "status": _("Status"),
            },
            erase=_withdraw_and_empty,
        ),
        Holding(
            "media.Consent",
            Fate.PROOF,
            person=("exemplar__person",),
            shows={
                "given_by": _("Given by"),
                "text_shown": _("Wording agreed to"),
                "obtained_on": _("Given on"),
                "expires_on": _("Holds until"),
                "withdrawn_at": _("Withdrawn at"),
            },
        ),
        Holding(
            "media.ConsentRequest",
            Fate.PROOF,
            person=("exemplar__person",),
            shows={
                "asked_at": _("Asked at"),
                "text_shown": _("Wording"),
                "answer": _("Answer"),
                "answered_at": _("Answered"),
            },
        ),
        Holding("media.PictureExemption", Fate.KEPT),
        Holding(
            "media.Nomination",
            Fate.ANONYMISED,
            person=("person",),
            shows={
                "display_name": _("Name"),
                "unit_name": _("Unit"),
                "position_title": _("Position"),
                "achievement": _("What was achieved"),
                "nominated_at": _("Nominated"),
                "state": _("State"),
            },
            erase=_empty_nominations,
        ),
        Holding("media.NominationEvidence", Fate.DELETED, person=("nomination__person",), erase=_delete_evidence),
        Holding("media.CouncilSession", Fate.KEPT),
        Holding("media.DocketItem", Fate.KEPT),
        Holding("media.Vote", Fate.KEPT, person=("member",), shows={"item": _("Item"), "value": _("Vote")}),
        Holding("media.StoryRemoval", Fate.KEPT),
        Holding("media.StoryLink", Fate.KEPT),
        Holding("media.Adoption", Fate.KEPT),
        Holding("media.PressKit", Fate.DELETED),
        Holding(
            "media.StoryPerson",
            Fate.ANONYMISED,
            person=("exemplar__person",),
            shows={"story__title": _("Story"), "named": _("Named"), "pictured": _("Pictured")},
            by_hand=_("The story is taken down at once; its draft text has to be emptied by the press office."),
        ),
        Holding(
            "media.Depiction",
            Fate.KEPT,
            person=("exemplar__person",),
            shows={"photograph__title": _("Picture")},
            by_hand=_("Public copies of the picture are deleted at once; the original by the press office."),
        ),
        Holding("media.Photograph", Fate.KEPT),
        Holding("media.Rendition", Fate.DELETED),
        Holding("media.ShareCard", Fate.DELETED),
        Holding("media.StoryPage", Fate.ANONYMISED),
    )
    register(EDITING, Holding("media.Document", Fate.KEPT))
    not_personal("Stands in for the site's own image and document models; holds no rows.", "wagtailimages.Image")
    not_personal("Stands in for the site's own image and document models; holds no rows.", "wagtaildocs.Document")


def _delete_evidence(person) -> None:
    """The files themselves go once the erasure is committed."""
    from media.models import NominationEvidence

    for evidence in NominationEvidence.objects.filter(nomination__person=person):
        transaction.on_commit(partial(evidence.file.storage.delete, evidence.file.name), robust=True)
        evidence.delete()


def _empty_nominations(person) -> None:
    """Name and deeds go; that a unit nominated somebody, and how it was decided, stays in the minutes."""
    from media.models import Nomination

    for nomination in Nomination.objects.filter(person=person):
        nomination.display_name, nomination.position_title, nomination.achievement = HIDDEN_NAME, "", ""
        nomination.save()


def _withdraw_and_empty(person) -> None:
    """Every consent still open is withdrawn, which takes stories, cards and pictures down; the name goes."""
    from media.domain.consent import withdraw_consent
    from media.models import Consent, Exemplar

    for consent in Consent.objects.filter(exemplar__person=person, withdrawn_at__isnull=True):
        withdraw_consent(consent, actor=None)
    for exemplar in Exemplar.objects.filter(person=person):
        exemplar.display_name = HIDDEN_NAME
        exemplar.unit_name = exemplar.position_title = exemplar.achievement = exemplar.award = ""
        exemplar.award_form = exemplar.decision_number = exemplar.issuer = exemplar.annulment_reason = ""
        exemplar.save()
