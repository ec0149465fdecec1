"""Putting right what was recorded wrongly. Only here is a row rewritten, with a reason, and the log keeps both."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from people import rules
from people.models import Person, Posting
from shared.text.dates import short_date
from shared.text.fold import to_nfc

from . import recording
from .periods import PostingRefused, check_day, check_together, check_unit, lock
from .verbs import CHANGEABLE

CORRECTABLE = (*CHANGEABLE, "unit", "valid_from", "valid_to")


@transaction.atomic
def correct(posting: Posting, *, actor: Person | None, reason: str, **fields) -> Posting:
    """Rewrites what the row holds (`CORRECTABLE`) because it never was so. `reason` goes into the log.

    A row that begins where another ended, or ends where another begins, takes that day of the other with it.
    Training records keep the unit and position they were written with. Raises PostingRefused.
    """
    lock(posting.person)
    stored = _kept(posting, actor)
    reason = _reason(reason)
    changed = {name: value for name, value in fields.items() if getattr(stored, name) != value}
    if unknown := set(changed) - set(CORRECTABLE):
        raise TypeError(f"A correction cannot set {sorted(unknown)}.")
    if not changed:
        raise PostingRefused(_("Nothing is different from the posting as it is."))
    old = recording.state(stored)
    earliest = min(stored.valid_from, changed.get("valid_from", stored.valid_from))
    before = {"valid_from": stored.valid_from, "valid_to": stored.valid_to}
    for name, value in changed.items():
        setattr(stored, name, value)
    _check(stored, changed, actor)
    _take_along(stored, before, changed, actor)
    stored.save(update_fields=[*changed])
    check_together(stored.person, earliest)
    recording.corrected(actor, old, stored, reason)
    return stored


@transaction.atomic
def remove(posting: Posting, *, actor: Person | None, reason: str) -> None:
    """Takes away a row that should never have been there, such as one recorded for the wrong person.

    The row before it does not go on by itself: correct its end if it should. Raises PostingRefused.
    """
    lock(posting.person)
    stored = _kept(posting, actor)
    reason = _reason(reason)
    if stored.next.exists():
        day = short_date(stored.next.order_by("valid_from").first().valid_from)
        raise PostingRefused(_("A step from %(day)s on rests on this posting. Remove that first.") % {"day": day})
    recording.removed(actor, stored, reason)
    person, since = stored.person, stored.valid_from
    stored.delete()
    check_together(person, since)


def _kept(posting: Posting, actor: Person | None) -> Posting:
    stored = Posting.objects.select_related("unit", "person").filter(pk=posting.pk).first()
    if stored is None:
        raise PostingRefused(_("This posting has just been withdrawn. Open the person's page again."))
    if actor is not None and not rules.can_keep_posting(actor, stored):
        raise PostingRefused(_("This posting is kept by the HR officers of its own unit or by an administrator."))
    return stored


def _reason(reason: str) -> str:
    reason = to_nfc(reason)
    if not reason:
        raise PostingRefused(_("Say why the record is wrong, for the log."), "reason")
    return reason


def _check(posting: Posting, changed: dict, actor: Person | None) -> None:
    for name in ("valid_from", "valid_to"):
        if changed.get(name):
            check_day(changed[name], name)
    if posting.valid_to is not None and posting.valid_to <= posting.valid_from:
        raise PostingRefused(_("A posting must end after it begins."), "valid_to")
    if "unit" in changed and actor is not None and not rules.can_keep_people_of(actor, posting.unit):
        raise PostingRefused(_("This unit is not in your scope."), "unit")
    if {"unit", "valid_from", "valid_to"} & set(changed):
        check_unit(posting.unit, posting.valid_from, posting.valid_to)


def _take_along(posting: Posting, before: dict, changed: dict, actor: Person | None) -> None:
    """The day on which one row ends and the next begins is one day: it is corrected in both."""
    former = posting.follows
    if "valid_from" in changed and former is not None and former.valid_to == before["valid_from"]:
        _move(former, "valid_to", posting.valid_from, actor)
    if "valid_to" in changed and before["valid_to"] is not None:
        for row in posting.next.filter(valid_from=before["valid_to"]):
            if posting.valid_to is None:
                day = short_date(row.valid_from)
                raise PostingRefused(_("A step from %(day)s on follows this posting.") % {"day": day}, "valid_to")
            _move(row, "valid_from", posting.valid_to, actor)


def _move(row: Posting, name: str, day: date, actor: Person | None) -> None:
    if actor is not None and not rules.can_keep_posting(actor, row):
        raise PostingRefused(_("The posting next to it is kept by another unit; an administrator can correct both."))
    old = recording.state(row)
    setattr(row, name, day)
    if row.valid_to is not None and row.valid_to <= row.valid_from:
        last = short_date(row.valid_from + timedelta(days=1))
        raise PostingRefused(_("The posting next to it would have no day left; %(day)s is the limit.") % {"day": last})
    row.save(update_fields=[name])
    recording.corrected(actor, old, row, "")
