"""Addresses of pages without marks: “Người mở cửa sớm” becomes “nguoi-mo-cua-som”, as people type and share them.

Wagtail keeps the marks, and an address with marks is a row of percent signs in every message it is sent in.
"""

from collections import defaultdict

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import SlugInput

from shared.text.fold import drop_marks

_LETTERS = [*range(0x00C0, 0x01B1), *range(0x1EA0, 0x1EFA)]  # Latin with marks, Vietnamese among them
_MARKS = "[\u0300-\u036f]"  # on their own, as some keyboards send them


def _formatters() -> list[tuple[str, str]]:
    """What the browser replaces by what while a title is typed."""
    letters = defaultdict(str)
    for letter in map(chr, _LETTERS):
        if (plain := drop_marks(letter)).isascii():
            letters[plain.lower()] += letter
    return [(_MARKS, ""), *((f"[{group}]", plain) for plain, group in letters.items())]


class PlainSlugInput(SlugInput):
    """Wagtail's field of a page's address, in plain letters only."""

    def __init__(self, attrs=None, **options):
        plain = {"data-w-slug-allow-unicode-value": "false"}
        super().__init__(plain | (attrs or {}), formatters=_formatters(), **options)

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return drop_marks(value) if value else value


def install() -> None:
    """For the app's `ready`: every form of a page has it."""
    register_form_field_override(models.SlugField, override={"widget": PlainSlugInput})
