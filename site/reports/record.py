"""One person's training record as HR may see it: states, dates, register numbers; scores if the course says so."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from people.models import Person, Posting
from people.queries import subtree_of, units_for
from people.rules import REPORT_ROLES
from reports import queries
from reports.columns import COURSE_COLUMNS, EVIDENCE_COLUMNS, EVIDENCE_SCORE_COLUMN, with_scores
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
    keeps = units_for(viewer, REPORT_ROLES, day).filter(pk=posting.unit_id).exists()  # a head sees nothing by choice
    mine = queries.posting_of(units, pk, day)
    asked = queries.Population(mine, None, day, mine if keeps else None)
    found = queries.listed(queries.counted_rows(asked), queries.voluntary_rows(asked))
    courses = queries.courses_known_to(units, day)
    reader = RowReader(tree, courses, day)
    evidence = list(queries.evidence_of(posting.person, by_choice=keeps))
    shown = [EVIDENCE_SCORE_COLUMN] if any(done.course.shows_scores for done in evidence) else []
    return TrainingRecord(
        person=posting.person,
        posting=posting,
        unit=tree.nodes[posting.unit_id].label,
        now=now,
        courses=Table(_("Courses"), with_scores(COURSE_COLUMNS, courses.values()), list(reader.read(found))),
        evidence=Table(_("Completions"), (*EVIDENCE_COLUMNS, *shown), evidence),
    )
