from django.db import models
from django.utils.translation import gettext_lazy as _

from people.enums import UnitKind, UnitLine
from shared.text.fields import DerivedTextField, NormalisedTextField, WithDerivedText
from shared.text.fold import fold


class Unit(WithDerivedText):
    """An agency or a part of one. Its place in the tree is dated: see UnitPlacement.

    pii: none.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = NormalisedTextField(_("name"), max_length=250)
    short_name = NormalisedTextField(_("short name"), max_length=120, blank=True)
    search_key = DerivedTextField(source=("name", "short_name", "code"), derive=fold, max_length=500)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind, default=UnitKind.OTHER)
    line = models.CharField(_("line"), max_length=10, choices=UnitLine, default=UnitLine.STATE)
    active_from = models.DateField(_("active from"))
    active_to = models.DateField(_("active to"), null=True, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    head = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="units_headed", verbose_name=_("head")
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name"]

    def __str__(self):
        return self.name


class UnitPlacement(models.Model):
    """A dated edge of the tree: `unit` stood under `parent` from `valid_from` up to, not including, `valid_to`."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="child_placements")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("unit placement")
        verbose_name_plural = _("unit placements")
        constraints = [
            models.CheckConstraint(condition=~models.Q(unit=models.F("parent")), name="placement_not_under_itself"),
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(valid_to__isnull=True), name="placement_one_open_per_unit"
            ),
        ]

    def __str__(self):
        return f"{self.unit} < {self.parent}"


class UnitClosure(models.Model):
    """One row for each ancestor of a unit (itself included) and each period in which that held.

    "The subtree of X on date D" is one indexed query over this table; `people.domain.units` keeps it.
    """

    ancestor = models.ForeignKey(Unit, models.PROTECT, related_name="closure_below")
    descendant = models.ForeignKey(Unit, models.PROTECT, related_name="closure_above")
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("unit closure")
        verbose_name_plural = _("unit closures")
        indexes = [
            models.Index(fields=["ancestor", "valid_from", "valid_to", "descendant"], name="closure_subtree"),
            models.Index(fields=["descendant", "depth"], name="closure_ancestors"),
        ]

    def __str__(self):
        return f"{self.descendant_id} in {self.ancestor_id}"
