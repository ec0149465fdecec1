"""Writing down who is to be told what. Writing the same twice changes nothing."""

from datetime import date

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from notices.enums import MatterState
from notices.models import Matter
from shared.statistics import gather_after

AT_ONCE = 10_000  # rows a statement: a fraction of a second on both databases


def queue(person_id: int, topic: str, step: str, subject_id: int, occasion: date) -> None:
    """One matter for one person."""
    matter = Matter(person_id=person_id, topic=topic, step=step, subject_id=subject_id, occasion=occasion)
    Matter.objects.bulk_create([matter], ignore_conflicts=True)


def queue_all(topic: str, step: str, found: QuerySet, *, state: MatterState = MatterState.WAITING) -> int:
    """The matters of a whole query, without reading them: one statement for every `AT_ONCE` rows.

    `found` has the annotations `told_person`, `told_subject` and `told_occasion`, and leaves out what is written
    down already (`notices.queries.told`); otherwise it would find the same rows again and again. As `DROPPED`
    they count as told without being told. Returns how many are new.
    """
    rows = found.order_by("pk").values("told_person", "told_subject", "told_occasion")[:AT_ONCE]
    sql, params = rows.query.sql_with_params()
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    # The table's name is Django's own; every value is a parameter.
    statement = f"""
        INSERT INTO {Matter._meta.db_table}
            (person_id, topic, step, subject_id, occasion, state, created_at, tries)
        SELECT found.told_person, %s, %s, found.told_subject, found.told_occasion, %s, {_moment()}, 0
        FROM ({sql}) AS found WHERE true ON CONFLICT DO NOTHING
    """  # noqa: S608
    total = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [topic, step, state, now, *params])
            added = cursor.rowcount
        is_first, total = total == 0, total + max(added, 0)
        if is_first or added < AT_ONCE:
            gather_after(total, Matter)  # the next statement looks for what has just been written
        if added < AT_ONCE:
            return total


def _moment() -> str:
    """A moment among selected values: PostgreSQL would take the bare text for text."""
    return "CAST(%s AS timestamp with time zone)" if connection.vendor == "postgresql" else "%s"
