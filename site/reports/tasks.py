"""Celery doors of the reports: no arguments, one domain call. Twice is as good as once."""

from datetime import date

from celery import shared_task

from reports.domain import keeping as figures
from reports.domain import kept
from reports.exports import keeping, making
from reports.exports.ordering import OUTBOX_KIND
from reports.schedules import running
from shared.domain import outbox

outbox.handler(OUTBOX_KIND)(making.make)


@outbox.handler(kept.FORMER_DAY)
def keep_former_day(ordinal: int) -> None:
    """A former day somebody with a wide scope has asked for."""
    figures.keep_day(date.fromordinal(ordinal), lambda: outbox.still_at_it(kept.FORMER_DAY, ordinal))


@shared_task
def keep_present_figures() -> None:
    """Every quarter of an hour: today's figures."""
    figures.keep_present()


@shared_task
def keep_month_figures() -> None:
    """Every night: the figures of the months that are over, as far as they are missing."""
    figures.keep_months()


@shared_task
def keep_exports() -> None:
    """Removes exported files past their day."""
    keeping.remove_old()


@shared_task
def run_schedules() -> None:
    """Monthly reports that are due; a night left out is made up for."""
    running.run_due()
