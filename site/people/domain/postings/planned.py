"""Taking back steps that have not taken effect yet."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import rules
from people.models import Person, Posting
from shared.text.dates import short_date

from . import recording
from .periods import PostingRefused, check_together, lock


@transaction.atomic
def cancel_planned(person: Person, day: date, *, actor: Person | None) -> None:
    """Takes back all that is planned for the person's postings to happen on `day`: beginnings, changes, ends.

    Rows that would end then go on as before. Raises PostingRefused for days that are not ahead, for steps that
    later ones rest on, and if one of the rows is kept by somebody else.
    """
    lock(person)
    if day <= timezone.localdate():
        raise PostingRefused(_("What has taken effect cannot be cancelled, only ended, changed or corrected."))
    beginning = list(Posting.objects.filter(person=person, valid_from=day).select_related("unit", "follows__unit"))
    ending = list(Posting.objects.filter(person=person, valid_to=day).select_related("unit"))
    if not beginning and not ending:
        raise PostingRefused(_("Nothing is planned for %(day)s.") % {"day": short_date(day)})
    _may_cancel(actor, [*beginning, *ending])
    for row in beginning:
        if row.next.exists():
            words = {"day": short_date(row.next.order_by("valid_from").first().valid_from)}
            raise PostingRefused(_("A later step, from %(day)s on, rests on this. Cancel that first.") % words)
    recording.cancelled(actor, person, day, [recording.state(row) for row in (*beginning, *ending)])
    went_on_until = {row.follows_id: row.valid_to for row in beginning if row.follows_id}
    for row in beginning:
        row.delete()
    for row in ending:
        row.valid_to = went_on_until.get(row.pk)
        row.save(update_fields=["valid_to"])
    check_together(person, day)


def _may_cancel(actor: Person | None, rows: list[Posting]) -> None:
    if actor is None:
        return
    if not all(rules.can_keep_posting(actor, row) for row in rows):
        raise PostingRefused(_("This step also concerns a unit outside your scope. An administrator can cancel it."))
