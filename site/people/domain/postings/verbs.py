"""The steps of a career as they are decided, each from a day on."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from people import rules
from people.enums import PositionGroup
from people.models import Person, Posting, Unit
from shared.text.dates import short_date

from . import recording
from .periods import PostingRefused, check_day, check_together, check_unit, lock, primary_on

CHANGEABLE = ("position_title", "job_title", "grade", "position_group", "employment_type", "is_manager")


@transaction.atomic
def start(
    person: Person,
    unit: Unit,
    position_title: str,
    *,
    since: date,
    actor: Person | None,
    until: date | None = None,
    is_primary: bool = False,
    **fields,
) -> Posting:
    """Gives the person a further posting from `since` on, up to, not including, `until` if given.

    The first posting somebody holds must be the primary one. Raises PostingRefused.
    """
    lock(person)
    check_day(since, "since")
    _may_post_to(actor, unit)
    check_unit(unit, since, until)
    posting = Posting.objects.create(
        person=person,
        unit=unit,
        position_title=position_title,
        is_primary=is_primary,
        valid_from=since,
        valid_to=until,
        **fields,
    )
    check_together(person, since)
    recording.started(actor, posting)
    return posting


@transaction.atomic
def succeed(person: Person, unit: Unit, position_title: str, *, since: date, actor: Person | None, **fields) -> Posting:
    """Gives the person a primary posting in the place of the one held on `since`, which ends then."""
    lock(person)
    former = primary_on(person, since)
    if former is None:
        return start(person, unit, position_title, since=since, actor=actor, is_primary=True, **fields)
    _may_change(actor, former)
    _may_post_to(actor, unit)
    check_unit(unit, since, None)
    _end_row(former, since)
    posting = Posting.objects.create(
        person=person, unit=unit, position_title=position_title, valid_from=since, follows=former, **fields
    )
    check_together(person, since)
    recording.stepped(actor, "posting.succeeded", former, posting)
    return posting


@transaction.atomic
def change(posting: Posting, *, on: date, actor: Person | None, action: str = "posting.changed", **fields) -> Posting:
    """From `on` the posting has other particulars (`CHANGEABLE`); what it was until then stays as it was.

    Returns the row that holds from `on`. Raises PostingRefused, also if nothing would change.
    """
    posting = _locked(posting, actor)
    check_day(on)
    changed = {name: value for name, value in fields.items() if getattr(posting, name) != value}
    if unknown := set(changed) - set(CHANGEABLE):
        raise TypeError(f"A change cannot set {sorted(unknown)}.")
    if not changed:
        raise PostingRefused(_("Nothing is different from the posting as it is."))
    _must_split(posting, on)
    following = _split(posting, on, **changed)
    check_together(posting.person, on)
    recording.stepped(actor, action, posting, following)
    return following


def promote(
    posting: Posting,
    *,
    on: date,
    actor: Person | None,
    position_title: str,
    is_manager: bool = True,
    position_group: str = PositionGroup.LEADER,
    **fields,
) -> Posting:
    """From `on` the person holds a higher position in the same unit. As `change`, and named so in the log."""
    return change(
        posting,
        on=on,
        actor=actor,
        action="posting.promoted",
        position_title=position_title,
        is_manager=is_manager,
        position_group=position_group,
        **fields,
    )


@transaction.atomic
def transfer(posting: Posting, unit: Unit, *, on: date, actor: Person | None, **fields) -> Posting:
    """Moves the posting to another unit from `on`, with the same particulars unless `fields` say otherwise."""
    posting = _locked(posting, actor)
    check_day(on)
    if unit.pk == posting.unit_id:
        raise PostingRefused(_("The posting is in this unit already."), "unit")
    _may_post_to(actor, unit)
    _must_split(posting, on)
    check_unit(unit, on, posting.valid_to)
    following = _split(posting, on, unit=unit, **fields)
    check_together(posting.person, on)
    recording.stepped(actor, "posting.transferred", posting, following)
    return following


@transaction.atomic
def make_primary(posting: Posting, *, on: date, actor: Person | None) -> Posting:
    """From `on` this posting is the primary one: the person is counted in its unit. The former goes on beside it."""
    posting = _locked(posting, actor)
    check_day(on)
    if posting.is_primary:
        raise PostingRefused(_("This posting is the primary one already."))
    _must_hold(posting, on)
    former = primary_on(posting.person, on)
    if former is not None:
        _switch(former, on, is_primary=False)
    following = _switch(posting, on, is_primary=True)
    check_together(posting.person, on)
    recording.stepped(actor, "posting.made_primary", former or posting, following)
    return following


@transaction.atomic
def end(posting: Posting, *, on: date, actor: Person | None, next_primary: Posting | None = None) -> None:
    """The posting is held no longer from `on`. If it is primary and others go on, `next_primary` takes its place.

    An end that still lies ahead may be moved. Raises PostingRefused.
    """
    posting = _locked(posting, actor)
    check_day(on)
    if on <= posting.valid_from:
        words = {"day": short_date(posting.valid_from)}
        raise PostingRefused(_("The posting begins on %(day)s; it can end only after that day.") % words, "on")
    _nothing_planned_after(posting)
    before = posting.valid_to
    if next_primary is not None:
        _may_change(actor, next_primary)
        _must_hold(next_primary, on)
    _end_row(posting, on)
    if next_primary is not None:
        _switch(next_primary, on, is_primary=True)
    check_together(posting.person, on)
    recording.ended(actor, posting, before, next_primary)


# --- steps the verbs are made of ------------------------------------------------------------------------


def _locked(posting: Posting, actor: Person | None) -> Posting:
    """The posting as it is now, the only one at work on this person; for those who may change it."""
    lock(posting.person)
    stored = Posting.objects.select_related("unit", "person").filter(pk=posting.pk).first()
    if stored is None:
        raise PostingRefused(_("This posting has just been withdrawn. Open the person's page again."))
    _may_change(actor, stored)
    return stored


def _may_change(actor: Person | None, posting: Posting) -> None:
    if actor is not None and not rules.can_keep_posting(actor, posting):
        raise PostingRefused(_("This posting is kept by the HR officers of its own unit or by an administrator."))


def _may_post_to(actor: Person | None, unit: Unit) -> None:
    if actor is not None and not rules.can_keep_people_of(actor, unit):
        raise PostingRefused(_("This unit is not in your scope."), "unit")


def _must_hold(posting: Posting, on: date) -> None:
    if posting.valid_from > on or (posting.valid_to and posting.valid_to <= on):
        words = {"posting": posting, "day": short_date(on)}
        raise PostingRefused(_("“%(posting)s” is not held on %(day)s.") % words, "on")


def _must_split(posting: Posting, on: date) -> None:
    """A step needs a day inside the posting, after its first: the row before that day stays as it is."""
    _must_hold(posting, on)
    if on == posting.valid_from:
        words = {"day": short_date(on)}
        raise PostingRefused(
            _("The posting begins on %(day)s itself. If it was recorded wrongly, correct it instead.") % words, "on"
        )


def _nothing_planned_after(posting: Posting) -> None:
    following = posting.next.order_by("valid_from").first()
    if following is not None:
        words = {"day": short_date(following.valid_from)}
        raise PostingRefused(_("A step from %(day)s on is recorded. Cancel that first.") % words, "on")


def _end_row(posting: Posting, on: date) -> None:
    posting.valid_to = on
    posting.save(update_fields=["valid_to"])


def _split(posting: Posting, on: date, **fields) -> Posting:
    """Ends the row on `on` and begins its continuation, which lasts as long as the row would have."""
    until, later = posting.valid_to, list(posting.next.all())
    _end_row(posting, on)
    following = Posting.objects.create(**_particulars(posting) | {"valid_from": on, "valid_to": until} | fields)
    for row in later:  # what was planned to follow the row follows its continuation
        row.follows = following
        row.save(update_fields=["follows"])
    return following


def _switch(posting: Posting, on: date, *, is_primary: bool) -> Posting:
    """Primary or not from `on`; on the row's very first day there is nothing before to keep."""
    if posting.valid_from == on:
        posting.is_primary = is_primary
        posting.save(update_fields=["is_primary"])
        return posting
    return _split(posting, on, is_primary=is_primary)


def _particulars(posting: Posting) -> dict:
    kept = {name: getattr(posting, name) for name in CHANGEABLE}
    return kept | {
        "person": posting.person,
        "unit": posting.unit,
        "is_primary": posting.is_primary,
        "follows": posting,
    }
