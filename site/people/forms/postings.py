"""The forms of the steps of a career. Each knows its verb; what is refused there is told beside the field."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.domain import postings
from people.enums import EmploymentType, PositionGroup
from people.forms.fields import DayField, TextField, UnitField
from people.models import Person, Posting
from people.queries import kept_postings_for, not_over_on

PARTICULARS = ("position_title", "job_title", "grade", "position_group", "employment_type", "is_manager")


class ParticularsForm(forms.Form):
    """What a posting is, apart from where and when."""

    position_title = TextField(label=_("Position"), max_length=150)
    job_title = TextField(label=_("Professional title"), max_length=150, required=False)
    grade = TextField(label=_("Grade"), max_length=100, required=False)
    position_group = forms.ChoiceField(
        label=_("Position group"),
        choices=PositionGroup,
        initial=PositionGroup.PROFESSIONAL,
        help_text=_("Courses are assigned to groups."),
    )
    employment_type = forms.ChoiceField(
        label=_("Employment type"), choices=EmploymentType, initial=EmploymentType.CIVIL_SERVANT
    )
    is_manager = forms.BooleanField(label=_("Leader or manager"), required=False)

    def particulars(self) -> dict:
        return {name: self.cleaned_data[name] for name in PARTICULARS}


def particulars_of(posting: Posting) -> dict:
    return {name: getattr(posting, name) for name in PARTICULARS}


class StepForm(forms.Form):
    """A step in the life of one posting, or for a new one, of one person. Filled in by `viewer`."""

    def __init__(self, *args, viewer: Person, person: Person, posting: Posting | None = None, **kwargs):
        self.viewer, self.person, self.posting = viewer, person, posting
        kwargs["initial"] = self.first_values() | kwargs.get("initial", {})
        super().__init__(*args, auto_id="%s", **kwargs)
        self.set_up()

    def first_values(self) -> dict:
        """What stands in the form when it is opened."""
        return {"on": timezone.localdate()}

    def set_up(self) -> None:
        """Fields whose choices depend on the viewer or the posting."""

    @property
    def day(self) -> date:
        """From when on the step takes effect."""
        return self.cleaned_data["on"]

    def perform(self) -> None:
        """Takes the step. Raises PostingRefused."""
        raise NotImplementedError

    def refuse(self, refusal) -> None:
        """Puts a refusal of the domain beside the field it is about."""
        field = getattr(refusal, "field", "")
        self.add_error(field if field in self.fields else None, refusal.message)


class AddForm(ParticularsForm, StepForm):
    """A further posting, or the first."""

    field_order = ["unit", *PARTICULARS, "is_primary", "since", "until"]
    since = DayField(label=_("From"))
    until = DayField(label=_("Held no longer from"), required=False, help_text=_("Leave empty if no end is set."))
    is_primary = forms.BooleanField(
        label=_("Primary posting"),
        required=False,
        help_text=_("The person is counted in the unit of the primary posting. There is one at a time."),
    )

    def first_values(self) -> dict:
        return {"since": timezone.localdate(), "is_primary": not self.person.postings.exists()}

    def set_up(self) -> None:
        self.fields["unit"] = UnitField(viewer=self.viewer, label=_("Unit"))
        self.order_fields(self.field_order)

    @property
    def day(self) -> date:
        return self.cleaned_data["since"]

    def perform(self) -> None:
        data = self.cleaned_data
        given = self.particulars()
        postings.start(
            self.person,
            data["unit"],
            given.pop("position_title"),
            since=data["since"],
            until=data["until"],
            is_primary=data["is_primary"],
            actor=self.viewer,
            **given,
        )


class ChangeForm(ParticularsForm, StepForm):
    """Other particulars from a day on."""

    field_order = ["on", *PARTICULARS]
    on = DayField(label=_("Takes effect on"), help_text=_("Up to the day before, the posting stays as it was."))

    def first_values(self) -> dict:
        return super().first_values() | particulars_of(self.posting)

    def perform(self) -> None:
        postings.change(self.posting, on=self.day, actor=self.viewer, **self.particulars())


class PromoteForm(ChangeForm):
    """A higher position in the same unit from a day on."""

    def first_values(self) -> dict:
        higher = {"position_title": "", "is_manager": True, "position_group": PositionGroup.LEADER}
        return super().first_values() | higher

    def perform(self) -> None:
        postings.promote(self.posting, on=self.day, actor=self.viewer, **self.particulars())


class TransferForm(ParticularsForm, StepForm):
    """The same or another position in another unit from a day on."""

    field_order = ["on", "unit", *PARTICULARS]
    on = DayField(label=_("Takes effect on"), help_text=_("The first day in the other unit."))

    def first_values(self) -> dict:
        return super().first_values() | particulars_of(self.posting)

    def set_up(self) -> None:
        self.fields["unit"] = UnitField(
            viewer=self.viewer,
            label=_("To the unit"),
            help_text=_("Only units of your scope. To others, whoever keeps both units moves the person."),
        )
        self.order_fields(self.field_order)

    def perform(self) -> None:
        postings.transfer(self.posting, self.cleaned_data["unit"], on=self.day, actor=self.viewer, **self.particulars())


class MakePrimaryForm(StepForm):
    """Which posting counts, from a day on."""

    on = DayField(label=_("Takes effect on"))

    def perform(self) -> None:
        postings.make_primary(self.posting, on=self.day, actor=self.viewer)


class EndForm(StepForm):
    """Held no longer from a day on."""

    on = DayField(label=_("Held no longer from"), help_text=_("The day before is the last one in this posting."))

    def set_up(self) -> None:
        self._others = {str(row.pk): row for row in self._candidates()}
        if self._others:
            self.fields["next_primary"] = forms.ChoiceField(
                label=_("Which posting becomes primary"),
                choices=[("", "—"), *((pk, str(row)) for pk, row in self._others.items())],
                required=False,
            )

    def _candidates(self):
        if not self.posting.is_primary:
            return []
        others = kept_postings_for(self.viewer).filter(not_over_on(timezone.localdate()), person=self.person)
        return others.filter(is_primary=False).select_related("unit", "person")

    def perform(self) -> None:
        chosen = self._others.get(self.cleaned_data.get("next_primary", ""))
        postings.end(self.posting, on=self.day, actor=self.viewer, next_primary=chosen)


class CorrectForm(ParticularsForm, StepForm):
    """What was recorded wrongly, put right."""

    field_order = ["unit", *PARTICULARS, "valid_from", "valid_to", "reason"]
    valid_from = DayField(label=_("From"))
    valid_to = DayField(label=_("Held no longer from"), required=False)
    reason = TextField(
        label=_("Why the record is wrong"),
        max_length=300,
        help_text=_("Goes into the log with what stood there before, such as “decision 12/QĐ read wrongly”."),
    )

    def first_values(self) -> dict:
        posting = self.posting
        days = {"valid_from": posting.valid_from, "valid_to": posting.valid_to, "unit": str(posting.unit_id)}
        return particulars_of(posting) | days

    def set_up(self) -> None:
        field = UnitField(viewer=self.viewer, label=_("Unit"))
        own = str(self.posting.unit_id)
        if own not in dict(field.choices):  # closed since: it may stay as it is
            field.choices = [*field.choices, (own, self.posting.unit.name)]
        self.fields["unit"] = field
        self.order_fields(self.field_order)

    @property
    def day(self) -> date:
        return min(self.posting.valid_from, self.cleaned_data["valid_from"])

    def perform(self) -> None:
        data = self.cleaned_data
        fields = self.particulars() | {"valid_from": data["valid_from"], "valid_to": data["valid_to"]}
        if data["unit"].pk != self.posting.unit_id:
            fields["unit"] = data["unit"]
        postings.correct(self.posting, actor=self.viewer, reason=data["reason"], **fields)


class RemoveForm(StepForm):
    """A posting that never was."""

    reason = TextField(
        label=_("Why the record is wrong"),
        max_length=300,
        help_text=_("Goes into the log with the whole posting, such as “recorded for a namesake”."),
    )

    @property
    def day(self) -> date:
        return self.posting.valid_from

    def perform(self) -> None:
        postings.remove(self.posting, actor=self.viewer, reason=self.cleaned_data["reason"])
