"""The figures of any day against a slow recomputation in plain Python, over random histories.

People join, move and leave, rules begin and stop asking them, rounds are renewed, courses are completed or not; units
move from one agency to another. The recomputation reads every row and decides by hand.
"""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db.models import Q

from courses.models import Obligation, ObligationReason
from people.domain.units import move_unit
from people.models import Posting, UnitClosure
from reports.documents import duties, lines
from reports.documents.asking import Question
from reports.documents.kinds import ReportKind
from reports.domain import kept, on_date
from tests.reports import factories as make

BEGIN = date(2026, 1, 1)
DAYS = 300


def some_day(chance: random.Random, least: int = 0) -> date:
    return BEGIN + timedelta(days=chance.randrange(least, DAYS))


@pytest.fixture
def history(province, request):
    chance = random.Random(request.param)
    courses = [province.course, make.make_course("Khóa hai")]
    rules = [make.assign(course, province.root, date(2026, 12, 31)) for course in courses]
    units = [province.home_affairs, province.one_stop, province.construction, province.root]
    for number in range(60):
        person = make.make_person(f"Người Số {number}")
        _posted(chance, person, units)
        for course, rule in zip(courses, rules, strict=True):
            for cycle in range(1, chance.randrange(1, 4)):
                _obliged(chance, person, course, rule, cycle)
    move_unit(province.one_stop, province.construction, some_day(chance, 100))
    return province, courses, chance


def _posted(chance, person, units) -> None:
    """One to three stretches that follow each other, with gaps, the last one open or not."""
    day = some_day(chance) - timedelta(days=100)
    for _stretch in range(chance.randrange(1, 4)):
        end = day + timedelta(days=chance.randrange(1, 150))
        is_open = chance.random() < 0.3
        make.post(person, chance.choice(units), valid_from=day, valid_to=None if is_open else end)
        if is_open:
            return
        day = end + timedelta(days=chance.choice([0, 0, 20]))


def _obliged(chance, person, course, rule, cycle) -> None:
    due = some_day(chance)
    fulfilled = some_day(chance) if chance.random() < 0.5 else None
    duty = Obligation.objects.create(
        person=person, course=course, cycle=cycle, obliged_from=BEGIN, due_on=due, fulfilled_on=fulfilled
    )
    since = some_day(chance)
    for _time in range(chance.randrange(1, 3)):
        until = since + timedelta(days=chance.randrange(1, 120))
        ObligationReason.objects.create(obligation=duty, assignment=rule, since=since, until=until, due_on=due)
        since = until + timedelta(days=chance.randrange(0, 40))


def recomputed(root: int, day: date, course: int | None) -> Counter:
    """Numbers by unit, read row by row."""

    def holds(start, end) -> bool:
        return start <= day and (end is None or day < end)

    below = {
        place.descendant_id
        for place in UnitClosure.objects.filter(ancestor=root)
        if holds(place.valid_from, place.valid_to)
    }
    held = {
        posting.person_id: posting.unit_id
        for posting in Posting.objects.all()
        if posting.is_primary and holds(posting.valid_from, posting.valid_to)
    }
    newest: dict[tuple[int, int], Obligation] = {}
    for duty in Obligation.objects.prefetch_related("reasons"):
        if any(holds(reason.since, reason.until) for reason in duty.reasons.all()):
            key = (duty.person_id, duty.course_id)
            if key not in newest or newest[key].cycle < duty.cycle:
                newest[key] = duty
    found: Counter = Counter()
    for (person, of_course), duty in newest.items():
        unit = held.get(person)
        if unit not in below or (course and of_course != course):
            continue
        done = duty.fulfilled_on is not None and duty.fulfilled_on <= day
        found[unit, "obliged"] += 1
        found[unit, "fulfilled"] += done
        found[unit, "late"] += not done and duty.due_on < day
    return +found


@pytest.mark.parametrize("history", range(6), indirect=True)
def test_the_figures_of_any_day_are_those_of_the_slow_way(history):
    province, courses, chance = history
    viewer = make.make_hr(province.root)
    seen = 0
    for _time in range(20):
        day = some_day(chance)
        root = chance.choice([province.root, province.home_affairs, province.construction, province.one_stop])
        course = chance.choice([None, *courses])
        question = Question.of(viewer, ReportKind.BY_UNIT, day=day, unit=root.pk, course=None)
        if course and course.pk in question.courses:
            question = Question.of(viewer, ReportKind.BY_UNIT, day=day, unit=root.pk, course=course.pk)
        counted: Counter = Counter()
        for unit, counts in kept.figures_of(question.units, question.course_pk, day).by_unit.items():
            counted |= Counter({(unit, name): getattr(counts, name) for name in ("obliged", "fulfilled", "late")})
        expected = recomputed(root.pk, day, question.course.pk if question.course else None)
        assert +counted == expected
        total = lines.by_unit(question)[-1].numbers if expected else lines.Numbers()
        assert total.obliged == sum(count for (_unit, name), count in expected.items() if name == "obliged")
        details = list(lines.details(question, duties.details(question)))
        assert len(details) == total.obliged
        assert sum(line.days_overdue is not None for line in details) == total.late
        seen += total.obliged
    assert seen > 50  # the histories are not empty


@pytest.mark.parametrize("history", [1], indirect=True)
def test_control_a_wrong_rule_of_counting_is_found(history, monkeypatch):
    """A reason that also counts on the day it ends is told apart."""

    def with_the_last_day(day):
        return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))

    monkeypatch.setattr(on_date, "asking_on", with_the_last_day)
    province, _courses, _chance = history
    viewer = make.make_hr(province.root)
    differs = 0
    for day in set(ObligationReason.objects.values_list("until", flat=True)):
        if day > make.today():
            continue
        question = Question.of(viewer, ReportKind.BY_UNIT, day=day, unit=province.root.pk, course=None)
        counted = kept.figures_of(question.units, None, day).by_unit.values()
        expected = recomputed(province.root.pk, day, None)
        differs += sum(one.obliged for one in counted) != sum(
            count for (_unit, name), count in expected.items() if name == "obliged"
        )
    assert differs
