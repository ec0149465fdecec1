"""The question all statements begin with: which rule asks which person for which course on a day.

Since when, and until when it is due, stand in the answer. Table names come from the models, values are parameters.
"""

# ruff: noqa: S608 (the statements are made of names of our own tables and columns only)

from dataclasses import dataclass, field
from datetime import date

from courses.enums import DueKind, ExemptionKind, ExemptionState, ManagerScope
from courses.models import Assignment, AssignmentUnit, Exemption
from people.models import Person, Posting, UnitClosure

from .dialect import days_after, later_of, materialized, typed, value
from .rounds import Round

_RULE, _RULE_UNIT = Assignment._meta.db_table, AssignmentUnit._meta.db_table
_EXEMPTION = Exemption._meta.db_table
_PERSON, _POSTING, _CLOSURE = (model._meta.db_table for model in (Person, Posting, UnitClosure))

_ROUND_COLUMNS = (
    "assignment_id, course_id, cycle, opens_on, counts_from, due_kind, due_on, due_days, newcomer_days, active_from"
)
_ROUND_TYPES = ("bigint", "bigint", "int", "date", "timestamptz", "text", "date", "int", "int", "date")


@dataclass(frozen=True)
class Who:
    """Which people: a condition on the SQL name `{person}` of a person's id. Everybody, if empty."""

    condition: str = "TRUE"
    parameters: list = field(default_factory=list)

    def of(self, person: str) -> str:
        return self.condition.format(person=person)


def between(first: int, last: int) -> Who:
    return Who("{person} BETWEEN %s AND %s", [first, last])


def among(people: list[int]) -> Who:
    marks = ", ".join(["%s"] * len(people))
    return Who(f"{{person}} IN ({marks})", list(people))


@dataclass(frozen=True)
class Question:
    """Rules on a day for some people. `rules` are all whose reasons are looked after, `rounds` what they ask for."""

    day: date
    rules: list[int]
    rounds: list[Round]
    who: Who


def current(row: str) -> str:
    return f"{row}.valid_from <= {typed('date')} AND ({row}.valid_to IS NULL OR {row}.valid_to > {typed('date')})"


def asks_posting(rule: str, posting: str) -> str:
    """Whether a rule is addressed to the particulars of a posting."""
    group, employment = f"{posting}.position_group", f"{posting}.employment_type"
    return (
        f"({rule}.position_groups = '' OR {rule}.position_groups LIKE '%%,' || {group} || ',%%') "
        f"AND ({rule}.employment_types = '' OR {rule}.employment_types LIKE '%%,' || {employment} || ',%%') "
        f"AND ({rule}.managers = '{ManagerScope.ANY}' "
        f"OR ({rule}.managers = '{ManagerScope.ONLY}' AND {posting}.is_manager) "
        f"OR ({rule}.managers = '{ManagerScope.WITHOUT}' AND NOT {posting}.is_manager))"
    )


def exemptions_of(person: str, course: str) -> str:
    return (
        f"{_EXEMPTION} AS freed WHERE freed.person_id = {person} AND freed.course_id = {course} "
        f"AND freed.state = '{ExemptionState.APPROVED}' AND freed.kind = '{ExemptionKind.EXEMPTION}'"
    )


def _joined(posting: str) -> str:
    """The first day of a person's present unbroken service, from the primary posting held now."""
    return (
        f"(SELECT MAX(start.valid_from) FROM {_POSTING} AS start WHERE start.person_id = {posting}.person_id "
        f"AND start.is_primary AND start.valid_from <= {posting}.valid_from AND NOT EXISTS (SELECT 1 FROM {_POSTING} "
        f"AS former WHERE former.person_id = start.person_id AND former.is_primary AND former.id <> start.id "
        f"AND former.valid_from < start.valid_from AND (former.valid_to IS NULL "
        f"OR former.valid_to >= start.valid_from)))"
    )


