from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from media.enums import ExemplarKind, ExemplarStatus, Pillar
from media.models.fields import PillarsField
from shared.text.fields import DerivedTextField, NormalisedTextField
from shared.text.fold import fold


class Exemplar(index.Indexed, models.Model):
    """An exemplary official or collective the press office may tell about, once there is consent.

    pii: name, unit, position and merit of a person; kept while a consent or a story depends on it.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=ExemplarKind, default=ExemplarKind.PERSON)
    display_name = NormalisedTextField(
        _("name"),
        max_length=160,
        help_text=_("The name as stories print it; of a collective, its usual name."),
    )
    search_key = DerivedTextField(source=("display_name", "unit_name"), derive=fold, max_length=500)
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="exemplars",
        verbose_name=_("account on this platform"),
        help_text=_("Only if the person works with this platform; stories do not show it."),
    )
    guardian_name = NormalisedTextField(
        _("guardian"), max_length=160, blank=True, help_text=_("Who consents for a child.")
    )
    unit_name = NormalisedTextField(_("unit at that time"), max_length=250, blank=True)
    position_title = NormalisedTextField(_("position"), max_length=150, blank=True)
    achievement = models.TextField(_("what they did"), max_length=2000, blank=True)
    award = NormalisedTextField(_("award"), max_length=250, blank=True)
    award_form = NormalisedTextField(_("form of the award"), max_length=150, blank=True)
    decision_number = NormalisedTextField(_("decision number"), max_length=60, blank=True)
    decided_on = models.DateField(_("date of the decision"), null=True, blank=True)
    issuer = NormalisedTextField(_("issued by"), max_length=200, blank=True)
    level = models.ForeignKey(
        "media.EmulationLevel", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("level")
    )
    unit = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="exemplars",
        verbose_name=_("unit in the organisation"),
        help_text=_("For the unit's page. The name beside it is kept as it was at that time."),
    )
    pillars = PillarsField(_("pillars of service culture"), default=list, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=ExemplarStatus, default=ExemplarStatus.PROPOSED)
    recheck_on = models.DateField(
        _("to be checked again on"), null=True, blank=True, help_text=_("Whether the recognition still stands.")
    )
    checked_at = models.DateTimeField(_("last checked at"), null=True, blank=True, editable=False)
    annulled_at = models.DateTimeField(_("annulled at"), null=True, blank=True, editable=False)
    annulment_reason = models.TextField(_("internal reason"), max_length=2000, blank=True, editable=False)

    search_fields = [
        index.SearchField("display_name"),
        index.AutocompleteField("display_name"),
        index.SearchField("unit_name"),
        index.AutocompleteField("unit_name"),
        index.FilterField("kind"),
        index.FilterField("status"),
    ]

    class Meta:
        verbose_name = _("exemplary official or collective")
        verbose_name_plural = _("exemplary officials and collectives")
        ordering = ["display_name", "pk"]

    def __str__(self):
        return f"{self.display_name} ({self.unit_name})" if self.unit_name else self.display_name

    @property
    def pillar_labels(self) -> list[str]:
        return [str(Pillar(value).label) for value in self.pillars if value in Pillar.values]

    @property
    def award_line(self) -> str:
        """The award as one line: form, decision, date, issuer; else what was typed as one text."""
        if not self.award_form:
            return self.award
        parts = [self.award_form]
        if self.decision_number:
            parts.append(_("Decision %(number)s") % {"number": self.decision_number})
        if self.decided_on:
            parts.append(f"{self.decided_on:%d/%m/%Y}")
        if self.issuer:
            parts.append(self.issuer)
        return ", ".join(str(part) for part in parts)
