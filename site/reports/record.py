"""One person's training record as HR may see it: states, dates and register numbers, no scores."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from people.models import Person, Posting
from people.queries import subtree_of
from reports import queries
from reports.columns import COURSE_COLUMNS, EVIDENCE_COLUMNS
from reports.progress import RowReader
from reports.scope import unit_tree
from shared.tables import Table


@dataclass
class TrainingRecord:
    person: Person
    posting: Posting
    unit: str
    now: datetime
    courses: Table
    evidence: Table


def training_record(viewer: Person, pk: int, now: datetime) -> TrainingRecord | None:
    """The record of somebody posted in the viewer's units today; None for anybody else."""
    day = now.date()
    tree = unit_tree(viewer, day)
    units = subtree_of([root.pk for root in tree.roots], day)
    posting = queries.posting_of(units, pk, day).first()
    if posting is None:
        return None
    asked = queries.Population(queries.posting_of(units, pk, day), course=None, everyone=False)
    found = queries.listed(queries.counted_rows(asked), queries.voluntary_rows(asked))
    reader = RowReader(tree, queries.courses_known_to(units, day), day)
    return TrainingRecord(
        person=posting.person,
        posting=posting,
        unit=tree.nodes[posting.unit_id].label,
        now=now,
        courses=Table(_("Courses"), COURSE_COLUMNS, list(reader.read(found))),
        evidence=Table(_("Completions"), EVIDENCE_COLUMNS, list(queries.evidence_of(posting.person))),
    )
