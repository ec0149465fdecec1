"""Celery doors of the courses: ids in, one domain call."""

from celery import shared_task

from courses.domain import assignment, certificates, following, group_sessions, obligations
from courses.domain.reminding import ladder
from shared.domain import outbox

outbox.handler("courses.certificate_pdf")(certificates.render_pdf)
outbox.handler("courses.forget_certificate_pdf")(certificates.forget_pdf)
outbox.handler(assignment.OUTBOX_KIND)(assignment.evaluate_by_id)
outbox.handler(following.PERSON)(following.follow_person)
outbox.handler(following.IMPORT)(following.follow_import)
outbox.handler(following.UNIT)(following.follow_unit)

outbox.handler(group_sessions.OUTBOX_KIND)(group_sessions.credit)


@shared_task
def evaluate_rules() -> None:
    """Every night: rules that begin or end by date, windows that open, postings whose day has come."""
    obligations.evaluate_rules()


@shared_task
def queue_reminders() -> None:
    """Every morning before letters go out: which steps of the reminders have come for whom. May run twice."""
    ladder.queue_due()
