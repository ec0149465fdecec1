"""A row's dependent rows in the same query: `Rows(LessonRecord.objects.filter(enrolment=OuterRef("pk")), "done_at")`
is an expression whose value is a list with a list of the named columns for each of them. Their order is not told.

Values come as JSON has them: `moment` reads a date and time, `value` what a JSON field holds.
"""

import json
from datetime import UTC, datetime

from django.db import connection
from django.db.models import JSONField, Subquery
from django.db.models.functions import JSONArray


class Rows(Subquery):
    """The rows of a query set that refers to the outer one, as a list of lists; None if there are none."""

    template = '(SELECT jsonb_agg(one."_row") FROM (%(subquery)s) AS one)'
    output_field = JSONField()

    def __init__(self, queryset, *columns, **extra):
        super().__init__(queryset.order_by().values(_row=JSONArray(*columns)), **extra)

    def as_sqlite(self, compiler, connection, **extra):
        template = '(SELECT json_group_array(json(one."_row")) FROM (%(subquery)s) AS one)'
        return self.as_sql(compiler, connection, template=template, **extra)


def moment(text: str | None) -> datetime | None:
    """A date and time out of such a row."""
    if text is None:
        return None
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)  # SQLite keeps them in UTC without saying so


def value(given):
    """What a JSON field holds, out of such a row; SQLite hands its text on."""
    return json.loads(given) if isinstance(given, str) and connection.vendor == "sqlite" else given
