"""Asking for an exemption, a deferral or the recognition of an equivalent; and deciding on it."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.domain import exemptions
from courses.enums import ExemptionKind
from courses.evidence import EvidenceField
from courses.models import CoursePage, Exemption
from people.forms.fields import DayField, TextField
from people.models import Person


class ExemptionForm(forms.Form):
    """One request. For `person`; without a `course` one is chosen."""

    course = forms.ModelChoiceField(label=_("Course"), queryset=CoursePage.objects.none())
    kind = forms.ChoiceField(label=_("What is asked for"), choices=ExemptionKind)
    reason = forms.CharField(label=_("Reason"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    valid_from = DayField(label=_("From"))
    valid_to = DayField(
        label=_("Up to"),
        required=False,
        help_text=_("A deferral: the new due date. An exemption: the day from which the course is due again."),
    )
    evidence = EvidenceField(label=_("Evidence"), required=False)
    evidence_issuer = TextField(label=_("Paper issued by"), max_length=200, required=False)
    evidence_date = DayField(label=_("Paper issued on"), required=False)

    def __init__(self, *args, person: Person, course: CoursePage | None = None, **kwargs):
        self.person, self.course = person, course
        kwargs["initial"] = {"valid_from": timezone.localdate()} | kwargs.get("initial", {})
        super().__init__(*args, auto_id="%s", **kwargs)
        if course:
            del self.fields["course"]
        else:
            self.fields["course"].queryset = CoursePage.objects.live().order_by("path")

    def request(self, *, actor: Person) -> Exemption:
        """Raises DomainError."""
        data = self.cleaned_data
        kind = ExemptionKind(data["kind"])
        return exemptions.request(
            self.person,
            self.course or data["course"],
            kind,
            reason=data["reason"],
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            evidence=data["evidence"],
            evidence_issuer=data["evidence_issuer"],
            evidence_date=data["evidence_date"],
            actor=actor,
        )


class DecisionForm(forms.Form):
    note = TextField(
        label=_("Note on the decision"),
        max_length=300,
        required=False,
        help_text=_("The person reads it. Needed when the answer is no."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)
