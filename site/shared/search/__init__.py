"""Search that does not mind marks: index and query are folded alike, on SQLite and PostgreSQL.

Both databases' own full-text search misses “đạo đức” typed as “dao duc” and “1847/QĐ-TTg”; folding both sides in
Python makes them plain ASCII words, which either database finds.
"""

from django.db import connection
from modelsearch.query import And, Boost, Fuzzy, Not, Or, Phrase, PlainText

from shared.text.fold import fold

if connection.vendor == "postgresql":
    from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend as _DatabaseBackend
else:
    from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend as _DatabaseBackend


def folded(query):
    """The query with every text folded; structured queries keep their structure."""
    if isinstance(query, str):
        return fold(query)
    if isinstance(query, PlainText):
        return PlainText(fold(query.query_string), operator=query.operator, boost=query.boost)
    if isinstance(query, Phrase):
        return Phrase(fold(query.query_string))
    if isinstance(query, Fuzzy):
        return Fuzzy(fold(query.query_string))
    if isinstance(query, Boost):
        return Boost(folded(query.subquery), query.boost)
    if isinstance(query, Not):
        return Not(folded(query.subquery))
    if isinstance(query, And | Or):
        return type(query)([folded(part) for part in query.subqueries])
    return query


class FoldingSearchBackend(_DatabaseBackend):
    def search(self, query, *args, **kwargs):
        return super().search(folded(query), *args, **kwargs)

    def autocomplete(self, query, *args, **kwargs):
        return super().autocomplete(folded(query), *args, **kwargs)


SearchBackend = FoldingSearchBackend
