"""The fixed vocabularies of H5P."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DependencyType(models.TextChoices):
    """How a library is needed: with the page, when a script asks for it, or by the authoring form only."""

    PRELOADED = "preloaded", _("loaded with the page")
    DYNAMIC = "dynamic", _("loaded on demand")
    EDITOR = "editor", _("needed for authoring")


class UploadState(models.TextChoices):
    """Where an uploaded package stands between the upload and the decision about it."""

    CHECKED = "checked", _("Checked, waiting for confirmation")
    REFUSED = "refused", _("Refused")
    IMPORTED = "imported", _("Imported")
    DISCARDED = "discarded", _("Discarded")


class ProposalState(models.TextChoices):
    """Where a replacement of an installed library stands."""

    WAITING = "waiting", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class FinishRule(models.TextChoices):
    """When a run of an activity counts as done in the place where it stands. Some types never report an end."""

    REPORTED = "reported", _("the activity reports its end")
    VIEWED = "viewed", _("it was opened")
    ALL_ANSWERED = "all_answered", _("all its questions were answered")
    MINIMUM_SCORE = "minimum_score", _("a minimum score was reached")


class LibraryAction(models.TextChoices):
    """What becomes of a library found in a package."""

    NEW = "new", _("will be installed")
    SAME = "same", _("is installed already")
    NEWER = "newer", _("replaces the installed one after approval")
    OLDER = "older", _("a later one is installed")
    DIFFERS = "differs", _("other files under the same number; those installed stay")
    IGNORED = "ignored", _("left out: a library manager must install it")
