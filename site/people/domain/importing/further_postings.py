"""Postings that another program records one by one: those held beside the primary one, and the end of any.

The person is found as a row of a list is, by key and never by name; the steps are those of the desk
(`people.domain.postings`). All of them are taken, or none.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain import postings
from people.domain.importing.applying import one_at_a_time
from people.domain.importing.entries import EntriesRefused, Fault
from people.domain.importing.matching import Matcher
from people.domain.importing.records import Records
from people.domain.importing.scope import Scope
from people.domain.postings import PostingRefused
from people.models import Person, Posting, Unit
from people.queries import not_over_on
from people.sheets.cells.emails import read_email
from people.sheets.cells.numbers import read_national_id, read_staff_number
from people.sheets.cells.text import folded
from people.sheets.cells.words import group_of, manages
from people.sheets.draft import Draft
from people.sheets.problems import WARNED, Problem

MOST_POSTINGS = 100  # each is a step of its own, with its entry in the log
CREATED, CHANGED, ENDED, UNCHANGED = "create", "change", "end", "unchanged"
_COLUMN = {"since": "valid_from", "on": "valid_from", "until": "valid_to", "unit": "unit_code"}


@dataclass(frozen=True)
class PostingEntry:
    """A posting of somebody named by keys (texts by column key) or by id; `particulars` are what is said of it."""

    keys: dict[str, str]
    unit_code: str
    position_title: str
    valid_from: date
    valid_to: date | None = None
    particulars: dict[str, object] = field(default_factory=dict)
    person_id: int | None = None


@dataclass(frozen=True)
class PostingOutcome:
    kind: str
    posting: Posting


class _Wrong(Exception):
    def __init__(self, column: str, code: str, message):
        self.column, self.code, self.message = column, code, message


@transaction.atomic
def record_postings(
    entries: list[PostingEntry], *, actor: Person, unit: Unit | None, reason: str
) -> list[PostingOutcome]:
    """Records the postings in the given order. Raises EntriesRefused with everything that is wrong with any of them.

    `unit` narrows the actor's scope; `reason` stands in the log where a row is put right on its first day.
    """
    one_at_a_time()
    scope = Scope(actor, unit, timezone.localdate())
    drafts = [_keys_of(number, entry) for number, entry in enumerate(entries, start=1)]
    records = Records(drafts)
    records.also(entry.person_id for entry in entries if entry.person_id)
    matcher = Matcher(records, scope)
    units = {one.code: one for one in Unit.objects.filter(code__in={entry.unit_code for entry in entries})}
    faults, outcomes = [], []
    for position, (entry, draft) in enumerate(zip(entries, drafts, strict=True)):
        found = [Fault(position, one.column, one.code, one.message) for one in draft.problems if one.level != WARNED]
        try:
            if not found:
                outcomes.append(_record(entry, draft, matcher, units, actor, reason))
        except _Wrong as wrong:
            found = [Fault(position, wrong.column, wrong.code, str(wrong.message))]
        except PostingRefused as refusal:
            found = [Fault(position, _COLUMN.get(refusal.field, refusal.field), "posting_refused", str(refusal))]
        faults += found
    if faults:
        raise EntriesRefused(faults)
    return outcomes


def _keys_of(number: int, entry: PostingEntry) -> Draft:
    draft = Draft(number)
    for key, read in (
        ("staff_number", read_staff_number),
        ("national_id", lambda cell: read_national_id(cell, accept_lost_zeros=False)),
        ("work_email", read_email),
    ):
        value, problems = read(entry.keys.get(key))
        draft.problems += problems
        if value:
            draft.values[key] = value
    return draft


def _record(entry: PostingEntry, draft: Draft, matcher: Matcher, units: dict, actor, reason: str) -> PostingOutcome:
    with transaction.atomic():  # a refused step leaves nothing behind, so that the next entry is judged by itself
        if entry.valid_to is not None and entry.valid_to <= entry.valid_from:
            raise PostingRefused(_("A posting must end after it begins."), "until")
        person = Person.objects.get(pk=_person(entry, draft, matcher))
        unit = _unit(entry, units, matcher.scope)
        held = _held(person, unit, entry)
        if held is None:
            return PostingOutcome(CREATED, _start(person, unit, entry, actor))
        return _go_on(held, entry, actor, reason)


def _person(entry: PostingEntry, draft: Draft, matcher: Matcher) -> int:
    if entry.person_id is None and not draft.has_key:
        words = _("Say whose posting it is: by staff number, national ID or work e-mail.")
        raise _Wrong("staff_number", "key_missing", words)
    if entry.person_id is not None:
        found = matcher.records.person(entry.person_id)
        if found is None or not matcher.scope.holds(found):
            raise _Wrong("", "person_outside_scope", Problem("person_outside_scope").message)
        return found.pk
    match = matcher.match(draft, None)
    for problem in match.problems:
        raise _Wrong(problem.column, problem.code, problem.message)
    if match.person is None:
        raise _Wrong("staff_number", "person_unknown", _("Nobody is on record with this key. Send the person first."))
    return match.person.pk


def _unit(entry: PostingEntry, units: dict[str, Unit], scope: Scope) -> Unit:
    unit = units.get(entry.unit_code)
    if unit is None or unit.pk not in scope.unit_ids:
        code = "unit_unknown" if unit is None else "unit_outside_scope"
        raise _Wrong("unit_code", code, Problem(code, "unit_code", {"found": entry.unit_code}).message)
    return unit


def _held(person: Person, unit: Unit, entry: PostingEntry) -> Posting | None:
    """The posting the entry speaks of: this position in this unit, not over on its first day; the earliest of them."""
    rows = Posting.objects.filter(not_over_on(entry.valid_from), person=person, unit=unit).select_related("unit")
    title = folded(entry.position_title)
    return next((row for row in rows.order_by("valid_from", "pk") if folded(row.position_title) == title), None)


def _start(person: Person, unit: Unit, entry: PostingEntry, actor: Person) -> Posting:
    usual = {"position_group": group_of(entry.position_title), "is_manager": manages(entry.position_title)}
    return postings.start(
        person,
        unit,
        entry.position_title,
        since=entry.valid_from,
        until=entry.valid_to,
        actor=actor,
        **usual | entry.particulars,
    )


def _go_on(held: Posting, entry: PostingEntry, actor: Person, reason: str) -> PostingOutcome:
    kind = UNCHANGED
    changed = {name: value for name, value in entry.particulars.items() if getattr(held, name) != value}
    if changed:
        kind = CHANGED
        if entry.valid_from <= held.valid_from:
            held = postings.correct(held, actor=actor, reason=reason, **changed)
        else:
            held = postings.change(held, on=entry.valid_from, actor=actor, **changed)
    if entry.valid_to is not None and entry.valid_to != held.valid_to:
        kind = ENDED
        try:
            postings.end(held, on=entry.valid_to, actor=actor)
        except PostingRefused as refusal:
            raise PostingRefused(refusal.message, "until") from refusal
    return PostingOutcome(kind, held)
