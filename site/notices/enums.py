from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    """What a notice is about. The words are chosen when it is read, in the reader's language."""

    CERTIFICATE_READY = "certificate_ready", _("The certificate is ready to download")
    RESULT_CHANGED = "result_changed", _("A quiz was graded again")
    CONSENT_ASKED = "consent_asked", _("Consent is asked for")
    CONSENT_ANSWERED = "consent_answered", _("A request for consent was answered")
    STORY_REFUSED = "story_refused", _("A scheduled story was not published")
    NOMINATED = "nominated", _("A nomination: to read before the council does")
    NOMINATION_MOVED = "nomination_moved", _("A nomination has moved on")
    STORY_LINK_ANSWERED = "story_link_answered", _("A story was read and answered")
    TOLD = "told", _("News")  # the subject says it all: it was written for a letter as well


class MatterState(models.TextChoices):
    """Where a matter stands on its way to a person."""

    WAITING = "waiting", _("waiting")
    TAKEN = "taken", _("in a letter")
    DROPPED = "dropped", _("not needed any more")


class LetterState(models.TextChoices):
    """What became of a letter. From `HANDING_OVER` on the mail server may have it."""

    CLAIMED = "claimed", _("being written")
    HANDING_OVER = "handing_over", _("being handed over")
    SENT = "sent", _("handed over to the mail server")
    ON_SITE = "on_site", _("shown on the site only")
    REFUSED = "refused", _("refused by the mail server")
    UNCERTAIN = "uncertain", _("interrupted; it is not known whether it went out")
    FAILED = "failed", _("not handed over; tried again later")
    EMPTY = "empty", _("nothing was left to tell")
