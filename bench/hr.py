"""Rules over the full province, and the reports on them: written and counted set-wise, and one query per person.

    ./run bench hr [--size full|small] [--seed N]

Works in a database of its own, which it drops at the end: on the PostgreSQL server of DATABASE_URL if that names
one, else SQLite. Prints CPU of this process and, on this machine, of the database's process, and the longest
transaction; then `./run bench notices`, and everything that has a bound beside it. The last line is all of it as one
JSON object.
"""

import argparse
import json
import os
import time
from datetime import date, timedelta

from bench import _hr_bounds, _hr_reports
from bench import _throw_away as throw_away
from bench._throw_away import measured, server_cpu

COURSES = 20
ONE_BY_ONE = 1000  # people of the slow way; its cost is told for as many as the fast way wrote
MOVED = 20
DAY = date(2026, 11, 2)


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench hr", description=__doc__.split("\n\n")[0])
    parser.add_argument("--size", choices=("full", "small"), default="full")
    parser.add_argument("--seed", type=int, default=1847)
    asked = parser.parse_args()
    server = os.environ.get("DATABASE_URL", "")
    results = {"size": asked.size, "database": throw_away.prepare()}

    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    results |= _measure(asked.size, asked.seed)
    results["notices"] = _hr_bounds.run_notices(server, asked.size)
    results["bounds"] = _hr_bounds.print_bounds(results)
    print(json.dumps(results, ensure_ascii=False))


def _measure(size: str, seed: int) -> dict:
    from courses.domain.obligations import evaluating
    from courses.models import Assignment, Obligation
    from people.models import Person, Posting
    from people.province.loading import load_province

    costs: dict = {}
    with measured("province", costs):
        load_province(size, seed)
    courses = _courses()
    _analyse()
    people = Posting.objects.filter(is_primary=True, valid_to__isnull=True).count()
    first = _rule(courses[0])
    with measured("one rule over everybody", costs, people) as found:
        found["longest_transaction_s"] = _evaluate([first], evaluating)
    written = Obligation.objects.count()
    _analyse()
    with measured("the same rule again: nothing to write", costs, people) as found:
        found["longest_transaction_s"] = _evaluate([first], evaluating)
    rules = [_rule(course, number) for number, course in enumerate(courses[1:], start=1)]
    further = f"{len(rules)} more rules over everybody"
    with measured(further, costs, people * len(rules)) as found:
        found["longest_transaction_s"] = max(_evaluate([rule], evaluating) for rule in rules)
    _analyse()
    with measured(f"every night: {COURSES} rules, nothing to write", costs) as found:
        evaluating.evaluate_rules(DAY)
    costs["one person moved, ms"] = _move(evaluating)
    print(f"one person moved: {costs['one person moved, ms']}", flush=True)
    slow = _one_query_per_person(courses[0], first)
    fast = costs["one rule over everybody"]
    spent = fast["cpu_s"] + fast.get("server_cpu_s", 0)
    ratio = round(slow * written / spent, 1)
    print(f"one query per person: {slow * 1000:.2f} ms CPU a person; {ratio} times the set-wise statements")
    with measured("evidence of three years", costs):
        _hr_reports.write_evidence(courses)
    _analyse()
    pages = _hr_reports.measure_pages(courses, costs)
    workbook = _hr_bounds.run_workbook(costs)
    alone = _hr_reports.one_query_per_person()
    overview = pages["overview"]["cpu_ms"]
    print(
        f"counted one person after the other: {alone * 1000:.1f} ms CPU a person, {alone * people:.0f} s for all; "
        f"{alone * people * 1000 / overview:.0f} times the overview"
    )
    with measured("retired: everybody's reasons end", costs, people) as found:
        Assignment.objects.filter(pk=first.pk).update(active_to=DAY)
        found["longest_transaction_s"] = _evaluate([first], evaluating)
    return {
        "further_rules": further,
        "further": len(rules),
        "pages": pages,
        "workbook": workbook,
        "overview_to_one_query_per_person": round(alone * people * 1000 / overview),
        "people": Person.objects.count(),
        "obligations": Obligation.objects.count(),
        "costs": costs,
        "one_query_per_person_ms": round(slow * 1000, 2),
        "ratio": ratio,
    }


