from django.db import models
from django.utils.translation import gettext_lazy as _

from shared.text.fields import NormalisedTextField


class EmulationLevel(models.Model):
    """A level at which good examples are recognised (cơ sở, tỉnh, …). Names and order are the province's own data.

    pii: none.
    """

    name = NormalisedTextField(_("name"), max_length=120, unique=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=10, help_text=_("Small numbers come first."))
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("level of recognition")
        verbose_name_plural = _("levels of recognition")
        ordering = ["sort_order", "name"]

    def __str__(self):
        return self.name


class EmulationSlogan(models.Model):
    """A slogan or movement that nominations and stories may answer to. Local data, never code.

    pii: none.
    """

    text = NormalisedTextField(_("slogan"), max_length=200, unique=True)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("slogan of the emulation movement")
        verbose_name_plural = _("slogans of the emulation movement")
        ordering = ["text"]

    def __str__(self):
        return self.text
