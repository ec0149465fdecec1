"""The fixed vocabularies of files made in the background."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExportWhat(models.TextChoices):
    REPORT = "report", _("Report")
    LIST = "list", _("List of the desk")
    PACK = "pack", _("Evidence pack")


class ExportState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("file", "Waiting")
    MAKING = "making", pgettext_lazy("file", "Being made")
    READY = "ready", pgettext_lazy("file", "Ready")
    FAILED = "failed", pgettext_lazy("file", "Could not be made")
    REFUSED = "refused", pgettext_lazy("file", "Not in your scope any more")
    GONE = "gone", pgettext_lazy("file", "Removed")


class StopReason(models.TextChoices):
    BY_HAND = "by_hand", pgettext_lazy("monthly report", "Stopped by hand")
    SCOPE = "scope", pgettext_lazy("monthly report", "Stopped: the unit is not in scope any more")
