"""Confirming an import: everything it would do is done by a handful of statements, in one transaction, or nothing.

Before anything is written the staged rows are held against the records as they are now. One import at a time is
applied; the second of two officers who confirm at once is told that the first has done it.
"""

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.domain import audit
from people.domain.importing import statements
from people.domain.importing.fields import SIGN_IN_FIELDS
from people.domain.importing.scope import Scope
from people.domain.importing.settling import counts_of
from people.domain.units.lock import keep_tree_still
from people.enums import ImportState, RowKind
from people.models import ImportRow, PeopleImport, Person
from people.sheets.problems import Problem
from people.signals import people_imported
from shared.errors import DomainError

_ONE_AT_A_TIME = 7_204_117  # key of PostgreSQL's advisory lock: any number no other part of the site uses
WRITING = (RowKind.CREATE, RowKind.CHANGE, RowKind.MOVE)
_MOST_NAMED = 10


class RecordsChanged(DomainError):
    """Records were changed after the preview; `rows` are the numbers of the rows (sheet, row). Nothing was applied."""

    def __init__(self, rows: list[tuple[str, int]]):
        self.rows = rows
        numbers = ", ".join(str(number) for _sheet, number in rows[:_MOST_NAMED])
        more = " …" if len(rows) > _MOST_NAMED else ""
        super().__init__(
            ngettext(
                "Nothing was imported: the record behind row {rows} was changed after the preview. "
                "Make the preview again and check it.",
                "Nothing was imported: the records behind {count} rows were changed after the preview ({rows}). "
                "Make the preview again and check them.",
                len(rows),
            ).format(count=len(rows), rows=numbers + more)
        )


def confirm(people_import: PeopleImport, *, actor: Person | None) -> PeopleImport:
    """Applies the import. Raises DomainError if it is not ready (any more), RecordsChanged for a stale preview."""
    try:
        with transaction.atomic():
            stored = _apply(people_import, actor)
    except IntegrityError as clash:
        message = _("Nothing was imported: records were changed at the same moment. Make the preview again.")
        raise DomainError(message) from clash
    except RecordsChanged as changed:
        _mark(people_import, changed.ids)
        raise
    return stored


def _apply(people_import: PeopleImport, actor: Person | None) -> PeopleImport:
    one_at_a_time()
    stored = (
        PeopleImport.objects.select_for_update(of=("self",))
        .select_related("unit", "applied_by")
        .get(pk=people_import.pk)
    )
    _must_be_ready(stored)
    scope = Scope(actor, stored.unit, timezone.localdate())
    _must_be_in_scope(stored, scope)
    _must_be_as_seen(stored, scope)
    now = timezone.now()
    statements.forget_former_addresses(stored.pk)
    statements.change_people(stored.pk)
    statements.create_people(stored.pk, make_password(None), now)
    statements.end_postings(stored.pk)
    statements.amend_postings(stored.pk)
    statements.begin_postings(stored.pk)
    stored.state, stored.applied_at, stored.applied_by = ImportState.APPLIED, now, actor
    stored.counts = counts_of(stored)
    stored.save(update_fields=["state", "applied_at", "applied_by", "counts"])
    audit.record(
        actor, "people_import.applied", stored, unit=stored.unit_id, effective_on=stored.effective_on.isoformat(),
        counts=stored.counts,
    )  # fmt: skip
    people_imported.send(PeopleImport, people_import=stored)
    return stored


def one_at_a_time() -> None:
    """Imports wait for each other, so that none of them sees half of another. SQLite has one writer anyway.

    The tree of units stays as it is meanwhile, so that nobody is posted to a unit that is just being closed.
    """
    keep_tree_still()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])


def _must_be_ready(stored: PeopleImport) -> None:
    if stored.state == ImportState.APPLIED:
        moment = timezone.localtime(stored.applied_at)
        who = stored.applied_by.full_name if stored.applied_by else _("the system")
        raise DomainError(
            _("This import was already confirmed by {who} at {time} on {day}. Nothing was done twice.").format(
                who=who, time=f"{moment:%H:%M}", day=f"{moment:%d/%m/%Y}"
            )
        )
    if stored.state != ImportState.READY:
        state = stored.get_state_display()
        raise DomainError(_("This import cannot be confirmed. Its state is: {state}.").format(state=state))
    if not ImportRow.objects.filter(people_import=stored, kind__in=WRITING).exists():
        raise DomainError(_("There is nothing to import: no row would create or change anything."))


def _must_be_in_scope(stored: PeopleImport, scope: Scope) -> None:
    """Rights and the tree may have changed since the upload, and the confirming officer may be another one."""
    if stored.unit_id is None and not scope.may_administer:
        raise DomainError(_("This unit is not in your scope."))
    used = ImportRow.objects.filter(people_import=stored, kind__in=WRITING).values_list("unit_id", flat=True)
    if set(used.order_by().distinct()) - scope.unit_ids:
        raise DomainError(_("Some rows name units that are no longer in your scope. Make the preview again."))


def _must_be_as_seen(stored: PeopleImport, scope: Scope) -> None:
    ids = {
        *statements.changed_people(stored.pk),
        *statements.changed_postings(stored.pk),
        *statements.gone_people(stored.pk),
        *statements.taken_keys(stored.pk),
        *_no_longer_managed(stored, scope),
    }
    if ids:
        rows = ImportRow.objects.filter(pk__in=ids).order_by("position").values_list("sheet", "number")
        refusal = RecordsChanged(list(rows))
        refusal.ids = ids
        raise refusal


def _no_longer_managed(stored: PeopleImport, scope: Scope) -> list[int]:
    """Rows that change what somebody signs in with who has come by a right since, or is hidden by now."""
    touching = ImportRow.objects.filter(people_import=stored, kind__in=(RowKind.CHANGE, RowKind.MOVE))
    hidden = touching.exclude(person__restricted_at__isnull=True, person__erased_at__isnull=True)
    ids = list(hidden.filter(person__isnull=False).values_list("pk", flat=True))
    if not scope.may_administer:
        signing_in = [
            (pk, person)
            for pk, person, changes in touching.filter(touches_person=True).values_list("pk", "person_id", "changes")
            if SIGN_IN_FIELDS & set(changes)
        ]
        managed = scope.manages({person for _pk, person in signing_in})
        ids += [pk for pk, person in signing_in if person not in managed]
    return ids


def _mark(people_import: PeopleImport, ids: set[int]) -> None:
    """The rows that hold the import up say so in the preview."""
    with transaction.atomic():
        for row in ImportRow.objects.filter(pk__in=sorted(ids)[:1000]):
            mark = Problem("changed_meanwhile").to_json()
            if mark not in row.problems:
                row.problems.append(mark)
                row.is_warned = True
                row.save(update_fields=["problems", "is_warned"])