def _courses() -> list:
    """Courses by name alone: rules ask for them, nobody takes them here."""
    from wagtail.models import Locale, Page

    from courses.models import CoursePage

    Locale.objects.get_or_create(language_code="vi")
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    made = []
    for number in range(COURSES):
        course = CoursePage(
            title=f"Khóa đo lường {number}",
            slug=f"do-{number}",
            code=f"DO-{number}",
            summary="Đo lường",
            duration_minutes=30,
        )
        made.append(root.add_child(instance=course))
    return made


def _rule(course, number: int = 0):
    """A rule over the whole province; the later ones yearly, by days, for groups, as they come in life."""
    from courses.domain.assignment import Target, create_rule
    from courses.models import Assignment
    from people.models import Unit

    kinds = (
        {"due_on": date(2026, 12, 31)},
        {"due_on": date(2026, 12, 31), "recurrence": "yearly", "window_opens_on": date(2026, 3, 1)},
        {"due_kind": "joining", "due_days": 60},
        {"due_kind": "assignment", "due_days": 30},
    )
    fields = kinds[number % len(kinds)] | {"course": course, "active_from": date(2026, 1, 1)}
    return create_rule(Assignment(**fields), [Target(Unit.objects.get(code="LG"))], actor=None)


def _evaluate(rules: list, evaluating) -> float:
    """The rules over everybody; returns the seconds of the longest transaction."""
    from courses.models import Assignment

    pace = evaluating.Pace()
    some = Assignment.objects.filter(pk__in=[rule.pk for rule in rules])
    evaluating._evaluate(some, DAY, evaluating._everybody(pace), pace)
    return round(pace.longest, 2)


def _move(evaluating) -> dict:
    """People who go to another unit, one after the other: CPU and time by the clock of what follows, each."""
    from people.domain import postings
    from people.models import Posting, Unit

    elsewhere = Unit.objects.get(code="LG-NV")
    held = Posting.objects.filter(is_primary=True, valid_to__isnull=True).exclude(unit=elsewhere).order_by("pk")
    moving = list(held.select_related("person", "unit")[:MOVED])
    for posting in moving:
        postings.transfer(posting, elsewhere, on=DAY - timedelta(days=1), actor=None)
    evaluating.evaluate_people([moving[0].person_id], DAY)
    cpu, server, clock = time.process_time(), server_cpu() or 0, time.monotonic()
    for posting in moving[1:]:
        evaluating.evaluate_people([posting.person_id], DAY)
    count = len(moving) - 1
    return {
        "cpu": round((time.process_time() - cpu) * 1000 / count, 1),
        "server_cpu": round(((server_cpu() or 0) - server) * 1000 / count, 1),
        "clock": round((time.monotonic() - clock) * 1000 / count, 1),
    }


def _one_query_per_person(course, rule) -> float:
    """Seconds of CPU a person (here and in the server) of the way this does not go: look, decide, write, in a loop."""
    from django.db import transaction

    from courses.models import Obligation, ObligationReason
    from people.models import Person, UnitClosure
    from people.queries import current_on, primary_posting

    target = rule.units.get().unit_id
    people = list(Person.objects.filter(postings__is_primary=True, postings__valid_to__isnull=True)[:ONE_BY_ONE])
    cycle = 3000  # one nobody has
    cpu, server = time.process_time(), server_cpu() or 0
    with transaction.atomic():
        for person in people:
            posting = primary_posting(person, DAY)
            if (
                posting is None
                or not UnitClosure.objects.filter(current_on(DAY), ancestor=target, descendant=posting.unit_id).exists()
            ):
                continue
            duty, _created = Obligation.objects.get_or_create(
                person=person,
                course=course,
                cycle=cycle,
                defaults={"obliged_from": DAY, "due_on": rule.due_on},
            )
            ObligationReason.objects.get_or_create(
                obligation=duty, assignment=rule, until=None, defaults={"since": DAY, "due_on": rule.due_on}
            )
        spent = time.process_time() - cpu
        transaction.set_rollback(True)
    return (spent + (server_cpu() or 0) - server) / len(people)


def _analyse() -> None:
    """Statistics for the planner, as the server gathers them by itself after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
