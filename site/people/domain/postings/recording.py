"""The log entries of what happens to postings: which row, what was and what is, with the days in ISO form."""

from datetime import date

from people.domain import audit
from people.models import Person, Posting
from people.signals import postings_changed


def state(posting: Posting) -> dict:
    """The row as the log tells it."""
    return {
        "unit": posting.unit_id,
        "position": posting.position_title,
        "job_title": posting.job_title,
        "grade": posting.grade,
        "group": str(posting.position_group),
        "employment": str(posting.employment_type),
        "is_manager": posting.is_manager,
        "is_primary": posting.is_primary,
        "from": _iso(posting.valid_from),
        "to": _iso(posting.valid_to),
    }


def started(actor: Person | None, posting: Posting) -> None:
    _record(actor, "posting.started", posting, new=state(posting))


def stepped(actor: Person | None, action: str, former: Posting, following: Posting) -> None:
    """From the first day of `following` on its particulars hold in the place of `former`'s."""
    old, new = _difference(state(former), state(following))
    _record(actor, action, following, old=old, new=new, on=_iso(following.valid_from))


def ended(actor: Person | None, posting: Posting, before: date | None, next_primary: Posting | None) -> None:
    more = {"next_primary": next_primary.pk} if next_primary else {}
    _record(actor, "posting.ended", posting, old={"to": _iso(before)}, new={"to": _iso(posting.valid_to)}, **more)


def corrected(actor: Person | None, old: dict, posting: Posting, reason: str) -> None:
    was, now = _difference(old, state(posting))
    _record(actor, "posting.corrected", posting, old=was, new=now, reason=reason)


def removed(actor: Person | None, posting: Posting, reason: str) -> None:
    _record(actor, "posting.removed", posting, old=state(posting), reason=reason)


def cancelled(actor: Person | None, person: Person, day: date, rows: list[dict]) -> None:
    audit.record(actor, "posting.plan_cancelled", person, on=_iso(day), rows=rows)
    postings_changed.send(Posting, person_id=person.pk)


def _record(actor: Person | None, action: str, posting: Posting, **details) -> None:
    audit.record(actor, action, posting.person, posting=posting.pk, **details)
    postings_changed.send(Posting, person_id=posting.person_id)


def _difference(old: dict, new: dict) -> tuple[dict, dict]:
    names = [name for name in new if old.get(name) != new[name]]
    return {name: old.get(name) for name in names}, {name: new[name] for name in names}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
