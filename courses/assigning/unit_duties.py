"""Requirements of units as a viewer may see them; numbers by kind of unit; the forms."""

from datetime import date

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from courses.assigning.queries import seen_units_for
from courses.enums import UnitDutyState
from courses.evidence import EvidenceField
from courses.models import Directive, UnitDuty, UnitRequirement
from people.enums import Role, UnitKind
from people.forms.fields import DayField, TextField, UnitField
from people.models import Person
from people.queries import kept_units_for, roles_of, units_headed_by


def duties_for(viewer: Person) -> QuerySet[UnitDuty]:
    """The duties of units whose reports the viewer reads: `rules.can_see_unit_duty`."""
    found = UnitDuty.objects.filter(unit__in=seen_units_for(viewer).values("pk"))
    return found.select_related("requirement__directive", "unit")


def handed_in_by(viewer: Person) -> QuerySet[UnitDuty]:
    """The duties the viewer may hand in: of units they keep records of or head."""
    if not viewer.is_authenticated:
        return UnitDuty.objects.none()
    mine = Q(unit__in=kept_units_for(viewer).values("pk")) | Q(unit__in=units_headed_by(viewer).values("pk"))
    return UnitDuty.objects.filter(mine)


def decided_by(viewer: Person) -> QuerySet[UnitDuty]:
    """The duties the viewer may accept: what was asked for a unit whose records they keep."""
    if viewer.is_authenticated and Role.ADMINISTRATOR in roles_of(viewer):
        return UnitDuty.objects.all()
    return UnitDuty.objects.filter(requirement__under__in=kept_units_for(viewer).values("pk"))


def requirements_for(viewer: Person) -> QuerySet[UnitRequirement]:
    """What is asked of some unit the viewer sees."""
    seen = duties_for(viewer).order_by().values("requirement")
    return UnitRequirement.objects.filter(pk__in=seen).select_related("under", "directive")


def _counts(day: date) -> dict:
    waits = Q(state__in=(UnitDutyState.OPEN, UnitDutyState.RETURNED))
    return {
        "units": Count("pk"),
        "handed_in": Count("pk", filter=Q(state=UnitDutyState.HANDED_IN)),
        "accepted": Count("pk", filter=Q(state=UnitDutyState.ACCEPTED)),
        "late": Count("pk", filter=waits & Q(requirement__due_on__lt=day)),
    }


def numbers_of(viewer: Person, requirements: list[UnitRequirement], day: date) -> dict[int, dict]:
    rows = duties_for(viewer).filter(requirement__in=requirements).order_by().values("requirement")
    return {row["requirement"]: row for row in rows.annotate(**_counts(day))}


def numbers_by_kind(viewer: Person, requirement: UnitRequirement, day: date) -> list[dict]:
    """The live count by kind of unit, in the order of the kinds."""
    rows = duties_for(viewer).filter(requirement=requirement).order_by().values("unit__kind").annotate(**_counts(day))
    found = {row["unit__kind"]: row for row in rows}
    return [found[kind] | {"kind": UnitKind(kind).label, "code": kind} for kind in UnitKind.values if kind in found]


class RequirementForm(forms.Form):
    title = TextField(label=_("Title"), max_length=200)
    what = forms.CharField(
        label=_("What is to be done, and what to hand in"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    unit_kinds = forms.MultipleChoiceField(
        label=_("Kinds of units"),
        choices=UnitKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all of them."),
    )
    due_on = DayField(label=_("Due on"))
    directive = forms.ModelChoiceField(
        label=_("Because of"), queryset=Directive.objects.all(), required=False, empty_label=_("No document")
    )

    def __init__(self, *args, viewer: Person, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)
        self.fields["under"] = UnitField(viewer=viewer, label=_("Of the unit and all units below"))
        self.order_fields(["title", "what", "under", "unit_kinds", "due_on", "directive"])

    def requirement(self) -> UnitRequirement:
        return UnitRequirement(**self.cleaned_data)


class HandInForm(forms.Form):
    evidence = EvidenceField(label=_("The paper"))
    note = TextField(label=_("Number, day, remarks"), max_length=500, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)
