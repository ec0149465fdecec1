from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shared.text.fields import NormalisedTextField


class GradeBand(models.Model):
    """A band of the classification of results: from `from_points` of ten up to where the next better one begins.

    Administrators keep them; what a result was worth is not stored, so that a report always tells its own bands.

    pii: none.
    """

    label = NormalisedTextField(_("name of the band"), max_length=60)
    from_points = models.DecimalField(
        _("from points, of ten"),
        max_digits=4,
        decimal_places=2,
        unique=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(10))],
    )

    class Meta:
        verbose_name = _("band of results")
        verbose_name_plural = _("bands of results")
        ordering = ["-from_points"]

    def __str__(self):
        return self.label
