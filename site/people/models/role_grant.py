from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import Role


class RoleGrant(models.Model):
    """A role held on a unit and everything below it, from and to a day if these are given (`to` exclusive).

    pii: which duties a person has; kept while granted and afterwards in the log of changes.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="role_grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="role_grants", verbose_name=_("unit"))
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)
    granted_at = models.DateTimeField(default=timezone.now)
    granted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [models.UniqueConstraint(fields=["person", "role", "unit"], name="role_grant_once")]

    def __str__(self):
        return f"{self.get_role_display()} · {self.unit}"
