"""Makes modelsearch's indexers write folded text. One assignment each; tests/shared/test_search.py guards them."""

from shared.text.fold import fold


def install() -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        from modelsearch.backends.database.postgres import postgres as backend
    else:
        from modelsearch.backends.database.sqlite import sqlite as backend
    original = backend.ObjectIndexer
    if getattr(original, "folds", False):
        return

    class FoldingObjectIndexer(original):
        folds = True

        def prepare_value(self, value):
            return fold(super().prepare_value(value))

    backend.ObjectIndexer = FoldingObjectIndexer
