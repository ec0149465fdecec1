"""The folding search backend: both sides of a search are folded, and structured queries keep their structure."""

import pytest
from django.db import connection
from modelsearch.backends import get_search_backend
from modelsearch.query import And, Boost, Fuzzy, Not, Or, Phrase, PlainText
from wagtail.models import Page

from shared.search import FoldingSearchBackend, folded, indexing
from shared.text.fold import fold


def indexers_module():
    if connection.vendor == "postgresql":
        from modelsearch.backends.database.postgres import postgres as module
    else:
        from modelsearch.backends.database.sqlite import sqlite as module
    return module


def test_the_folding_indexer_is_in_use():
    """The library keeps its indexer as a name in a module; should that change, the index would silently not fold."""
    assert indexers_module().ObjectIndexer.__name__ == "FoldingObjectIndexer"
    assert indexers_module().ObjectIndexer.folds is True


def test_installing_twice_changes_nothing():
    before = indexers_module().ObjectIndexer
    indexing.install()
    assert indexers_module().ObjectIndexer is before


def test_the_index_is_written_with_it(db, monkeypatch):
    """Not with a reference to the library's own indexer, taken before ours was installed."""
    folded_texts = []
    monkeypatch.setattr(indexing, "fold", lambda text: folded_texts.append(text) or fold(text))
    page = Page.get_first_root_node()
    page.title = "Đạo đức công vụ"
    get_search_backend().add(page)
    assert "Đạo đức công vụ" in folded_texts


@pytest.mark.parametrize("value", ["Đạo đức", ["Đạo", "đức"], {"a": "Đạo", "b": "đức"}])
def test_whatever_a_field_gives_is_folded(value):
    indexer = indexers_module().ObjectIndexer.__new__(indexers_module().ObjectIndexer)
    assert indexer.prepare_value(value) == "dao duc"


def test_the_backend_in_use_folds_queries():
    assert isinstance(get_search_backend(), FoldingSearchBackend)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Đạo đức, công vụ!", "dao duc cong vu"),
        (PlainText("Đạo đức", operator="or", boost=2.0), PlainText("dao duc", operator="or", boost=2.0)),
        (Phrase("Chữ ký số"), Phrase("chu ky so")),
        (Fuzzy("Hoà"), Fuzzy("hoa")),
        (Boost(PlainText("Hoà"), 2.0), Boost(PlainText("hoa"), 2.0)),
        (Not(PlainText("Hoà")), Not(PlainText("hoa"))),
        (And([PlainText("Hoà"), Phrase("Đỗ")]), And([PlainText("hoa"), Phrase("do")])),
        (Or([PlainText("Hoà"), PlainText("Đỗ")]), Or([PlainText("hoa"), PlainText("do")])),
    ],
)
def test_queries_are_folded(query, expected):
    assert repr(folded(query)) == repr(expected)
