from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from media.enums import NominationKind, NominationState, Pillar
from media.storage import private_storage
from shared.text.fields import NormalisedTextField


class Nomination(models.Model):
    """A unit puts somebody, a collective or a good model forward; HR says yes or no; the council decides.

    Nobody learns who ended one that is not pursued: the nominee, HR or the unit. No reason is asked for, the steps
    before are emptied, and nothing about discipline is stored anywhere.

    pii: name, unit, position and deeds of the nominee; who nominated. Anonymised with the account.
    """

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="nominations", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=10, choices=NominationKind)
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("account of the nominee or the collective's representative"),
    )
    display_name = NormalisedTextField(_("name"), max_length=160)
    position_title = NormalisedTextField(_("position"), max_length=150, blank=True)
    unit_name = NormalisedTextField(_("unit at that time"), max_length=250)
    achievement = models.TextField(_("what was achieved"), max_length=4000)
    pillars = models.JSONField(_("pillars of service culture"), default=list)
    level = models.ForeignKey(
        "media.EmulationLevel", models.PROTECT, related_name="+", verbose_name=_("proposed level")
    )
    slogan = models.ForeignKey(
        "media.EmulationSlogan", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("slogan")
    )
    told_offline_on = models.DateField(
        _("told in person on"), null=True, blank=True, help_text=_("For nominees without an account here.")
    )
    state = models.CharField(
        _("state"), max_length=14, choices=NominationState, default=NominationState.WAITING, db_index=True
    )
    nominated_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("nominated by"))
    nominated_at = models.DateTimeField(_("nominated at"), auto_now_add=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    exemplar = models.ForeignKey(
        "media.Exemplar",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("exemplar"),
    )

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["-nominated_at", "-pk"]

    def __str__(self):
        return f"{self.display_name} ({self.unit_name})"

    @property
    def pillar_labels(self) -> list[str]:
        return [str(Pillar(value).label) for value in self.pillars if value in Pillar.values]

    @property
    def is_open(self) -> bool:
        return self.state in (NominationState.WAITING, NominationState.CONFIRMED)


class NominationEvidence(models.Model):
    """A file that shows what was achieved; private, for those who may see the nomination.

    pii: whatever the file contains; kept with the nomination.
    """

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="evidence")
    file = models.FileField(
        _("file"),
        upload_to="nominations/%Y",
        storage=private_storage,
        validators=[FileExtensionValidator(["pdf", "jpg", "jpeg", "png", "docx", "xlsx"])],
    )
    name = models.CharField(_("name"), max_length=200)
    size = models.PositiveIntegerField(_("size"))

    class Meta:
        verbose_name = _("evidence for a nomination")
        verbose_name_plural = _("evidence for nominations")
        ordering = ["pk"]

    def __str__(self):
        return self.name
