from django.db import models
from django.utils.translation import gettext_lazy as _

from media.enums import CouncilDecision, VoteValue
from media.storage import private_storage
from shared.text.fields import NormalisedTextField


class CouncilSession(models.Model):
    """A meeting of a unit's emulation council: its docket and its minutes.

    pii: who opened it; the minutes may name members.
    """

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="council_sessions", verbose_name=_("unit"))
    title = NormalisedTextField(_("title"), max_length=200)
    held_on = models.DateField(_("day of the meeting"))
    minutes = models.TextField(_("minutes"), max_length=20000, blank=True)
    minutes_file = models.FileField(_("signed minutes"), upload_to="council/%Y", storage=private_storage, blank=True)
    opened_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("opened by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("meeting of the council")
        verbose_name_plural = _("meetings of the council")
        ordering = ["-held_on", "-pk"]

    def __str__(self):
        return f"{self.title} · {self.held_on:%d/%m/%Y}"


class DocketItem(models.Model):
    """A nomination on the docket of a meeting, and what the council decided.

    pii: as the nomination.
    """

    session = models.ForeignKey(CouncilSession, models.PROTECT, related_name="items")
    nomination = models.ForeignKey("media.Nomination", models.PROTECT, related_name="docket_items")
    decision = models.CharField(_("decision"), max_length=14, choices=CouncilDecision, blank=True)
    level = models.ForeignKey(
        "media.EmulationLevel",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("level"),
    )
    award_form = NormalisedTextField(_("form of the award"), max_length=150, blank=True)
    decision_number = NormalisedTextField(_("decision number"), max_length=60, blank=True)
    decided_on = models.DateField(_("date of the decision"), null=True, blank=True)
    issuer = NormalisedTextField(_("issued by"), max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("item of a docket")
        verbose_name_plural = _("items of dockets")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["session", "nomination"], name="docket_item_once")]

    def __str__(self):
        return f"{self.session} · {self.nomination}"


class Vote(models.Model):
    """How a member of the council voted on an item: once, by name, in the minutes for good.

    pii: who voted how; kept with the minutes.
    """

    item = models.ForeignKey(DocketItem, models.PROTECT, related_name="votes")
    member = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("member"))
    value = models.CharField(_("vote"), max_length=8, choices=VoteValue)
    cast_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="vote_once")]

    def __str__(self):
        return f"{self.item} · {self.member} · {self.get_value_display()}"
