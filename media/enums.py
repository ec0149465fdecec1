"""The fixed vocabularies of the press office (see the glossary)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExemplarKind(models.TextChoices):
    PERSON = "person", _("Person")
    COLLECTIVE = "collective", _("Collective")


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
