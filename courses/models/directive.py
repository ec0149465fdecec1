from django.db import models
from django.utils.translation import gettext_lazy as _

from shared.text.fields import DerivedTextField, NormalisedTextField
from shared.text.fold import fold


class Directive(models.Model):
    """A document that training rests on: directive, plan, decision. Facts of law are data, never text in code.

    pii: the signer's name as printed on a public document.
    """

    number = models.CharField(_("number and symbol"), max_length=60)
    title = NormalisedTextField(_("title"), max_length=400)
    issuer = NormalisedTextField(_("issuer"), max_length=200)
    signer = models.CharField(_("signer"), max_length=120, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    checked_on = models.DateField(_("last checked on"), null=True, blank=True)
    search_key = DerivedTextField(source=("number", "title", "issuer"), derive=fold, max_length=700)

    class Meta:
        verbose_name = _("directive")
        verbose_name_plural = _("directives")
        ordering = ["-issued_on", "number"]
        constraints = [models.UniqueConstraint(fields=["number", "issuer"], name="directive_number_by_issuer")]

    def __str__(self):
        return self.number
