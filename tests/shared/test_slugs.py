"""Addresses of pages are made of plain letters, in the browser and on the server."""

import json
import re
import unicodedata

import pytest

from courses.models import CoursePage
from shared.desk.slugs import PlainSlugInput
from shared.fonts.build import VIETNAMESE


def in_the_browser(text: str) -> str:
    """What the formatters the field hands to the browser make of a text."""
    for (pattern, _flags), plain in json.loads(PlainSlugInput().attrs["data-w-slug-formatters-value"]):
        text = re.sub(pattern, plain, text)
    return text


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_vietnamese_letter_has_a_plain_one(form):
    for letter in VIETNAMESE:
        assert in_the_browser(unicodedata.normalize(form, letter)).isascii(), letter
    assert in_the_browser(unicodedata.normalize(form, "Đường về xã")).lower() == "duong ve xa"


def test_the_server_drops_marks_as_well():
    assert PlainSlugInput().value_from_datadict({"slug": "người-đi-trước"}, {}, "slug") == "nguoi-di-truoc"


def test_forms_of_pages_have_the_field():
    form = CoursePage.get_edit_handler().get_form_class()
    assert isinstance(form.base_fields["slug"].widget, PlainSlugInput)
