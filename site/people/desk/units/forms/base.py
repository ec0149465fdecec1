"""What every change has: a unit, a day, a basis; and the fields of a unit that begins with the change."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from people.desk.choosers import UnitChooserViewSet
from people.domain import units
from people.enums import UnitKind, UnitLine
from people.models import Person, Unit

DAYS_BACK, DAYS_AHEAD = 366, 2 * 366


def unit_field(label, help_text="", required=True) -> forms.ModelChoiceField:
    """A field in which a unit is chosen in the dialog."""
    return forms.ModelChoiceField(
        Unit.objects.all(),
        label=label,
        help_text=help_text,
        required=required,
        widget=UnitChooserViewSet().widget_class,
    )


class ChangeForm(forms.Form):
    """A change of `unit` from a day on. Subclasses say which verb it is and whom it touches."""

    effective = forms.DateField(
        label=gettext_lazy("Takes effect on"),
        widget=AdminDateInput,
        help_text=gettext_lazy("From this day on. It may lie ahead, or have passed if the decision reached you late."),
    )
    basis = forms.CharField(
        label=gettext_lazy("Basis"),
        max_length=300,
        help_text=gettext_lazy(
            "Number and date of the decision, for example: Nghị quyết số 12/NQ-HĐND ngày 05/01/2026."
        ),
    )

    def __init__(self, *args, unit: Unit, **kwargs):
        self.unit = unit
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name not in ("effective", "basis")), "effective", "basis"])

    def clean_effective(self) -> date:
        """Refuses days nobody can mean, such as 2206 for 2026."""
        day, today = self.cleaned_data["effective"], timezone.localdate()
        first, last = today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
        if not first <= day <= last:
            message = _("Choose a day between %(first)s and %(last)s.")
            raise forms.ValidationError(message % {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"})
        return day

    def changing(self) -> list[Unit]:
        """The units the decision is about."""
        return [self.unit]

    def beside(self) -> list[Unit | None]:
        """The units that gain by it."""
        return []

    def carry_out(self, actor: Person) -> None:
        """Calls the verb. Raises DomainError."""
        raise NotImplementedError

    def attempt(self, actor: Person, confirm: str = "") -> units.Outcome:
        """Tries the change; does it if `confirm` is the fingerprint of what it does. Raises DomainError."""
        return units.try_change(
            lambda: self.carry_out(actor),
            changing=self.changing(),
            beside=self.beside(),
            effective=self.cleaned_data["effective"],
            confirm=confirm,
        )

    def decided(self, actor: Person) -> dict:
        """What every verb is told."""
        return {"effective": self.cleaned_data["effective"], "basis": self.cleaned_data["basis"], "actor": actor}


class FreshUnitMixin:
    """For forms in which a unit may begin with the change. `prefix` tells several apart."""

    @staticmethod
    def fresh_fields(prefix: str, unit: Unit) -> dict[str, forms.Field]:
        return {
            f"{prefix}code": forms.CharField(label=_("Code"), max_length=40, required=False),
            f"{prefix}name": forms.CharField(label=_("Name"), max_length=250, required=False),
            f"{prefix}short_name": forms.CharField(label=_("Short name"), max_length=120, required=False),
            f"{prefix}kind": forms.ChoiceField(
                label=_("Kind of unit"), choices=UnitKind.choices, initial=unit.kind, required=False
            ),
        }

    def clean_fresh(self, prefix: str) -> None:
        """A fresh unit needs a code nobody has, and a name."""
        data = self.cleaned_data
        for name in ("code", "name"):
            if not data.get(prefix + name):
                self.add_error(prefix + name, _("Fill this in for the unit that begins with the change."))
        code = data.get(f"{prefix}code")
        if code and Unit.objects.filter(code=code).exists():
            self.add_error(f"{prefix}code", _("Another unit has this code. Codes are never used twice."))

    def fresh_row(self, prefix: str, unit: Unit, parent: Unit | None) -> units.UnitRow:
        data = self.cleaned_data
        return units.UnitRow(
            data[f"{prefix}code"],
            data[f"{prefix}name"],
            parent.code if parent else None,
            data["effective"],
            short_name=data[f"{prefix}short_name"],
            kind=data[f"{prefix}kind"] or unit.kind,
            line=UnitLine(unit.line),
        )
