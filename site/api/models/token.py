from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TokenScope(models.TextChoices):
    """What a token is for. Whoever holds it can do no more than that, whatever its owner may do."""

    READ = "read", _("Read the lists")
    PEOPLE_WRITE = "people:write", _("Write people and postings")


def _reading() -> list[str]:
    return [TokenScope.READ.value]


class ApiToken(models.Model):
    """A key with which another system acts in the name of its owner, until a day. Only its hash is kept.

    It can never do more than the owner can: every list is scoped as the owner's own pages are, and `scopes` and
    `unit` (with what is below it; none: the owner's whole scope) only narrow that. A token that writes has a unit.

    pii: who owns and who issued it; kept as long as the log of changes names it.
    """

    name = models.CharField(_("name"), max_length=120, help_text=_("What it is for, for example the HR system."))
    owner = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("acts in the name of"))
    scopes = models.JSONField(_("allowed to"), default=_reading)
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only in the unit")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    start = models.CharField(_("begins with"), max_length=8, editable=False)
    expires_on = models.DateField(_("last day"))
    issued_at = models.DateTimeField(_("issued"), default=timezone.now, editable=False)
    issued_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", editable=False)
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    last_used_on = models.DateField(_("last used"), null=True, editable=False)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-issued_at"]

    def __str__(self):
        return self.name

    def may(self, scope: str) -> bool:
        return scope in self.scopes

    @property
    def purposes(self) -> str:
        """What the token may do, in words."""
        return ", ".join(str(scope.label) for scope in TokenScope if scope.value in self.scopes)
