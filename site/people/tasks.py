"""Celery doors of people and organisation."""

from celery import shared_task

from people.domain import access, activation, emergency, importing, roles, units
from people.domain.audit import chain
from people.domain.importing import staging, undoing
from people.domain.privacy import removal
from shared.domain import outbox

outbox.handler(activation.OUTBOX_KIND)(activation.make)
outbox.handler(staging.OUTBOX_KIND)(importing.stage)
outbox.handler(undoing.OUTBOX_KIND)(undoing.remove_put_away)


@shared_task
def settle_units() -> None:
    """Names, aliases and roles follow changes of units whose day has come. Twice is as good as once."""
    units.settle_due()


@shared_task
def follow_role_dates() -> None:
    """Groups of the editing desk follow roles that begin or end by date. Twice is as good as once."""
    roles.follow_dates()


@shared_task
def seal_log() -> None:
    """Takes new log entries up into the chain (`people.domain.audit.chain`)."""
    chain.seal()


@shared_task
def keep_access() -> None:
    """Puts unused accounts to rest and removes what is left of activation slips. Twice is as good as once."""
    access.put_idle_to_rest()
    activation.remove_old_files()
    activation.forget_old_codes()


@shared_task
def close_emergency_accounts() -> None:
    emergency.close_ended()


@shared_task
def remove_what_is_over() -> None:
    """The nightly removal of personal data past their time; before it, the whole log is sealed once."""
    chain.seal(everything=True)
    removal.remove_everything_over()
