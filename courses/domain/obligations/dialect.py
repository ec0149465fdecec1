"""The few things SQLite and PostgreSQL write differently."""

from datetime import date, datetime

from django.conf import settings
from django.db import connection


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"


def typed(kind: str) -> str:
    """A placeholder of a type: PostgreSQL has to be told which; SQLite would turn a date into a number."""
    return f"CAST(%s AS {kind})" if _is_postgres() else "%s"


def later_of(*expressions: str) -> str:
    """The latest of several days, none of which is NULL."""
    return f"{'GREATEST' if _is_postgres() else 'MAX'}({', '.join(expressions)})"


def earlier_of(*expressions: str) -> str:
    return f"{'LEAST' if _is_postgres() else 'MIN'}({', '.join(expressions)})"


def days_after(day: str, days: str) -> str:
    """A day and a number of days, both SQL."""
    return f"({day} + {days})" if _is_postgres() else f"date({day}, '+' || {days} || ' days')"


def differs(one: str, other: str) -> str:
    return f"{one} IS DISTINCT FROM {other}" if _is_postgres() else f"{one} IS NOT {other}"


def materialized() -> str:
    """Has a common table expression worked out once, on whatever database."""
    return "MATERIALIZED"


def local_day(moment: str) -> str:
    """The day of a stored moment where we are; without parameters of its own."""
    statement, parameters = connection.ops.datetime_cast_date_sql(moment, (), settings.TIME_ZONE)
    for parameter in parameters:
        statement = statement.replace("%s", f"'{parameter}'", 1)
    return statement


def value(found):
    """A parameter as the database keeps it."""
    if isinstance(found, datetime):
        return connection.ops.adapt_datetimefield_value(found)
    if isinstance(found, date):
        return connection.ops.adapt_datefield_value(found)
    return found
