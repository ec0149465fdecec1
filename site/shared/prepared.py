"""Queries compiled once for each process: most of what a small query costs in Django is writing its SQL anew.

    _enrolment = prepared(lambda person, course: Enrolment.objects.filter(person=person, course=course), int, int)
    _enrolment(viewer.pk, course.pk)  →  [Enrolment, …]

Only for queries on a learner's way (measured in bench/); everywhere else the plain query reads better.
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.query import get_related_populators

_KNOWN = (int, str, date)


def prepared(build: Callable[..., QuerySet], *types: type) -> Callable[..., list]:
    """A function that runs the query set `build` makes, its SQL kept from the first call of each process.

    `build` takes one argument for each of `types` (int, str or date) and must use each as it stands, as the value
    of a condition: the query has to be the same whatever the values. Yields model instances, with `select_related`
    and annotations; no prefetching, no `values`. Raises TypeError for other types and for unused arguments.
    """
    if not set(types) <= set(_KNOWN):
        raise TypeError(f"Only {', '.join(kind.__name__ for kind in _KNOWN)} can be left open in a prepared query.")
    compiled: dict[str, _Compiled] = {}

    def run(*values) -> list:
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        if vendor not in compiled:
            compiled[vendor] = _Compiled(build, types)
        return compiled[vendor].fetch(values)

    return run


class _Compiled:
    """SQL with its open places, and how its rows become instances."""

    def __init__(self, build, types):
        connection = connections[DEFAULT_DB_ALIAS]
        marks = [_mark(kind, place) for place, kind in enumerate(types)]
        queryset = build(*marks)
        self.compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, params = self.compiler.as_sql()
        adapted = [_adapted(connection, mark) for mark in marks]
        self.params = [(adapted.index(value), None) if value in adapted else (None, value) for value in params]
        used = {place for place, _fixed in self.params}
        if not used >= set(range(len(types))):
            raise TypeError("Every argument of a prepared query must stand in it as it is given.")
        self._plan_instances()

    def _plan_instances(self):
        """What django.db.models.query.ModelIterable finds out anew for each run."""
        compiler, info = self.compiler, self.compiler.klass_info
        self.converters = list(
            compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]]).items()
        )
        self.from_db = info["model"].from_db
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        self.own = slice(first, last)
        self.names = [column.target.attname for column, *_ in compiler.select[self.own]]
        self.related = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)
        self.annotations = list((compiler.annotation_col_map or {}).items())

    def fetch(self, values) -> list:
        connection = connections[DEFAULT_DB_ALIAS]
        given = [_bound(connection, value) for value in values]
        params = tuple(fixed if place is None else given[place] for place, fixed in self.params)
        with same_statement_cursor(connection) as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        return [self._instance(list(row), connection) for row in rows]

    def _instance(self, row: list, connection):
        for place, (converters, expression) in self.converters:
            value = row[place]
            for convert in converters:
                value = convert(value, expression, connection)
            row[place] = value
        instance = self.from_db(DEFAULT_DB_ALIAS, self.names, row[self.own])
        for related in self.related:
            related.populate(row, instance)
        for name, place in self.annotations:
            setattr(instance, name, row[place])
        return instance


def same_statement_cursor(connection):
    """A cursor for statements that are always the same: where the database keeps plans, theirs are kept."""
    kept_plan_cursor = getattr(connection, "kept_plan_cursor", None)
    return kept_plan_cursor() if kept_plan_cursor else connection.cursor()


def _mark(kind: type, place: int):
    """A value nobody would ask for, to find the open place in the compiled query by."""
    if kind is int:
        return 9_007_199_254_000_000 + place
    if kind is date:
        return date(9000, 1, 1) + timedelta(days=place)
    return f"\ue000aB{place}\ue000"


def _bound(connection, value):
    """Numbers go to PostgreSQL as text without a type: by size they would have three, and a plan for each."""
    if isinstance(value, int) and hasattr(connection, "kept_plan_cursor"):
        return str(value)
    return _adapted(connection, value)


def _adapted(connection, value):
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
