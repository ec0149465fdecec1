from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from media.enums import ExemplarKind, ExemplarStatus
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
    unit_name = NormalisedTextField(_("unit"), max_length=250, blank=True)
    position_title = NormalisedTextField(_("position"), max_length=150, blank=True)
    achievement = models.TextField(_("what they did"), max_length=2000, blank=True)
    award = NormalisedTextField(_("award"), max_length=250, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=ExemplarStatus, default=ExemplarStatus.PROPOSED)

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
