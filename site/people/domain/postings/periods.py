"""What must hold of one person's postings taken together, and of the days they begin and end on."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain.units.lock import keep_tree_still
from people.models import Person, Posting, Unit
from people.queries import current_on
from shared.errors import DomainError
from shared.text.dates import short_date
from shared.text.fold import fold

YEARS_BACK, YEARS_AHEAD = 60, 2


class PostingRefused(DomainError):
    """A step that would not add up; `field` names the input it is about ("" if it is about none alone)."""

    def __init__(self, message, field: str = ""):
        self.field = field
        super().__init__(message)


def lock(person: Person) -> None:
    """One change of a person's postings at a time: the others wait for the end of this transaction.

    So do changes of the tree of units, which would otherwise not see a posting that is just being written.
    """
    keep_tree_still()
    Person.objects.select_for_update().only("pk").get(pk=person.pk)


def check_day(day: date, field: str = "on") -> None:
    """Refuses days nobody can mean, such as 2206 for 2026."""
    today = timezone.localdate()
    earliest, latest = today - timedelta(days=366 * YEARS_BACK), today + timedelta(days=366 * YEARS_AHEAD)
    if not earliest <= day <= latest:
        span = {"earliest": short_date(earliest), "latest": short_date(latest)}
        raise PostingRefused(_("Give a day from %(earliest)s to %(latest)s.") % span, field)


def check_unit(unit: Unit, since: date, until: date | None) -> None:
    """Refuses a posting in a unit on days on which the unit, as it is stored now, does not exist."""
    unit = Unit.objects.select_related("replaced_by").get(pk=unit.pk)
    if since < unit.active_from:
        words = {"unit": unit, "day": short_date(unit.active_from)}
        raise PostingRefused(_("%(unit)s exists only from %(day)s on.") % words, "since")
    if unit.active_to and since >= unit.active_to:
        raise PostingRefused(_closed(unit), "unit")
    if unit.active_to and (until is None or until > unit.active_to):
        words = {"unit": unit, "day": short_date(unit.active_to)}
        raise PostingRefused(_("%(unit)s closes on %(day)s: give an end no later than that.") % words, "until")


def _closed(unit: Unit) -> str:
    words = {"unit": unit, "day": short_date(unit.active_to), "successor": unit.replaced_by}
    if unit.replaced_by_id:
        return _("%(unit)s was closed on %(day)s; choose %(successor)s, which took its place.") % words
    return _("%(unit)s was closed on %(day)s; choose another unit.") % words


def check_together(person: Person, since: date) -> None:
    """Refuses what would not add up from `since` on.

    On every day: no position twice in one unit; exactly one primary posting as long as any is held. What was
    recorded for earlier days is not judged here, so that an old gap does not stand in the way of today's work.
    """
    rows = list(
        Posting.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=since), person=person).select_related("unit")
    )
    for row in rows:
        if row.valid_to is not None and row.valid_to < row.valid_from:
            raise PostingRefused(_("A posting must end after it begins."), "until")
    for day in sorted({since, *(d for row in rows for d in (row.valid_from, row.valid_to) if d and d >= since)}):
        held = [row for row in rows if row.valid_from <= day and (row.valid_to is None or row.valid_to > day)]
        _check_primary(held, day)
        _check_twice(held, day)


def _check_primary(held: list[Posting], day: date) -> None:
    primary = [row for row in held if row.is_primary]
    if len(primary) > 1:
        words = {"day": short_date(day), "one": primary[0], "other": primary[1]}
        raise PostingRefused(
            _("On %(day)s two postings would be primary: “%(one)s” and “%(other)s”. End or move the first one.") % words
        )
    if held and not primary:
        words = {"day": short_date(day), "posting": held[0]}
        raise PostingRefused(
            _("From %(day)s on no posting would be primary, yet “%(posting)s” goes on. Choose which becomes primary.")
            % words,
            "next_primary",
        )


def _check_twice(held: list[Posting], day: date) -> None:
    seen: set[tuple[int, str]] = set()
    for row in held:
        key = (row.unit_id, fold(row.position_title))
        if key in seen:
            words = {"posting": row, "day": short_date(day)}
            raise PostingRefused(_("“%(posting)s” would be held twice on %(day)s.") % words, "position_title")
        seen.add(key)


def primary_on(person: Person, day: date) -> Posting | None:
    return Posting.objects.filter(current_on(day), person=person, is_primary=True).select_related("unit").first()
