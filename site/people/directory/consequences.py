"""What a step would bring about, in sentences, before anybody confirms it."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from people.directory.record import period_in_words
from people.domain.postings import Preview
from people.domain.postings.previews import differing
from people.models import Person, Posting, RoleGrant, Unit
from people.queries import kept_units_for, not_over_on
from shared.text.dates import short_date


def of_step(viewer: Person, person: Person, preview: Preview, on: date) -> list[str]:
    """Sentences on the postings themselves, on where the person is counted, and on what does not follow."""
    return [
        *rows_in_words(preview),
        *_counting(preview, on),
        *_scope(viewer, preview),
        *_left_alone(person, preview, on),
    ]


def rows_in_words(preview: Preview) -> list[str]:
    """What begins, ends and changes, row by row."""
    lines = [_("Taken away: “%(posting)s”, %(period)s.") % _words(row) for row in preview.gone]
    for before, after in preview.changed:
        lines.append(_changed(before, after))
    lines += [_begun(row) for row in preview.begun]
    return lines


def _changed(before: Posting, after: Posting) -> str:
    same_but_end = differing(before, after) == {"valid_to"}
    if same_but_end and after.valid_to:
        words = _words(after) | {"day": short_date(after.valid_to - timedelta(days=1))}
        return _("“%(posting)s” is held up to and including %(day)s and stays in the history.") % words
    if same_but_end:
        return _("“%(posting)s” goes on without an end.") % _words(after)
    words = {"before": _in_full(before), "after": _in_full(after)}
    return _("“%(before)s” is rewritten as “%(after)s”.") % words


def _begun(row: Posting) -> str:
    return _("“%(posting)s”, %(period)s.") % {
        "posting": _in_full(row),
        "period": period_in_words(row.valid_from, row.valid_to),
    }


def _in_full(row: Posting) -> str:
    parts = [
        str(row),
        row.job_title,
        row.grade,
        str(row.get_position_group_display()),
        str(row.get_employment_type_display()),
        _("primary posting") if row.is_primary else _("further posting"),
    ]
    return "; ".join(part for part in parts if part)


def _words(row: Posting) -> dict:
    return {"posting": str(row), "period": period_in_words(row.valid_from, row.valid_to)}


def _counting(preview: Preview, on: date) -> list[str]:
    """Where people are counted follows the primary posting; training already done does not change."""
    before, after = _primary(preview.before, on - timedelta(days=1)), _primary(preview.after, on)
    lines = []
    if after and (before is None or before.unit_id != after.unit_id):
        words = {"day": short_date(on), "unit": after.unit}
        lines.append(_("From %(day)s on the person is counted in %(unit)s, and its assigned courses apply.") % words)
    if before and after is None:
        words = {"day": short_date(on), "unit": before.unit}
        lines.append(_("From %(day)s on the person is counted in no unit any more.") % words)
    today = timezone.localdate()
    if on > today:
        lines.append(_("Takes effect by itself on %(day)s; until then it can be cancelled.") % {"day": short_date(on)})
    elif on < today:
        lines.append(_("The day has passed. Completions and certificates keep the unit and position of their time."))
    return lines


def _scope(viewer: Person, preview: Preview) -> list[str]:
    today = timezone.localdate()
    kept = set(kept_units_for(viewer).values_list("pk", flat=True))

    def reached(rows: list[Posting]) -> bool:
        open_rows = [row for row in rows if row.valid_to is None or row.valid_to > today]
        return any(row.unit_id in kept for row in open_rows or rows)

    if reached(preview.before) and not reached(preview.after):
        return [_("After this the person is no longer in your scope, and you cannot open the record again.")]
    return []


def _left_alone(person: Person, preview: Preview, on: date) -> list[str]:
    """What stays as it is although one might think otherwise."""
    held_after = {row.unit_id for row in preview.after if row.valid_to is None or row.valid_to > on}
    held_before = {row.unit_id for row in preview.before if row.valid_to is None or row.valid_to > on}
    left = held_before - held_after
    if not left:
        return []
    lines = [
        _("The person heads %(unit)s. That stays so until an administrator names another head.") % {"unit": unit}
        for unit in Unit.objects.filter(head=person, pk__in=left)
    ]
    lines += [
        _("The role “%(role)s” stays until an administrator withdraws it.") % {"role": grant}
        for grant in RoleGrant.objects.filter(not_over_on(on), person=person).select_related("unit")
    ]
    if not held_after and person.is_active:
        lines.append(_("The account stays open. Close it on the person's page if the person has left the service."))
    return lines


def _primary(rows: list[Posting], day: date) -> Posting | None:
    held = [row for row in rows if row.valid_from <= day and (row.valid_to is None or row.valid_to > day)]
    return next((row for row in held if row.is_primary), None)
