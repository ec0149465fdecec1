"""Form fields several rooms share: days and single lines of text."""

from django import forms

from shared.text.fold import to_nfc


class DayField(forms.DateField):
    """A day, chosen from the browser's calendar or typed as 22/11/2026."""

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"])
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)


class TextField(forms.CharField):
    """One line of text in NFC without stray spaces."""

    def to_python(self, value):
        return to_nfc(super().to_python(value) or "")
