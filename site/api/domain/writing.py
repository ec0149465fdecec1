"""What other systems write: people with their primary posting, and further postings. One request is one transaction."""

from datetime import date

from django.db import transaction

from api.models import ApiToken
from people.domain import audit
from people.domain.importing.entries import Entry, take_over
from people.domain.importing.further_postings import PostingEntry, record_postings
from people.domain.importing.reporting import told
from people.enums import RowKind

_OUTCOMES = {
    RowKind.CREATE: "created",
    RowKind.CHANGE: "changed",
    RowKind.MOVE: "moved",
    RowKind.UNCHANGED: "unchanged",
    "end": "ended",
}


@transaction.atomic
def write_people(token: ApiToken, entries: list[Entry], effective_on: date) -> dict:
    """Creates, changes and moves the people as an import of a list would. Raises what `take_over` raises."""
    made, outcomes = take_over(
        entries, actor=token.owner, unit=token.unit, effective_on=effective_on, source=f"API: {token.name}"
    )
    audit.record(token.owner, "api.people_written", token, people_import=made.pk if made else None, rows=len(entries))
    return {
        "import_id": made.pk if made else None,
        "items": [
            {
                "person_id": outcome.person_id,
                "outcome": _OUTCOMES[outcome.kind],
                "warnings": [
                    {"field": problem.column, "code": problem.code, "what": told(problem)}
                    for problem in outcome.warnings
                ],
            }
            for outcome in outcomes
        ],
    }


@transaction.atomic
def write_postings(token: ApiToken, entries: list[PostingEntry]) -> dict:
    """Begins, changes and ends postings as at the desk. Raises what `record_postings` raises."""
    outcomes = record_postings(entries, actor=token.owner, unit=token.unit, reason=f"API: {token.name}")
    audit.record(token.owner, "api.postings_written", token, rows=len(entries))
    return {
        "items": [
            {
                "posting_id": outcome.posting.pk,
                "person_id": outcome.posting.person_id,
                "outcome": _OUTCOMES[outcome.kind],
            }
            for outcome in outcomes
        ]
    }
