"""The block “H5P activity”: which activity, and when it counts as done."""

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from h5p.choosers import ActivityChooserBlock
from h5p.enums import FinishRule
from h5p.player.poster import poster_of


class H5PActivityBlock(blocks.StructBlock):
    """An activity inside a text. What is rendered is the same for everybody; the page's script asks for the rest."""

    activity = ActivityChooserBlock(label=capfirst(_("H5P activity")))
    rule = blocks.ChoiceBlock(
        label=_("Counts as done when"),
        choices=FinishRule.choices,
        default=FinishRule.REPORTED,
        help_text=_("Texts, columns and accordions never report an end: choose one of the other rules for them."),
    )
    percent = blocks.IntegerBlock(
        label=_("Minimum score in per cent"), required=False, min_value=1, max_value=100, default=None
    )
    required = blocks.BooleanBlock(
        label=_("Must be done before the lesson can be marked as done"), required=False, default=False
    )
    starts_by_itself = blocks.BooleanBlock(
        label=_("Starts by itself when scrolled to"),
        required=False,
        default=False,
        help_text=_("On slow lines the button “Start” stays all the same."),
    )

    class Meta:
        label = capfirst(_("H5P activity"))
        icon = "form"
        template = "h5p/player/activity.html"

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned.get("rule") == FinishRule.MINIMUM_SCORE and not cleaned.get("percent"):
            raise blocks.StructBlockValidationError(
                block_errors={"percent": ValidationError(_("Say how many per cent are asked for."))}
            )
        return cleaned

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        activity = value.get("activity")
        return context | {"poster": poster_of(activity) if activity else None}
