"""Vietnamese for English defaults; an author's own words stay."""

import re

import pytest

from h5p.player.overlay import with_site_words, words
from tests.h5p.packages import library, text_field
from tests.h5p.player.stage import PART_A, activity

pytestmark = pytest.mark.django_db

INNER = library("H5P.Inner", semantics=[text_field("check", default="Check", common=True), text_field("title")])
FIELDS = [
    text_field("question"),
    text_field("single", default="Show solution"),
    {
        "name": "l10n",
        "type": "group",
        "common": True,
        "fields": [text_field("retry", default="Retry now"), text_field("quoted", default="':ans' is correct")],
    },
    {"name": "one", "type": "group", "fields": [text_field("only", default="Finish")]},
    {"name": "many", "type": "list", "field": {"name": "row", "type": "group", "fields": [
        text_field("tip", default="Tip"), text_field("other")]}},
    {"name": "part", "type": "library", "options": [INNER.name]},
]  # fmt: skip


@pytest.fixture
def content(tmp_path):
    content = activity(tmp_path, library("H5P.Outer", semantics=FIELDS, needs=[INNER]), INNER)
    content.filtered = {
        "question": "Check",
        "single": "Show solution",
        "l10n": {"retry": "Retry", "quoted": "&#039;:ans&#039; is correct", "unknown": "Retry"},
        "one": "Finish",
        "many": [{"tip": "Tip", "other": "Tip"}, {"tip": "My own tip"}],
        "part": {"library": INNER.name, "params": {"check": "Check", "title": "Check"}, "subContentId": PART_A},
    }
    return content


def test_only_untouched_defaults_are_translated(content):
    shown = with_site_words(content, "vi")
    assert shown == {
        "question": "Check",
        "single": "Xem đáp án",
        "l10n": {"retry": "Làm lại", "quoted": "“:ans” là đúng", "unknown": "Retry"},
        "one": "Kết thúc",
        "many": [{"tip": "Gợi ý", "other": "Tip"}, {"tip": "My own tip"}],
        "part": {
            "library": INNER.name,
            "params": {"check": "Kiểm tra", "title": "Check"},
            "subContentId": PART_A,
        },
    }


@pytest.mark.parametrize(("name", "shown"), [("H5P.Crossword", "Hàng dọc"), ("H5P.SortParagraphs", "Xuống")])
def test_a_word_means_what_its_library_means_by_it(tmp_path, name, shown):
    of_the_library = library(name, semantics=[text_field("down", default="Down", common=True)])
    content = activity(tmp_path, of_the_library, params={"down": "Down"})
    assert with_site_words(content, "vi") == {"down": shown}


def test_the_activity_itself_is_not_changed(content):
    with_site_words(content, "vi")
    assert content.filtered["single"] == "Show solution"


def test_in_english_nothing_is_replaced(content):
    assert with_site_words(content, "en") == content.filtered


def test_one_query_however_many_libraries(content, django_assert_num_queries):
    assert content.main_library.runnable
    for number in (1, 3):
        content.filtered["many"] = [{"tip": "Tip"}] * number
        with django_assert_num_queries(1):
            with_site_words(content, "vi")


def test_every_translation_keeps_its_placeholders():
    def placeholders(text: str) -> list[str]:
        return sorted(re.findall(r"[@:%#][A-Za-z]+|\{\w+\}", text))

    assert len(words()) > 350
    for english, vietnamese in words().items():
        assert placeholders(english) == placeholders(vietnamese), english
        assert vietnamese.strip()
        assert "trượt" not in vietnamese
