"""A human's word on a doubtful row: the same person, another person, or not at all."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain.importing.comparing import Comparer, UnitFacts
from people.domain.importing.ids import give_ids
from people.domain.importing.matching import Matcher
from people.domain.importing.records import Records
from people.domain.importing.scope import Scope
from people.domain.importing.settling import counts_of, give_free_names, protect_accounts, settle
from people.enums import ImportState, RowDecision, RowKind
from people.models import ImportRow, ImportRowBefore, PeopleImport, Person, Unit
from people.sheets.draft import Draft
from people.sheets.problems import REFUSED, Problem
from shared.errors import DomainError

# What is found anew when the row is settled again; everything else was found in the cells.
_FOUND_BY_SETTLING = frozenset(
    {
        "namesake", "namesake_in_file", "other_name", "no_key", "employment_assumed", "position_missing",
        "national_id_differs", "phone_of_other", "account_protected", "posting_later", "posting_ends",
        "person_outside_scope", "decision_new_impossible", "changed_meanwhile", "staff_number_of_other",
        "national_id_of_other", "email_of_other", "username_of_other", "username_unknown",
    }
)  # fmt: skip


@transaction.atomic
def decide(row: ImportRow, decision: str, *, chosen: int | None = None, actor: Person | None) -> ImportRow:
    """Settles a doubtful row as decided; "" takes a decision back. Raises DomainError for what was not offered.

    `chosen` is the id of the person meant, for “the same person”.
    """
    people_import = (
        PeopleImport.objects.select_for_update(of=("self",)).select_related("unit").get(pk=row.people_import_id)
    )
    if people_import.state != ImportState.READY:
        raise DomainError(_("This import can no longer be changed."))
    stored = ImportRow.objects.select_for_update().get(pk=row.pk)
    if stored.kind != RowKind.DOUBTFUL and not stored.decision:
        raise DomainError(_("This row does not need a decision."))
    if decision and decision not in RowDecision.values:
        raise DomainError(_("Choose one of the answers."))
    if decision == RowDecision.SAME and chosen not in stored.candidates:
        raise DomainError(_("Choose the person who is meant."))
    _write(stored, people_import, decision, chosen, actor)
    people_import.counts = counts_of(people_import)
    people_import.save(update_fields=["counts"])
    return stored


def decisions_of(people_import: PeopleImport) -> list[list]:
    """What was decided on rows, to be decided again when the list has been read anew: sheet, number of the row,
    decision, id of the person meant, id of who decided."""
    decided = people_import.rows.exclude(decision="").order_by("position")
    return [
        [row.sheet, row.number, row.decision, row.person_id if row.decision == RowDecision.SAME else None,
         row.decided_by_id]
        for row in decided
    ]  # fmt: skip


def decide_again(people_import: PeopleImport) -> None:
    """The decisions of an earlier reading once more, each in a short transaction, where they are still asked for.

    A list that was read anew or discarded meanwhile is left alone.
    """
    for sheet, number, decision, chosen, by in people_import.row_decisions:
        with transaction.atomic():
            stored = PeopleImport.objects.select_for_update(of=("self",)).get(pk=people_import.pk)
            if (stored.state, stored.staging_round) != (ImportState.STAGING, people_import.staging_round):
                return
            row = people_import.rows.filter(sheet=sheet, number=number, kind=RowKind.DOUBTFUL).first()
            if row is not None and (chosen is None or chosen in row.candidates):
                _write(row, people_import, decision, chosen, Person.objects.filter(pk=by).first())


def _write(row: ImportRow, people_import: PeopleImport, decision: str, chosen: int | None, actor) -> None:
    offered = row.candidates
    _settle(row, people_import, decision, chosen, actor)
    row.candidates = offered
    row.decision, row.decided_by = decision, actor if decision else None
    row.save()


def _settle(row: ImportRow, people_import: PeopleImport, decision: str, chosen: int | None, actor) -> None:
    ImportRowBefore.objects.filter(row=row).delete()
    row.person_id, row.posting_id, row.posting_step, row.touches_person, row.username = None, None, "", False, ""
    row.new_posting_id = None
    kept = [Problem.from_json(stored) for stored in row.problems if stored[0] not in _FOUND_BY_SETTLING]
    asked = [Problem.from_json(stored) for stored in row.problems if stored[0] in ("namesake_in_file",)]
    if decision == RowDecision.SKIP:
        row.kind, row.changes = RowKind.REFUSED, []
        return
    scope = Scope(people_import.created_by if actor is None else actor, people_import.unit, timezone.localdate())
    draft = Draft(row.number, dict(row.given), kept)
    matcher = Matcher(Records([draft]), scope)
    facts = Unit.objects.filter(pk=draft.values.get("unit_id")).values_list("pk", "kind", "keeps_national_ids")
    comparer = Comparer(people_import.effective_on, {found[0]: UnitFacts(*found) for found in facts})
    before = settle(row, draft, matcher, comparer, decision=decision, chosen=chosen)
    if not decision and asked and row.kind == RowKind.CREATE:
        row.kind, row.is_warned = RowKind.DOUBTFUL, True
        row.problems += asked
    if row.kind == RowKind.CREATE:
        _refuse_shared_key(row, people_import)
    protect_accounts([row], scope)
    give_free_names([row])
    give_ids([row])
    if before is not None and row.kind in (RowKind.CHANGE, RowKind.MOVE):
        _refuse_second_writer(row, people_import)
        before.row = row
        before.save()
    row.problems = [problem.to_json() for problem in row.problems]


def _refuse_second_writer(row: ImportRow, people_import: PeopleImport) -> None:
    """Two rows of one import may not both write to one person."""
    others = people_import.rows.filter(person_id=row.person_id).exclude(pk=row.pk)
    other = others.filter(kind__in=(RowKind.CHANGE, RowKind.MOVE)).first()
    if other is not None:
        row.problems.append(Problem("repeated_row", "full_name", {"rows": str(other.number)}))
        row.kind = RowKind.REFUSED


def _refuse_shared_key(row: ImportRow, people_import: PeopleImport) -> None:
    """A new person's keys may not be those of another row that is to be imported."""
    others = people_import.rows.filter(kind__in=(RowKind.CREATE, RowKind.CHANGE, RowKind.MOVE)).exclude(pk=row.pk)
    for field, code in (("staff_number", "staff_number_twice"), ("work_email", "email_twice")):
        value = getattr(row, field)
        other = others.filter(**{field: value}).first() if value else None
        if other is not None and not any(problem.level == REFUSED for problem in row.problems):
            row.problems.append(Problem(code, field, {"rows": str(other.number)}))
            row.kind = RowKind.REFUSED
