from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import UnitEvent, UnitKind, UnitLine
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

    keeps_national_ids = models.BooleanField(
        _("keeps national IDs"),
        default=False,
        help_text=_("Encrypted, never shown in full. Without it only a keyed hash is kept, to recognise people by."),
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name"]

    def __str__(self):
        return self.name


class UnitName(models.Model):
    """What the unit was called from `valid_from` up to, not including, `valid_to`. `Unit.name` is today's.

    pii: none.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    name = NormalisedTextField(_("name"), max_length=250)
    short_name = NormalisedTextField(_("short name"), max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("unit name")
        verbose_name_plural = _("unit names")
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(valid_to__isnull=True), name="unit_one_open_name"
            ),
        ]

    def __str__(self):
        return self.name


class UnitAlias(WithDerivedText):
    """Another way HR sheets write a unit's name (“Sở NV”, “UBND xã T.Sơn”); recognised without diacritics.

    pii: none.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases", verbose_name=_("unit"))
    alias = NormalisedTextField(_("alias"), max_length=250)
    key = DerivedTextField(source=("alias",), derive=fold, max_length=250, db_index=True)

    class Meta:
        verbose_name = _("alias of a unit")
        verbose_name_plural = _("aliases of units")
        ordering = ["alias"]
        constraints = [models.UniqueConstraint(fields=["unit", "key"], name="unit_alias_once")]

    def __str__(self):
        return self.alias


class UnitPlacement(models.Model):
    """A dated edge of the tree: `unit` stood under `parent` from `valid_from` up to, not including, `valid_to`.

    pii: none.
    """

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

    pii: none.
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


class UnitChange(models.Model):
    """One decision about a unit: what happens to it, from which day on, on what basis.

    The tree's dated rows say how things stand on a day; this row says why. It is kept as long as the unit itself,
    longer than the log of changes. `other` is the superior unit of a move, the successor of a merger or a closing, one
    of the parts of a split. `settled_at` is empty while the day has not come: until then names, aliases and roles
    follow the former state.

    pii: none (who recorded it stands in the log of changes).
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="changes")
    event = models.CharField(max_length=10, choices=UnitEvent)
    effective_on = models.DateField()
    other = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="changes_elsewhere")
    basis = NormalisedTextField(_("basis"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("change of a unit")
        verbose_name_plural = _("changes of units")
        ordering = ["effective_on", "pk"]
        indexes = [
            models.Index(
                fields=["effective_on"], condition=models.Q(settled_at__isnull=True), name="unit_change_waiting"
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.get_event_display()} {self.effective_on:%d/%m/%Y}"
