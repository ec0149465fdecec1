"""A learner's own results of an activity, as they are shown under it."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext

from h5p.models import Content, Play, PlayRow

SHOWN_RUNS = 50


def done_by(person, context: str, content_ids) -> set[int]:
    """Which of the activities the person has done in that place, by the rule that held there."""
    runs = Play.objects.filter(person=person, context=context, content__in=content_ids, completed=True)
    return set(runs.values_list("content", flat=True))


class Row:
    """A question as the learner reads it."""

    def __init__(self, row: PlayRow):
        self.description = row.description
        self.raw, self.max = row.raw, row.max
        self.response = _shown(row.response, row.interaction_type)
        self.correct = _shown("; ".join(row.correct_pattern), row.interaction_type)
        self._success = row.success

    @property
    def is_right(self) -> bool | None:
        """None where the question is not marked."""
        if self.max:
            return self.raw >= self.max
        return self._success


def _shown(answer: str, interaction_type: str) -> str:
    if interaction_type == "true-false":
        return {"true": gettext("True"), "false": gettext("False")}.get(answer, answer)
    return answer


@dataclass
class Results:
    """The newest run that has something to show, its questions, and all earlier ones."""

    last: Play
    rows: list[Row] = field(default_factory=list)
    earlier: list[Play] = field(default_factory=list)


def results_of(person, content: Content, context: str | None = None) -> Results | None:
    """The person's runs of the activity (of one place if `context` is given), newest first, in two queries.

    None if there is nothing to show yet.
    """
    runs = Play.objects.filter(person=person, content=content)
    if context is not None:
        runs = runs.filter(context=context)
    answered = Exists(PlayRow.objects.filter(play=OuterRef("pk")))
    shown = list(runs.filter(Q(finished_at__isnull=False) | Q(completed=True) | answered)[:SHOWN_RUNS])
    if not shown:
        return None
    rows = [Row(row) for row in PlayRow.objects.filter(play=shown[0]).order_by("pk")]
    return Results(shown[0], rows, shown[1:])
