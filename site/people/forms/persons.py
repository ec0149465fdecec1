"""The forms of a person's record at the HR desk."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import national_id
from people.domain.persons import SIGN_IN_FIELDS
from people.enums import FormOfAddress, Gender
from people.forms.fields import DayField, PhoneField, TextField, UnitField
from people.forms.postings import ParticularsForm
from people.models import Person

RECORD_FIELDS = ("full_name", "staff_number", "birth_date", "gender", "work_email", "phone", "form_of_address")
_YOUNGEST, _OLDEST = 15, 100


class RecordForm(forms.Form):
    """Who somebody is, as staff records hold it."""

    full_name = TextField(
        label=_("Full name"),
        max_length=120,
        help_text=_("As in the staff records: family name first, given name last."),
    )
    staff_number = TextField(label=_("Staff number"), max_length=30, required=False)
    birth_date = DayField(label=_("Birth date"), required=False)
    gender = forms.ChoiceField(label=_("Gender"), choices=[("", "—"), *Gender.choices], required=False)
    work_email = forms.EmailField(
        label=_("Work e-mail"),
        required=False,
        help_text=_("Also a way to sign in. Many have none: leave it empty then."),
    )
    phone = PhoneField(label=_("Phone"), required=False)
    form_of_address = forms.ChoiceField(
        label=_("Form of address in letters"), choices=FormOfAddress, initial=FormOfAddress.FORMAL
    )
    national_id = forms.CharField(
        label=_("National ID"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("12 digits. Kept only as a code to recognise the person by, unless the unit keeps the numbers."),
    )

    def clean_staff_number(self):
        return self.cleaned_data["staff_number"] or None

    def clean_work_email(self):
        return self.cleaned_data["work_email"].lower()

    def clean_birth_date(self):
        born, today = self.cleaned_data["birth_date"], timezone.localdate()
        if born and not _YOUNGEST <= today.year - born.year <= _OLDEST:
            raise forms.ValidationError(_("Check the year: nobody of that age is in service."))
        return born

    def clean_national_id(self):
        typed = self.cleaned_data["national_id"]
        if not typed:
            return ""
        try:
            return national_id.normalise(typed)
        except national_id.NotANationalId as refusal:
            if refusal.digits == national_id.LENGTH - 1:
                message = _("11 digits: the leading 0 is probably missing. Look it up and type all 12 digits.")
            else:
                message = _("A national ID has 12 digits.")
            raise forms.ValidationError(message) from refusal

    def record(self) -> dict:
        """The values as the model has them; the national ID is kept apart."""
        return {name: self.cleaned_data[name] for name in RECORD_FIELDS if name in self.cleaned_data}

    def refuse(self, refusal) -> None:
        """Puts a refusal of the domain beside the field it is about."""
        field = getattr(refusal, "field", "")
        self.add_error(field if field in self.fields else None, refusal.message)


class ChangeRecordForm(RecordForm):
    """A record that exists. What one signs in with is closed to those who do not manage the account."""

    def __init__(self, *args, person: Person, may_manage_account: bool, **kwargs):
        kwargs["initial"] = {name: getattr(person, name) for name in RECORD_FIELDS}
        super().__init__(*args, auto_id="%s", **kwargs)
        if person.national_id_hash:
            self.fields["national_id"].help_text = _("One is recorded. Type 12 digits only to replace it.")
        if not may_manage_account:
            for name in SIGN_IN_FIELDS & self.fields.keys():
                self.fields[name].disabled = True
                self.fields[name].help_text = _("The person holds a role: an administrator changes this.")


class AddPersonForm(RecordForm, ParticularsForm):
    """A new member of staff: the record and the first posting."""

    since = DayField(label=_("In this posting from"))

    def __init__(self, *args, viewer: Person, **kwargs):
        kwargs["initial"] = {"since": timezone.localdate()} | kwargs.get("initial", {})
        super().__init__(*args, auto_id="%s", **kwargs)
        self.fields["unit"] = UnitField(viewer=viewer, label=_("Unit"))
        self.fields["full_name"].widget.attrs["autocomplete"] = "off"

    @property
    def who(self):
        """The fields of the record, in their order on the page."""
        return [self[name] for name in RecordForm.base_fields]

    @property
    def where(self):
        """The fields of the posting, in their order on the page."""
        return [self[name] for name in ("unit", *ParticularsForm.base_fields, "since")]

    @property
    def since_day(self) -> date:
        return self.cleaned_data["since"]
