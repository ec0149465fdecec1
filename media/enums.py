"""The fixed vocabularies of the press office (see the glossary)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExemplarKind(models.TextChoices):
    """Who can be told about, and who can merely be seen in a picture: the same register of consents holds for all."""

    PERSON = "person", pgettext_lazy("kind of good example", "Person")
    COLLECTIVE = "collective", _("Collective")
    CITIZEN = "citizen", _("Citizen in a picture")
    CHILD = "child", _("Child in a picture (the guardian consents)")


class ExemplarStatus(models.TextChoices):
    """Where an exemplar stands. The platform tells stories; titles are conferred elsewhere."""

    PROPOSED = "proposed", _("Proposed")
    RECOGNISED = "recognised", _("Recognised")
    ANNULLED = "annulled", _("Recognition annulled")


class ConsentScope(models.TextChoices):
    """What of a person may be shown. Each value is also the name of a boolean field of Consent."""

    NAMES = "names", _("name")
    POSITION = "position", _("position and unit")
    PORTRAIT = "portrait", _("picture")
    STORY = "story", _("story")


class Channel(models.TextChoices):
    """Where it may be shown. `on_<value>` is the name of the boolean field of Consent."""

    SITE = "site", _("This site")
    SOCIAL = "social", _("Social networks")
    PRINT = "print", _("Print")


class ConsentMeans(models.TextChoices):
    """How the consent was obtained."""

    SIGNED_IN = "signed_in", _("Given by the signed-in person")
    PAPER = "paper", _("Signed on paper")
    LINK = "link", _("Signed through a personal link")


class ConsentAnswer(models.TextChoices):
    """What became of a request for consent. Declining needs no reason and none is kept."""

    GIVEN = "given", _("Consent given")
    DECLINED = "declined", _("Declined")


class Pillar(models.TextChoices):
    """The four contents of service culture (Decision 1847/QĐ-TTg); lessons, questions and stories share them."""

    SPIRIT = "spirit", _("Spirit and attitude at work")
    COMMUNICATION = "communication", _("Standards of communication and behaviour")
    ETHICS = "ethics", _("Standards of ethics and way of life")
    DRESS = "dress", _("Dress")


class NominationKind(models.TextChoices):
    """Whom or what a unit puts forward."""

    OFFICIAL = "official", _("Official, civil servant or public employee")
    WORKER = "worker", _("Worker")
    COLLECTIVE = "collective", _("Collective")
    MODEL = "model", _("Good model of work")


class NominationState(models.TextChoices):
    """How far a nomination has come. One that is not pursued says so and nothing else."""

    WAITING = "waiting", _("Waiting for HR")
    CONFIRMED = "confirmed", _("Confirmed by HR")
    RECOGNISED = "recognised", _("Recognised by the council")
    NOT_RECOGNISED = "not_recognised", _("Not recognised this time")
    NOT_PURSUED = "not_pursued", _("Not pursued")


class VoteValue(models.TextChoices):
    FOR = "for", pgettext_lazy("vote", "For")
    AGAINST = "against", pgettext_lazy("vote", "Against")
    ABSTAIN = "abstain", pgettext_lazy("vote", "Abstains")


class CouncilDecision(models.TextChoices):
    RECOGNISED = "recognised", _("Recognised")
    NOT_RECOGNISED = "not_recognised", _("Not recognised this time")


class NoticeToReaders(models.TextChoices):
    CORRECTION = "correction", _("Correction")
    RETRACTION = "retraction", _("Retraction")


class LinkPurpose(models.TextChoices):
    """What a personal link to an unpublished story is for."""

    APPROVE = "approve", _("Read and approve")
    PREVIEW = "preview", _("Read before the embargo ends")


class LinkAnswer(models.TextChoices):
    APPROVED = "approved", _("Approved")
    CHANGES = "changes", _("Wants changes")
