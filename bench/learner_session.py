"""One learner's session over HTTP: CPU of all server and database processes, SQL statements and bytes, step by step.

    ./run bench learner_session [--sessions N] [--database sqlite|postgres] [--in-process]

22 requests: sign-in page, sign in, home, course, lesson, quiz intro, start, four pages of five questions with an
autosave and the plain form's post each, the page before submitting, submit, review. It serves a site of its own in
production settings and makes its own PostgreSQL server. `--in-process` adds what the same steps cost inside one
process without a server. The last line is one JSON object.
"""

import argparse
import asyncio
import json
import statistics
import sys
import uuid

WARM = 12  # sessions that only warm memories and the plans of each thread's connection


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench learner_session", description=__doc__.split("\n\n")[0])
    parser.add_argument("--sessions", type=int, default=15, help="how many are measured; medians are printed")
    parser.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--in-process", action="store_true", help="measure inside one process instead")
    asked = parser.parse_args()
    if asked.in_process:
        from bench import _in_process

        _in_process.measure(asked.sessions)
        return
    if asked.database == "sqlite":
        _over_http("", asked.sessions, None)
        return
    from bench.serving.cluster import Cluster

    with Cluster() as cluster:
        _over_http(cluster.url, asked.sessions, cluster)


def _over_http(database_url: str, sessions: int, cluster) -> None:
    from bench.serving import cpu, learners
    from bench.serving.meter import Meter, Statements
    from bench.serving.site import Site

    with Site(database_url) as site:
        place = learners.make_course(questions_per_page=5)
        names = learners.make_learners(place, WARM + 2 * sessions)
        statements = Statements(cluster.url) if cluster else None

        def pids() -> list[int]:
            database = cpu.family(cluster.pid) if cluster else []
            return [pid for pid in site.pids() + database if not statements or pid != statements.pid]

        warm = Meter(pids)
        asyncio.run(_sessions(site, place, names[:WARM], warm))
        totals = asyncio.run(_sessions(site, place, names[WARM : WARM + sessions], Unmetered(pids)))
        meter = Meter(pids, statements)
        asyncio.run(_sessions(site, place, names[WARM + sessions :], meter))
        if statements:
            statements.close()
        _report(meter, totals, sessions, "postgresql" if cluster else "sqlite")


class Unmetered:
    """Steps follow each other at once, as on a site where others are busy too: reading the counters before and after
    each one leaves the processors' caches cold and doubles what it costs."""

    def __init__(self, pids):
        self.pids = pids

    async def take(self, _name: str, request):
        return await request


async def _sessions(site, place, names, meter) -> list[float]:
    """CPU milliseconds of each session, from its first request to its last."""
    from bench.serving import cpu, learners
    from bench.serving.http import Browser
    from bench.serving.steps import Learner, change

    totals = []
    for number, name in enumerate(names):
        learner = Learner(Browser(site.base_url, f"10.1.{number // 250}.{number % 250 + 1}"), name, place, meter.take)
        before = cpu.spent(meter.pids())
        await learner.sign_in()
        await learner.look_around()
        where = await learner.start()
        answers = await asyncio.to_thread(learners.answers_to, learner.attempt, True)
        for page in range(0, len(answers), 5):
            await learner.page(where)
            slots = range(page, page + 5)
            await learner.save([change(slot, answers[slot], str(uuid.uuid4())) for slot in slots])
            plain = {f"q{slot}-{field}": value for slot in slots for field, value in answers[slot].items()}
            where = await learner.next(where, plain)
        await meter.take("before submitting", learner.browser.get(where))
        await learner.submit()
        totals.append(cpu.spent(meter.pids()) - before)
        await learner.browser.close()
    return totals


def _report(meter, totals, sessions: int, database: str) -> None:
    print(f"{'step':20} {'CPU ms':>8} {'SQL':>5} {'bytes':>8} {'times':>6}")
    sums = {"cpu": 0.0, "sql": 0, "bytes": 0, "requests": 0}
    steps = {}
    for name, cost in meter.costs.items():
        times = len(cost.cpu_ms) // sessions
        one = statistics.median(cost.cpu_ms)
        sql = statistics.median(cost.statements) if cost.statements else 0
        size = statistics.median(cost.bytes)
        steps[name] = {"cpu_ms": round(one, 2), "sql": sql, "bytes": size, "times": times}
        print(f"{name:20} {one:8.2f} {sql:5.0f} {size:8.0f} {times:6}")
        for total, value in (("cpu", one), ("sql", sql), ("bytes", size), ("requests", 1)):
            sums[total] += value * times
    median = statistics.median(totals)
    check = _argon2()
    print(f"{sums['requests']} requests, {sums['sql']:.0f} SQL statements, {sums['bytes'] / 1024:.0f} KB")
    print(f"CPU a session, request after request: median {median:.1f} ms, least {min(totals):.1f} ms")
    print(f"CPU a session, sum of the steps' medians, each measured alone after a pause: {sums['cpu']:.1f} ms")
    print(f"one check of a password here: {check:.1f} ms")
    result = {
        "database": database,
        "sessions": sessions,
        "requests": sums["requests"],
        "cpu_ms_per_session": round(median, 1),
        "cpu_ms_per_session_step_by_step": round(sums["cpu"], 1),
        "sql_per_session": sums["sql"],
        "bytes_per_session": sums["bytes"],
        "password_check_ms": round(check, 1),
        "steps": steps,
    }
    print(json.dumps(result))
    sys.stdout.flush()


def _argon2() -> float:
    """What one check of a password costs now, on this machine: the yardstick for comparing machines."""
    import time

    from django.contrib.auth.hashers import check_password, make_password

    encoded, start = make_password("bench-password-1"), time.process_time()
    for _time in range(10):
        check_password("bench-password-1", encoded)
    return (time.process_time() - start) * 100


if __name__ == "__main__":
    main()