def asked_of(question: Question) -> tuple[str, list]:
    """Common table expressions: `running` are the rounds, `asked` the people they ask, one row for each pair.

    Since when: the first day on which round, posting and place of the unit all held, or an exemption had ended.
    """
    day, rounds = value(question.day), question.rounds
    row = f"({', '.join(typed(kind) for kind in _ROUND_TYPES)})"
    parameters = []
    for one in rounds:
        parameters += [
            one.assignment, one.course, one.cycle, value(one.opens_on), value(one.counts_from), str(one.due_kind),
            value(one.due_on), one.due_days, one.newcomer_days, value(one.active_from),
        ]  # fmt: skip
    if rounds:
        running = f"running ({_ROUND_COLUMNS}) AS (VALUES {', '.join([row] * len(rounds))})"
    else:
        running = f"running ({_ROUND_COLUMNS}) AS (SELECT {row[1:-1]} WHERE 1 = 0)"
        parameters = [None] * len(_ROUND_TYPES)
    freed_until = (
        f"COALESCE((SELECT MAX(freed.valid_to) FROM {exemptions_of('posting.person_id', 'running.course_id')} "
        f"AND freed.valid_to <= {typed('date')}), running.opens_on)"
    )
    since = later_of("posting.valid_from", "place.valid_from", "running.opens_on", freed_until)
    asked = (
        f"asked AS {materialized()} (SELECT found.*, {_due()} AS due_on FROM ("
        f"SELECT posting.person_id, running.assignment_id, running.course_id, running.cycle, running.counts_from, "
        f"running.due_kind, running.due_on AS fixed_day, running.due_days, running.newcomer_days, "
        f"running.opens_on, running.active_from, MIN({since}) AS since, "
        f"MIN(CASE WHEN running.due_kind = '{DueKind.AFTER_JOINING}' THEN {_joined('posting')} END) AS joined "
        f"FROM running "
        f"JOIN {_RULE} AS rule ON rule.id = running.assignment_id "
        f"JOIN {_RULE_UNIT} AS target ON target.assignment_id = rule.id "
        f"JOIN {_CLOSURE} AS place ON place.ancestor_id = target.unit_id AND (target.with_subtree OR place.depth = 0) "
        f"AND {current('place')} "
        f"JOIN {_POSTING} AS posting ON posting.unit_id = place.descendant_id AND posting.is_primary "
        f"AND {current('posting')} "
        f"JOIN {_PERSON} AS person ON person.id = posting.person_id AND person.is_active "
        f"AND person.restricted_at IS NULL "
        f"WHERE {asks_posting('rule', 'posting')} AND {question.who.of('posting.person_id')} "
        f"AND NOT EXISTS (SELECT 1 FROM {exemptions_of('posting.person_id', 'running.course_id')} "
        f"AND {current('freed')}) "
        f"GROUP BY posting.person_id, running.assignment_id, running.course_id, running.cycle, running.counts_from, "
        f"running.due_kind, running.due_on, running.due_days, running.newcomer_days, running.opens_on, "
        f"running.active_from) AS found)"
    )
    parameters += [day, day, day, day, day, *question.who.parameters, day, day]
    return f"WITH {running}, {asked} ", parameters


def _due() -> str:
    """The day a rule asks for, of a row of `asked`; whoever comes later has at least `newcomer_days`."""
    fixed = (
        f"CASE WHEN found.since > found.opens_on "
        f"THEN {later_of('found.fixed_day', days_after('found.since', 'found.newcomer_days'))} "
        f"ELSE found.fixed_day END"
    )
    joined = days_after(later_of("COALESCE(found.joined, found.since)", "found.active_from"), "found.due_days")
    return (
        f"CASE found.due_kind WHEN '{DueKind.FIXED}' THEN {fixed} "
        f"WHEN '{DueKind.AFTER_JOINING}' THEN {joined} ELSE {days_after('found.since', 'found.due_days')} END"
    )
