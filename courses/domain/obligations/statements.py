"""The statements that keep obligations in step with rules and postings; the same SQL on both databases.

A batch is one transaction of a handful of them over some people (`Who`). Table names come from the models, values are
parameters.
"""

# ruff: noqa: S608 (the statements are made of names of our own tables and columns only)

from datetime import date

from django.db import connection

from courses.enums import ExemptionKind, ExemptionState
from courses.models import (
    Assignment,
    AssignmentUnit,
    Completion,
    Enrolment,
    Exemption,
    Obligation,
    ObligationReason,
)
from people.models import Posting, UnitClosure

from .asked import Question, Who, asked_of, asks_posting, current, exemptions_of
from .dialect import differs, earlier_of, later_of, local_day, typed, value

_RULE, _RULE_UNIT = Assignment._meta.db_table, AssignmentUnit._meta.db_table
_DUTY, _REASON = Obligation._meta.db_table, ObligationReason._meta.db_table
_EXEMPTION, _COMPLETION, _ENROLMENT = (model._meta.db_table for model in (Exemption, Completion, Enrolment))
_POSTING, _CLOSURE = Posting._meta.db_table, UnitClosure._meta.db_table


def write_obligations(question: Question) -> int:
    """The rows still missing for what is asked."""
    asked, parameters = asked_of(question)
    return _run(
        f"{asked} INSERT INTO {_DUTY} (person_id, course_id, cycle, counts_from, obliged_from, due_on) "
        f"SELECT asked.person_id, asked.course_id, asked.cycle, MIN(asked.counts_from), MIN(asked.since), "
        f"MIN(asked.due_on) FROM asked "
        f"WHERE NOT EXISTS (SELECT 1 FROM {_DUTY} AS duty WHERE duty.person_id = asked.person_id "
        f"AND duty.course_id = asked.course_id AND duty.cycle = asked.cycle) "
        f"GROUP BY asked.person_id, asked.course_id, asked.cycle ON CONFLICT DO NOTHING",
        parameters,
    )


def open_reasons(question: Question) -> int:
    """A reason for every rule that asks and has none open; coming back begins another row."""
    asked, parameters = asked_of(question)
    former = f"(SELECT MAX(former.until) FROM {_REASON} AS former WHERE former.obligation_id = duty.id "
    former += "AND former.assignment_id = asked.assignment_id)"
    return _run(
        f"{asked} INSERT INTO {_REASON} (obligation_id, assignment_id, since, due_on) "
        f"SELECT duty.id, asked.assignment_id, {later_of('asked.since', f'COALESCE({former}, asked.since)')}, "
        f"asked.due_on FROM asked "
        f"JOIN {_DUTY} AS duty ON duty.person_id = asked.person_id AND duty.course_id = asked.course_id "
        f"AND duty.cycle = asked.cycle "
        f"WHERE NOT EXISTS (SELECT 1 FROM {_REASON} AS open WHERE open.obligation_id = duty.id "
        f"AND open.assignment_id = asked.assignment_id AND open.until IS NULL) ON CONFLICT DO NOTHING",
        parameters,
    )


def close_reasons(question: Question) -> int:
    """Reasons whose rule does not ask any more: retired, freed, another cycle, moved or left.

    They end on the day on which that came about, as far as the rows tell it, else on the day of the question.
    """
    asked, parameters = asked_of(question)
    day = value(question.day)
    rules = ", ".join(["%s"] * len(question.rules))
    mark = typed("date")
    newer = (
        "(SELECT MIN(running.opens_on) FROM running WHERE running.assignment_id = rule.id "
        "AND running.course_id = duty.course_id AND running.cycle > duty.cycle)"
    )
    exemptions = exemptions_of("duty.person_id", "duty.course_id")
    freed = f"(SELECT MIN(freed.valid_from) FROM {exemptions} AND {current('freed')})"
    ends = earlier_of(f"COALESCE(posting.valid_to, {mark})", f"COALESCE(place.valid_to, {mark})")
    left = (
        f"(SELECT MAX({ends}) FROM {_POSTING} AS posting "
        f"JOIN {_CLOSURE} AS place ON place.descendant_id = posting.unit_id "
        f"JOIN {_RULE_UNIT} AS target ON target.unit_id = place.ancestor_id AND target.assignment_id = rule.id "
        f"AND (target.with_subtree OR place.depth = 0) "
        f"WHERE posting.person_id = duty.person_id AND posting.is_primary AND posting.valid_from <= {mark} "
        f"AND {asks_posting('rule', 'posting')} AND (posting.valid_to <= {mark} OR place.valid_to <= {mark}))"
    )
    end = (
        f"CASE WHEN rule.active_to <= {mark} THEN rule.active_to WHEN {newer} IS NOT NULL THEN {newer} "
        f"ELSE COALESCE({freed}, {left}, {mark}) END"
    )
    return _run(
        f"{asked} UPDATE {_REASON} AS reason SET until = {later_of('reason.since', earlier_of(mark, f'({end})'))} "
        f"FROM {_DUTY} AS duty, {_RULE} AS rule "
        f"WHERE duty.id = reason.obligation_id AND rule.id = reason.assignment_id AND reason.until IS NULL "
        f"AND reason.assignment_id IN ({rules}) AND {question.who.of('duty.person_id')} "
        f"AND NOT EXISTS (SELECT 1 FROM asked WHERE asked.assignment_id = reason.assignment_id "
        f"AND asked.person_id = duty.person_id AND asked.course_id = duty.course_id AND asked.cycle = duty.cycle)",
        [*parameters, day, day, day, day, day, day, day, day, day, day, *question.rules, *question.who.parameters],
    )


