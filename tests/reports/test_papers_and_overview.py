"""The papers and the overview say the same of every day: over merges, moves, exemptions, deferrals, completions."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, Phase, given, settings

from reports.documents import duties, lines
from reports.documents.asking import Question
from reports.documents.kinds import ReportKind
from reports.documents.paper import rows_counted
from reports.filters import State
from reports.overview import Overview
from tests.reports import factories as make
from tests.reports import histories

pytestmark = pytest.mark.django_db


def of_overview(viewer, day, unit) -> tuple[int, ...]:
    shown = Overview(viewer, QueryDict(f"ngay={day.isoformat()}&don_vi={unit}")).figures
    return (
        shown.people, shown.total, shown.completed, shown.in_progress, shown.not_started, shown.overdue, shown.exempt
    )  # fmt: skip


def of_line(found: list) -> tuple[int, ...]:
    """The sum of a paper's lines."""
    if not found:
        return (0,) * 7
    sum_ = found[-1].numbers
    return (
        sum_.people, sum_.obliged, sum_.fulfilled, sum_.in_progress, sum_.not_started, sum_.late, sum_.exempt
    )  # fmt: skip


def compare(viewer, day, unit) -> int:
    """Fails where a paper differs from the overview. Returns how many rows there were."""
    question = Question.of(viewer, ReportKind.BY_UNIT, day=day, unit=unit, course=None)
    shown = of_overview(viewer, day, unit)
    assert of_line(lines.by_unit(question)) == shown, day
    assert of_line(lines.by_audience(question))[:6] == (shown[:6] if shown[1] else (0,) * 6), day
    assert of_line(lines.by_course(question))[1:6] == (shown[1:6] if shown[1] else (0,) * 5), day
    listed = list(lines.details(question, duties.details(question)))
    assert len(listed) == rows_counted(question) == shown[1], day
    assert sum(line.completed_on is not None for line in listed) == shown[2], day
    assert sum(line.state == State.IN_PROGRESS.label for line in listed) == shown[3], day
    assert sum(line.days_overdue is not None for line in listed) == shown[5], day
    graded = lines.by_grade(question, lines.bands())
    assert (graded[-1].numbers.scored if graded else 0) == sum(bool(line.score) for line in listed), day
    return shown[1]


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[phase for phase in Phase if phase not in (Phase.shrink, Phase.explain)],
)
@given(histories.histories)
def test_every_paper_of_every_day_tells_the_overviews_numbers(told):
    homes, days = told
    with transaction.atomic():
        history = histories.History(make.in_days(1 - histories.DAYS))
        history.live(homes, days)
        root, office = history.units[histories.ROOT], history.units[histories.OFFICE]
        whole, part = make.make_hr(root), make.make_hr(office)
        for number in (0, histories.WINDOW_OPENS, histories.DAYS - 2, histories.DAYS - 1):
            day = history.first + timedelta(days=number)
            compare(whole, day, root.pk)
            if 0 not in (number,) and histories.OFFICE not in history.closed:
                compare(part, day, office.pk)
        transaction.set_rollback(True)


def test_a_merge_a_deferral_and_an_exemption_are_told_alike_before_and_after():
    """A history by hand, so that the comparison is certain to have met each of them."""
    homes = [histories.SECTION, histories.SECTION, histories.BUREAU, histories.CORNER]
    days = [[] for _day in range(histories.DAYS)]
    days[0] = [("ask", 0, histories.ROOT, True, "fixed", 2), ("ask", 1, histories.OFFICE, True, "fixed", 4)]
    days[2] = [("merge", histories.SECTION, histories.BUREAU), ("complete", 1, 0)]
    days[4] = [("exempt", 2, 0, 2), ("defer", 3, 0, 4), ("move", 1, histories.CORNER)]
    history = histories.History(make.in_days(1 - histories.DAYS))
    history.live(homes, days)
    root = history.units[histories.ROOT]
    viewer = make.make_hr(root)
    rows = [
        compare(viewer, history.first + timedelta(days=number), root.pk) for number in range(histories.DAYS)
    ]  # fmt: skip
    oracle = histories.Oracle(history)
    assert rows == [
        sum(one["obliged"] for one in oracle.counts(history.first + timedelta(days=number)).values())
        for number in range(histories.DAYS)
    ]
    assert len(set(rows)) > 1  # the exemption is seen
