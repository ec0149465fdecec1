from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.domain import units
from people.models import Person, Unit, UnitPlacement

from .base import ChangeForm, FreshUnitMixin, unit_field


def parent_of(unit: Unit) -> Unit | None:
    """The unit that stands above it, by its last recorded place."""
    place = UnitPlacement.objects.filter(unit=unit).select_related("parent").order_by("valid_from").last()
    return place.parent if place and place.valid_to is None else None


def siblings_of(unit: Unit):
    """The open units of the same kind beside it: what it is most often merged with."""
    above = parent_of(unit)
    beside = Unit.objects.filter(kind=unit.kind, active_to__isnull=True).exclude(pk=unit.pk)
    if above:
        beside = beside.filter(placements__parent=above, placements__valid_to__isnull=True)
    else:
        beside = beside.filter(line=unit.line).exclude(placements__valid_to__isnull=True, placements__isnull=False)
    return beside.order_by("search_key", "pk")


class MergeForm(FreshUnitMixin, ChangeForm):
    others = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Merged with"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Units of the same kind beside it."),
    )
    elsewhere = unit_field(
        gettext_lazy("And with another unit"),
        gettext_lazy("For a unit that stands elsewhere or is of another kind."),
        required=False,
    )
    into = forms.ChoiceField(
        label=gettext_lazy("What they become"),
        widget=forms.RadioSelect,
        initial="fresh",
        choices=[
            ("fresh", gettext_lazy("A unit that begins on that day")),
            ("existing", gettext_lazy("A unit that exists; it may be one of those merged")),
        ],
    )
    successor = unit_field(gettext_lazy("The unit that exists"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        beside = self.fields["others"]
        beside.queryset = siblings_of(self.unit)
        if not beside.queryset.exists():
            beside.help_text = _("No unit of the same kind stands beside it.")
        self.fields |= self.fresh_fields("", self.unit)
        self.fields["parent"] = unit_field(
            _("Part of"), _("The unit directly above. Leave empty for a unit that stands on its own."), required=False
        )
        above = parent_of(self.unit)
        self.initial.setdefault("parent", above.pk if above else None)
        self.order_fields(["others", "elsewhere", "into", "successor", "code", "name", "short_name", "kind", "parent"])

    def clean(self):
        data = super().clean()
        if data.get("into") == "fresh":
            self.clean_fresh("")
        elif data.get("into") == "existing" and not data.get("successor"):
            self.add_error("successor", _("Choose the unit the others become part of."))
        fewest = 2 if data.get("into") == "fresh" else 1
        if "others" in data and len(self._leaving()) < fewest:
            self.add_error("others", _("Choose at least one further unit."))
        return data

    def _leaving(self) -> list[Unit]:
        data = self.cleaned_data
        chosen = [self.unit, *data.get("others", ()), *filter(None, [data.get("elsewhere")])]
        into = data.get("successor") if data.get("into") == "existing" else None
        return [unit for unit in dict.fromkeys(chosen) if unit != into]

    def changing(self) -> list[Unit]:
        return self._leaving()

    def beside(self) -> list[Unit | None]:
        data = self.cleaned_data
        return [data["parent"] if data["into"] == "fresh" else data["successor"]]

    def carry_out(self, actor: Person) -> None:
        data = self.cleaned_data
        fresh = data["into"] == "fresh"
        heir = self.fresh_row("", self.unit, data["parent"]) if fresh else data["successor"]
        units.merge_units(self._leaving(), heir, **self.decided(actor))


class CloseForm(ChangeForm):
    heir = unit_field(
        gettext_lazy("People and sub-units go to"),
        gettext_lazy("The unit that takes over. Leave empty only if nobody and nothing is left in the unit."),
        required=False,
    )

    def beside(self) -> list[Unit | None]:
        return [self.cleaned_data["heir"]]

    def carry_out(self, actor: Person) -> None:
        units.close_unit(self.unit, heir=self.cleaned_data["heir"], **self.decided(actor))
