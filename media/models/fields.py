"""Columns of the press office's own kinds."""

from django import forms
from django.db import models

from media.enums import Pillar


class PillarsField(models.JSONField):
    """The pillars of service culture something belongs to: a list of `Pillar` words, ticked in forms."""

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            help_text=self.help_text,
            required=not self.blank,
            choices=Pillar.choices,
            widget=forms.CheckboxSelectMultiple,
        )

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs  # a matter of forms, not of the database
