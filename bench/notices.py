"""Reminders of a full province: deciding one night, then writing and handing over letters to a local mail server.

    ./run bench notices [--people N] [--courses N] [--letters N]

Works in a database of its own, on the PostgreSQL server of DATABASE_URL if that names one, else SQLite. Prints CPU of
this process and, on this machine, of the database's. For comparison, the same decision asked person by person (of a
sample, scaled up). The mail server is a process of its own and not counted. The last line is one JSON object.
"""

import argparse
import json
import sys
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from time import process_time

from bench import _mail_server
from bench import _throw_away as throw_away
from bench._throw_away import measured

SAMPLE = 300  # people asked one by one


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench notices", description=__doc__.split("\n\n")[0])
    parser.add_argument("--people", type=int, default=38_800)
    parser.add_argument("--courses", type=int, default=20)
    parser.add_argument("--letters", type=int, default=1000)
    asked = parser.parse_args()
    results = {"people": asked.people, "courses": asked.courses, "database": throw_away.prepare()}

    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone, translation

    translation.activate("vi")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    monday = _next_monday(timezone.localdate())
    _fill(asked.people, asked.courses, monday)
    costs = results["costs"] = {}

    from courses.domain.reminding.ladder import queue_due
    from notices.models import Letter, Matter

    with measured("one night decided", costs, asked.people):
        written = queue_due(monday)
    results["matters"] = written
    with measured("the same night again: nothing to do", costs, asked.people):
        again = queue_due(monday)
    with measured(f"one by one, {SAMPLE} people", costs, SAMPLE):
        _one_by_one(monday)
    ahead, behind = (costs[name] for name in ("one night decided", f"one by one, {SAMPLE} people"))
    results["one_by_one_is_times_dearer"] = round(_cpu(behind) * asked.people / SAMPLE / max(_cpu(ahead), 0.01), 1)

    waiting = Matter.objects.filter(state="waiting").values("person").distinct().count()
    results["people_with_a_letter"] = waiting
    _leave(asked.letters)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = _mail_server.start()
    from notices.domain.letters.sending import send_due

    now = timezone.make_aware(datetime.combine(monday, time(9)))
    with measured("letters written and handed over", costs, asked.letters), _narrowly_measured() as narrow:
        tally = send_due(now=now, seconds=3600)
    sent = Letter.objects.filter(state="sent").count()
    results["tally"] = dict(tally)
    results["ms_of_cpu_a_letter"] = round(1000 * _cpu(costs["letters written and handed over"]) / max(sent, 1), 2)
    results["ms_of_cpu_a_letter_without_database"] = round(
        1000 * costs["letters written and handed over"]["cpu_s"] / max(sent, 1), 2
    )
    results["ms_of_cpu_a_letter_for_text_and_hand_over"] = round(1000 * sum(narrow) / max(sent, 1), 2)
    print(json.dumps(results, ensure_ascii=False))
    if any(again.values()) or sent != min(asked.letters, waiting):
        sys.exit(1)


def _leave(letters: int) -> None:
    """Lets only so many people wait, every so manieth: heads of units, with their long letters, in their share."""
    from django.utils import timezone

    from notices.models import Matter

    waiting = Matter.objects.filter(state="waiting")
    people = list(waiting.order_by("person").values_list("person", flat=True).distinct())
    kept = people[:: max(len(people) // letters, 1)][:letters]
    waiting.exclude(person__in=kept).update(not_before=timezone.now() + timedelta(days=365))


@contextmanager
def _narrowly_measured():
    """Seconds of CPU of writing each letter's text and of handing it over, without deciding and bookkeeping."""
    from notices.domain.letters import sending

    spent: list[float] = []

    def timed(function):
        def measured_call(*arguments):
            begun = process_time()
            try:
                return function(*arguments)
            finally:
                spent.append(process_time() - begun)

        return measured_call

    message_of, hand_over = sending.message_of, sending.Line.hand_over
    sending.message_of, sending.Line.hand_over = timed(message_of), timed(hand_over)
    try:
        yield spent
    finally:
        sending.message_of, sending.Line.hand_over = message_of, hand_over


def _cpu(cost: dict) -> float:
    return cost["cpu_s"] + cost.get("server_cpu_s", 0)


def _next_monday(day):
    return day + timedelta(days=7 - day.weekday())


def _fill(people: int, courses: int, monday) -> None:
    """Units with heads, people with addresses, and three years of duties: nine of ten fulfilled."""
    from courses.domain.reminding.steps import load_starting_steps
    from people.models import Person, Posting, Unit
    from tests.reports import factories as make

    load_starting_steps()
    root = make.make_unit("Tỉnh minh họa")
    units = [make.make_unit(f"Đơn vị {number}", root) for number in range(200)]
    made = Person.objects.bulk_create(
        [
            Person(
                username=f"n{number}", full_name=f"Nguyễn Văn {number}", sort_key=f"{number:06}",
                search_key=f"nguyen van {number}", staff_number=f"S{number:06}",
                work_email=f"n{number}@minhhoa.example",
            )
            for number in range(people)
        ],
        batch_size=2000,
    )  # fmt: skip
    Posting.objects.bulk_create(
        [
            Posting(
                person=person, unit=units[number % len(units)], position_title="Chuyên viên", valid_from=make.LONG_AGO
            )
            for number, person in enumerate(made)
        ],
        batch_size=2000,
    )
    for number, unit in enumerate([root, *units]):
        Unit.objects.filter(pk=unit.pk).update(head=made[number])
    for order in range(courses):
        course = make.make_course(f"Khóa minh họa {order}")
        due = monday + timedelta(days=[7, 1, -1, -7, -14, 20, 90, -60][order % 8])
        _oblige(course, order, due)
    _analyze()


def _oblige(course, order: int, due) -> None:
    """Everybody, in one statement; one in ten has not fulfilled it."""
    from django.db import connection

    from courses.models import Obligation
    from people.models import Person
    from tests.reports.factories import LONG_AGO

    fulfilled = "CASE WHEN MOD(id + %s, 10) = 0 THEN NULL ELSE CAST(%s AS date) END"
    if connection.vendor == "sqlite":
        fulfilled = "CASE WHEN (id + %s) % 10 = 0 THEN NULL ELSE %s END".replace(" % 10", " %% 10")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Obligation._meta.db_table} "
            "(person_id, course_id, cycle, obliged_from, due_on, fulfilled_on) "
            f"SELECT id, %s, 1, %s, %s, {fulfilled} FROM {Person._meta.db_table}",
            [course.pk, LONG_AGO, due, order, LONG_AGO],
        )


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _one_by_one(day) -> None:
    """The same decision, one person after the other: what the ladder must not do."""
    from courses.domain.reminding.ladder import DUTIES, open_duties
    from courses.models import ReminderStep
    from notices.models import Matter
    from people.models import Person, Posting

    steps = list(ReminderStep.objects.all())
    for person in Person.objects.order_by("pk")[:SAMPLE]:
        Posting.objects.filter(person=person, is_primary=True).select_related("unit__head").first()
        for duty in open_duties().filter(person=person):
            for step in steps:
                Matter.objects.filter(topic=DUTIES, step=step.key, subject_id=duty.pk, occasion=duty.due_on).exists()


if __name__ == "__main__":
    main()
