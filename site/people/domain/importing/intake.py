"""Taking a list in: upload, choice of sheets, reading anew, discarding."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import rules
from people.domain import audit
from people.domain.importing import deciding, files, reading, staging
from people.enums import ImportState
from people.models import PeopleImport, Person, Unit
from people.sheets.limits import MAX_BYTES
from people.sheets.refusal import FileRefused
from shared.domain import outbox
from shared.errors import DomainError

FARTHEST_BACK = timedelta(days=3650)
FARTHEST_AHEAD = timedelta(days=366)


def upload(
    content: bytes,
    file_name: str,
    *,
    actor: Person | None,
    unit: Unit | None,
    effective_on: date,
    accept_lost_zeros: bool = False,
    sheets: list[str] | None = None,
    ask_for_sheets: bool = True,
    by_worker: bool = True,
) -> PeopleImport:
    """Takes in a list and has it read by a worker. A workbook with several lists waits for a choice first.
    Without `by_worker` the caller stages it.

    Raises DomainError for a unit outside the actor's scope or an impossible day, FileRefused for a file that is
    no list; a file that turns out to be none only when it is read ends as a refused import.
    """  # fmt: skip
    check(actor, unit, effective_on)
    if len(content) > MAX_BYTES:
        raise FileRefused("file_too_large", size=len(content) // 1024**2 + 1, limit=MAX_BYTES // 1024**2)
    found = [part.sheet.name for part in reading.sheets_with_lists(content)]
    missing = [name for name in sheets or [] if name not in found]
    if missing:
        raise FileRefused("no_sheet")
    choose = ask_for_sheets and not sheets and len(found) > 1
    people_import = PeopleImport(
        unit=unit,
        effective_on=effective_on,
        accept_lost_zeros=accept_lost_zeros,
        state=ImportState.CHOOSING if choose else ImportState.STAGING,
        file=files.keep(content),
        file_name=file_name[:200],
        file_size=len(content),
        sheets=sheets or found,
        created_by=actor,
    )
    with transaction.atomic():
        people_import.save()
        audit.record(actor, "people_import.uploaded", people_import, unit=unit.pk if unit else None)
        if not choose and by_worker:
            outbox.enqueue(staging.OUTBOX_KIND, people_import.pk)
    return people_import


def check(actor: Person | None, unit: Unit | None, effective_on: date) -> None:
    """Whether this actor may import for this unit and day. Raises DomainError in words."""
    if actor is not None:
        allowed = rules.can_administer_people(actor) if unit is None else rules.can_keep_people_of(actor, unit)
        if not allowed:
            raise DomainError(_("This unit is not in your scope."))
    today = timezone.localdate()
    if not today - FARTHEST_BACK <= effective_on <= today + FARTHEST_AHEAD:
        raise DomainError(_("The effective date must lie within the last ten years or the next twelve months."))


@transaction.atomic
def choose_sheets(people_import: PeopleImport, names: list[str]) -> None:
    """Has the chosen sheets read. Raises DomainError if none of them is in the workbook."""
    stored = _locked(people_import, (ImportState.CHOOSING,))
    chosen = [name for name in stored.sheets if name in names]
    if not chosen:
        raise DomainError(_("Choose at least one sheet."))
    read_anew(stored, sheets=chosen)


@transaction.atomic
def read_again(people_import: PeopleImport, *, accept_lost_zeros: bool | None = None) -> None:
    """Makes the preview anew from the file, against the records as they are now. What was decided stays decided."""
    stored = _locked(people_import, (ImportState.READY, ImportState.STAGING))
    if accept_lost_zeros is not None:
        stored.accept_lost_zeros = accept_lost_zeros
    read_anew(stored)


@transaction.atomic
def discard(people_import: PeopleImport, *, actor: Person | None) -> None:
    """Gives an import up: file and rows go, the fact that it was uploaded stays."""
    stored = _locked(people_import, (ImportState.CHOOSING, ImportState.STAGING, ImportState.READY, ImportState.REFUSED))
    audit.record(actor, "people_import.discarded", stored)
    forget(stored)
    stored.state = ImportState.DISCARDED
    stored.save(update_fields=["state"])


def forget(people_import: PeopleImport) -> None:
    """Removes the file and the staged rows; counts and dates stay. Undoing is no longer possible then."""
    staging.remove_rows(people_import)
    name = people_import.file
    people_import.file, people_import.forgotten_at = "", timezone.now()
    people_import.save(update_fields=["file", "forgotten_at"])
    if name:
        transaction.on_commit(lambda: files.remove_named(name))


def forget_closed_before(moment, limit: int = 20) -> int:
    """Forgets up to `limit` imports that were closed before `moment` (retention). Returns how many; repeat until 0."""
    old = PeopleImport.objects.filter(forgotten_at__isnull=True, created_at__lt=moment).exclude(applied_at__gte=moment)[
        :limit
    ]
    count = 0
    for people_import in old:
        with transaction.atomic():
            forget(people_import)
        count += 1
    return count


def _locked(people_import: PeopleImport, states: tuple[ImportState, ...]) -> PeopleImport:
    stored = PeopleImport.objects.select_for_update().get(pk=people_import.pk)
    if stored.state not in states:
        raise DomainError(
            _("This import has moved on in the meantime: {state}.").format(state=stored.get_state_display())
        )
    return stored


def read_anew(stored: PeopleImport, **fields) -> None:
    """Has a worker read the locked import from the beginning, with these fields changed."""
    if stored.state == ImportState.READY:
        stored.row_decisions = deciding.decisions_of(stored)
    staging.remove_rows(stored)
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.state, stored.rows_staged, stored.rows_total, stored.counts = ImportState.STAGING, 0, 0, {}
    stored.staging_round += 1
    stored.save()
    outbox.enqueue(staging.OUTBOX_KIND, stored.pk)