def settle(question: Question) -> int:
    """Obligations follow their reasons: from when to when, and due on the earliest day unless deferred."""
    deferred = (
        f"(SELECT MAX(later.valid_to) FROM {_EXEMPTION} AS later WHERE later.person_id = duty.person_id "
        f"AND later.course_id = duty.course_id AND later.state = '{ExemptionState.APPROVED}' "
        f"AND later.kind = '{ExemptionKind.DEFERRAL}')"
    )
    rules = ", ".join(["%s"] * len(question.rules))
    touched = f"SELECT mine.obligation_id FROM {_REASON} AS mine WHERE mine.assignment_id IN ({rules})"
    return _run(
        f"UPDATE {_DUTY} AS target SET obliged_from = now.obliged_from, obliged_to = now.obliged_to, "
        f"due_on = now.due_on FROM (SELECT sums.id, sums.obliged_from, sums.obliged_to, "
        f"{later_of('sums.due_on', 'COALESCE(sums.deferred, sums.due_on)')} AS due_on FROM ("
        f"SELECT duty.id, MIN(reason.since) AS obliged_from, "
        f"CASE WHEN COUNT(*) = COUNT(reason.until) THEN MAX(reason.until) END AS obliged_to, "
        f"COALESCE(MIN(CASE WHEN reason.until IS NULL THEN reason.due_on END), MIN(reason.due_on)) AS due_on, "
        f"{deferred} AS deferred "
        f"FROM {_DUTY} AS duty JOIN {_REASON} AS reason ON reason.obligation_id = duty.id "
        f"WHERE duty.id IN ({touched}) AND {question.who.of('duty.person_id')} "
        f"GROUP BY duty.id, duty.person_id, duty.course_id) AS sums) AS now "
        f"WHERE now.id = target.id AND ({differs('target.obliged_from', 'now.obliged_from')} "
        f"OR {differs('target.obliged_to', 'now.obliged_to')} OR {differs('target.due_on', 'now.due_on')})",
        [*question.rules, *question.who.parameters],
    )


def fulfil_by_completions(who: Who, courses: list[int]) -> int:
    """What is open and has been completed within its cycle: by the first completion that counts."""
    counts = "(duty.counts_from IS NULL OR {0}.completed_at >= duty.counts_from)"
    marks = ", ".join(["%s"] * len(courses))
    return _run(
        f"UPDATE {_DUTY} AS duty SET completion_id = done.id, fulfilled_on = {local_day('done.completed_at')} "
        f"FROM {_COMPLETION} AS done WHERE duty.fulfilled_on IS NULL AND duty.course_id IN ({marks}) "
        f"AND {who.of('duty.person_id')} AND done.person_id = duty.person_id AND done.course_id = duty.course_id "
        f"AND {counts.format('done')} "
        f"AND (duty.obliged_to IS NULL OR {local_day('done.completed_at')} < duty.obliged_to) "
        f"AND NOT EXISTS (SELECT 1 FROM {_COMPLETION} AS first WHERE first.person_id = done.person_id "
        f"AND first.course_id = done.course_id AND {counts.format('first')} "
        f"AND (first.completed_at < done.completed_at "
        f"OR (first.completed_at = done.completed_at AND first.id < done.id)))",
        [*courses, *who.parameters],
    )


def fulfil_by_equivalents(who: Who, courses: list[int], day: date) -> int:
    """What is open and somebody approved an equivalent for that covers the cycle's first day."""
    marks = ", ".join(["%s"] * len(courses))
    return _run(
        f"UPDATE {_DUTY} AS duty SET equivalence_id = known.id, fulfilled_on = {local_day('known.decided_at')} "
        f"FROM {_EXEMPTION} AS known WHERE duty.fulfilled_on IS NULL AND duty.obliged_to IS NULL "
        f"AND duty.course_id IN ({marks}) AND {who.of('duty.person_id')} "
        f"AND known.person_id = duty.person_id AND known.course_id = duty.course_id "
        f"AND known.kind = '{ExemptionKind.EQUIVALENCE}' AND known.state = '{ExemptionState.APPROVED}' "
        f"AND known.valid_from <= {typed('date')} "
        f"AND (known.valid_to IS NULL OR known.valid_to > duty.obliged_from) "
        f"AND NOT EXISTS (SELECT 1 FROM {_EXEMPTION} AS other WHERE other.person_id = known.person_id "
        f"AND other.course_id = known.course_id AND other.kind = known.kind AND other.state = known.state "
        f"AND other.valid_from <= {typed('date')} AND (other.valid_to IS NULL OR other.valid_to > duty.obliged_from) "
        f"AND other.id < known.id)",
        [*courses, *who.parameters, value(day), value(day)],
    )


def carry_on_enrolments(question: Question) -> int:
    """Courses begun and not completed when a new cycle opens are what the new cycle asks for."""
    yearly = Question(question.day, question.rules, [one for one in question.rounds if one.counts_from], question.who)
    if not yearly.rounds:
        return 0
    asked, parameters = asked_of(yearly)
    return _run(
        f"{asked} UPDATE {_ENROLMENT} AS study SET cycle = newest.cycle FROM (SELECT person_id, course_id, "
        f"MAX(cycle) AS cycle FROM asked GROUP BY person_id, course_id) AS newest "
        f"WHERE study.person_id = newest.person_id AND study.course_id = newest.course_id "
        f"AND study.completed_at IS NULL AND study.cycle < newest.cycle "
        f"AND NOT EXISTS (SELECT 1 FROM {_ENROLMENT} AS later WHERE later.person_id = study.person_id "
        f"AND later.course_id = study.course_id AND later.cycle > study.cycle)",
        parameters,
    )


def _run(statement: str, parameters: list) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount
