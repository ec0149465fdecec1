from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from people.domain import units
from people.models import Person, Posting, Unit, UnitPlacement
from people.queries import not_over_on

from .base import ChangeForm, FreshUnitMixin, unit_field
from .ending import parent_of

PARTS = 3
_NUMBERS = range(1, PARTS + 1)


@dataclass
class PartFields:
    """The fields of one part, for the template."""

    number: int
    choice: forms.BoundField
    existing: forms.BoundField
    fresh: list[forms.BoundField]


@dataclass
class DealtRow:
    """A person or a sub-unit with the field that says where it goes."""

    subject: object
    detail: str
    field: forms.BoundField


class SplitForm(FreshUnitMixin, ChangeForm):
    """Up to three parts; each posting and each sub-unit either stays or goes to one of them."""

    fate = forms.ChoiceField(
        label=gettext_lazy("The unit itself"),
        widget=forms.RadioSelect,
        initial="stays",
        choices=[
            ("stays", gettext_lazy("goes on with whatever is not dealt out")),
            ("closes", gettext_lazy("closes; what is not dealt out goes to part 1, with its roles and names")),
        ],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number in _NUMBERS:
            self._add_part(number)
        places = [
            ("", pgettext("unit", "stays")),
            *((str(number), _("part %(number)s") % {"number": number}) for number in _NUMBERS),
        ]
        day = timezone.localdate()
        held = Posting.objects.filter(not_over_on(day), unit=self.unit).select_related("person")
        self.postings = list(held.order_by("person__sort_key", "person", "-is_primary", "pk"))
        under = UnitPlacement.objects.filter(not_over_on(day), parent=self.unit).select_related("unit")
        self.placements = list(under.order_by("unit__search_key", "pk"))
        for key, label in self._dealt():
            self.fields[key] = forms.ChoiceField(label=label, choices=places, required=False)

    def _add_part(self, number: int) -> None:
        choices = [("fresh", _("a unit that begins on that day")), ("existing", _("a unit that exists"))]
        if number > 1:
            choices.insert(0, ("", pgettext("unit", "none")))
        self.fields[f"part{number}"] = forms.ChoiceField(
            label=_("Part %(number)s is") % {"number": number},
            choices=choices,
            required=number == 1,
            widget=forms.RadioSelect,
            initial="fresh" if number == 1 else "",
        )
        self.fields[f"part{number}-existing"] = unit_field(_("The unit that exists"), required=False)
        self.fields |= self.fresh_fields(f"part{number}-", self.unit)
        self.fields[f"part{number}-place"] = forms.ChoiceField(
            label=pgettext("unit", "Stands"),
            required=False,
            choices=[("beside", _("beside this unit")), ("below", _("below this unit"))],
        )

    def _dealt(self):
        for posting in self.postings:
            yield f"posting-{posting.pk}", f"{posting.person}, {posting.position_title}"
        for place in self.placements:
            yield f"unit-{place.unit_id}", str(place.unit)

    def parts(self) -> list[PartFields]:
        names = ("code", "name", "short_name", "kind", "place")
        return [
            PartFields(n, self[f"part{n}"], self[f"part{n}-existing"], [self[f"part{n}-{name}"] for name in names])
            for n in _NUMBERS
        ]

    def people_rows(self) -> list[DealtRow]:
        return [DealtRow(p.person, p.position_title, self[f"posting-{p.pk}"]) for p in self.postings]

    def unit_rows(self) -> list[DealtRow]:
        return [DealtRow(p.unit, p.unit.get_kind_display(), self[f"unit-{p.unit_id}"]) for p in self.placements]

    def clean(self):
        data = super().clean()
        chosen = [number for number in _NUMBERS if data.get(f"part{number}")]
        for number in chosen:
            if data[f"part{number}"] == "fresh":
                self.clean_fresh(f"part{number}-")
                self._clean_place(number)
            elif not data.get(f"part{number}-existing"):
                self.add_error(f"part{number}-existing", _("Choose the unit."))
        used = {int(data[key]) for key, _label in self._dealt() if data.get(key)}
        for number in sorted(used - set(chosen)):
            message = _("People or sub-units go to part %(number)s: say which unit that is.")
            self.add_error(f"part{number}", message % {"number": number})
        if not used and data.get("fate") == "stays":
            self.add_error(None, _("Nobody and nothing is dealt out yet. Choose for each where it goes."))
        return data

    def _clean_place(self, number: int) -> None:
        if self.cleaned_data.get("fate") == "closes" and self.cleaned_data.get(f"part{number}-place") == "below":
            self.add_error(f"part{number}-place", _("The unit closes; the part can only stand beside it."))

    def _chosen(self) -> list[int]:
        return [number for number in _NUMBERS if self.cleaned_data.get(f"part{number}")]

    def beside(self) -> list[Unit | None]:
        return [parent_of(self.unit), *(self.cleaned_data[f"part{number}-existing"] for number in self._chosen())]

    def carry_out(self, actor: Person) -> None:
        chosen = self._chosen()
        places = {str(number): place for place, number in enumerate(chosen)}

        def dealt(prefix: str) -> dict[int, int]:
            keys = [key for key, _label in self._dealt() if key.startswith(prefix) and self.cleaned_data.get(key)]
            return {int(key.removeprefix(prefix)): places[self.cleaned_data[key]] for key in keys}

        rest = 0 if self.cleaned_data["fate"] == "closes" else None
        dealing = units.Dealing(dealt("posting-"), dealt("unit-"), rest)
        units.split_unit(self.unit, [self._part(number) for number in chosen], dealing, **self.decided(actor))

    def _part(self, number: int):
        prefix = f"part{number}-"
        if self.cleaned_data[f"part{number}"] == "existing":
            return self.cleaned_data[f"{prefix}existing"]
        below = self.cleaned_data[f"{prefix}place"] == "below"
        return self.fresh_row(prefix, self.unit, self.unit if below else parent_of(self.unit))
