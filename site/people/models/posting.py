from django.db import models
from django.utils.translation import gettext_lazy as _

from people.enums import EmploymentType, PositionGroup


class Posting(models.Model):
    """A person holds a position in a unit for a time; several at once are common, one is primary.

    A row is one stretch of the history and is not rewritten: a change, a move or a change of the primary posting
    ends one row and begins the next, which `follows` it. `people.domain.postings` keeps the rows.

    pii: position of a person; kept with the training records.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="postings", verbose_name=_("person"))
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="postings", verbose_name=_("unit"))
    position_title = models.CharField(_("position"), max_length=150)
    job_title = models.CharField(_("professional title"), max_length=150, blank=True)
    grade = models.CharField(_("grade"), max_length=100, blank=True)
    position_group = models.CharField(
        _("position group"), max_length=20, choices=PositionGroup, default=PositionGroup.PROFESSIONAL
    )
    employment_type = models.CharField(
        _("employment type"), max_length=20, choices=EmploymentType, default=EmploymentType.CIVIL_SERVANT
    )
    is_manager = models.BooleanField(_("leader or manager"), default=False)
    is_primary = models.BooleanField(_("primary"), default=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, editable=False, related_name="next")

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        indexes = [models.Index(fields=["unit", "valid_to", "person"], name="posting_by_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(is_primary=True, valid_to__isnull=True),
                name="posting_one_primary_open",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="posting_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.position_title}, {self.unit}"
