from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from media.enums import Channel, ConsentMeans, ConsentScope
from media.storage import private_storage
from shared.text.fields import NormalisedTextField


class ConsentQuerySet(models.QuerySet):
    def valid_on(self, day):
        """Given by then, not past its last day, not withdrawn."""
        return self.filter(
            models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=day),
            obtained_on__lte=day,
            withdrawn_at__isnull=True,
        )

    def delete(self):
        raise ValidationError(_("Consent records are kept. A consent that no longer holds is withdrawn."))


class Consent(models.Model):
    """An exemplar agreed to being shown: what of them, where, on which wording, until when.

    Append-only: a record is never changed, only withdrawn (`media.domain.consent`). A collective's consent is
    given by its representative and counts the same.

    pii: name of who gave it, what was agreed and the scanned paper; kept as proof as long as the law asks,
    also after a withdrawal.
    """

    exemplar = models.ForeignKey("media.Exemplar", models.PROTECT, related_name="consents", verbose_name=_("exemplar"))
    given_by = NormalisedTextField(
        _("given by"), max_length=160, help_text=_("The person; for a collective, its representative.")
    )
    names = models.BooleanField(_("name"), default=False)
    position = models.BooleanField(_("position and unit"), default=False)
    portrait = models.BooleanField(_("picture"), default=False)
    story = models.BooleanField(_("story"), default=False)
    on_site = models.BooleanField(_("this site"), default=False)
    on_social = models.BooleanField(_("social networks"), default=False)
    on_print = models.BooleanField(_("print"), default=False)
    text_shown = models.TextField(_("wording agreed to"))
    text_version = models.CharField(_("version of the wording"), max_length=40)
    obtained_how = models.CharField(_("how obtained"), max_length=10, choices=ConsentMeans)
    obtained_on = models.DateField(_("given on"))
    expires_on = models.DateField(_("holds until"), null=True, blank=True, help_text=_("The last day it holds."))
    evidence = models.FileField(_("signed paper"), upload_to="consents/%Y", storage=private_storage, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawal recorded by"),
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-obtained_on", "-pk"]
        indexes = [
            models.Index(
                fields=["exemplar"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="consent_open_by_exemplar",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(names=True)
                | models.Q(position=True)
                | models.Q(portrait=True)
                | models.Q(story=True),
                name="consent_to_something",
            ),
            models.CheckConstraint(
                condition=models.Q(on_site=True) | models.Q(on_social=True) | models.Q(on_print=True),
                name="consent_somewhere",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=models.F("obtained_on")),
                name="consent_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.exemplar} · {self.obtained_on:%d/%m/%Y}"

    def save(self, *args, **kwargs):
        """Refuses to change a record; `domain.consent.withdraw_consent` writes the withdrawal itself."""
        if not self._state.adding:
            raise ValidationError(_("Consent records are not changed. Record a new consent or withdraw this one."))
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ValidationError(_("Consent records are kept. A consent that no longer holds is withdrawn."))

    @property
    def scopes(self) -> list[ConsentScope]:
        return [scope for scope in ConsentScope if getattr(self, scope.value)]

    @property
    def channels(self) -> list[Channel]:
        return [channel for channel in Channel if getattr(self, f"on_{channel.value}")]

    @property
    def scope_summary(self) -> str:
        return ", ".join(str(scope.label) for scope in self.scopes)

    @property
    def channel_summary(self) -> str:
        return ", ".join(str(channel.label) for channel in self.channels)

    @property
    def has_run_out(self) -> bool:
        return self.expires_on is not None and self.expires_on < timezone.localdate()

    @property
    def state_label(self) -> str:
        if self.withdrawn_at:
            return gettext("Withdrawn")
        return gettext("Run out") if self.has_run_out else gettext("Holds")
