"""An examination over HTTP: each learner opens the course, a lesson, starts, answers 20 questions, submits, reviews.

    ./run bench exam [--learners N] [--base-url URL] [--rate R] [--seconds S] [--database sqlite]

Without --base-url it serves a site of its own in production settings on a PostgreSQL server of its own. With it, run
it where the site runs and with the site's DATABASE_URL, SECRET_KEY and settings: it makes marked learners and a quiz
in the site's database and removes them afterwards; these learners do not pass, so that nothing enters the register
or the log.

Four parts: one learner alone (CPU, SQL statements and bytes of each step); the floor, a bare signed-in Django view
with one indexed UPDATE; all learners without think time (closed loop); saves at a fixed rate (open loop; by default
half of what the closed loop managed). The last line is one JSON object. Exit status 1: an error, or a lost answer.
"""

import argparse
import asyncio
import contextlib
import json
import sys

from bench.exam import alone, crowd, floor, report
from bench.serving import cpu, learners, truth


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run bench exam", description=__doc__.split("\n\n")[0])
    parser.add_argument("--learners", type=int, default=50, help="how many learn at once; default 50")
    parser.add_argument("--base-url", help="a site that is running on this machine; default: one of its own")
    parser.add_argument("--rate", type=float, help="saves a second in the open loop; default half the capacity")
    parser.add_argument("--seconds", type=float, default=20, help="how long the open loop lasts; default 20")
    parser.add_argument("--rounds", type=int, default=8, help="attempts of the learner alone; default 8")
    parser.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    asked = parser.parse_args()
    with contextlib.ExitStack() as stack:
        place_of_work = _running_site(asked) if asked.base_url else _own_site(stack, asked)
        result = _measure(asked, *place_of_work)
    print(json.dumps(result))
    sys.stdout.flush()
    return 1 if result["errors"] or result["lost"] else 0


def _own_site(stack, asked):
    from bench.serving.cluster import Cluster
    from bench.serving.site import Site

    cluster = stack.enter_context(Cluster()) if asked.database == "postgres" else None
    site = stack.enter_context(Site(cluster.url if cluster else ""))
    database = (lambda: cpu.family(cluster.pid)) if cluster else list
    return site.base_url, site.pids, database, cluster.url if cluster else None, True


def _running_site(asked):
    from urllib.parse import urlsplit

    import django

    django.setup()
    port = urlsplit(asked.base_url).port or 80
    listening = cpu.listening_on(port)
    pids = lambda: sorted({pid for first in listening for pid in cpu.family(first)})  # noqa: E731
    return asked.base_url, pids, lambda: cpu.named("postgres"), None, False


def _measure(asked, base_url, web, database, statements_url, is_own) -> dict:
    place = learners.make_course(questions_per_page=0)
    try:
        names = learners.make_learners(place, asked.learners + asked.rounds + 2)
        own, many = names[: asked.rounds + 2], names[asked.rounds + 2 :]
        first = asyncio.run(alone.measure(base_url, place, own, web, database, statements_url, right=is_own))
        least = floor.measure(database)
        together = asyncio.run(crowd.closed_loop(base_url, place, many, web, database, right=is_own))
        rate = asked.rate or max(1.0, together["saves_per_s"] / 2)
        steady = asyncio.run(crowd.open_loop(base_url, place, together.pop("browsers"), rate, asked.seconds))
        lost = truth.missing(together.pop("acknowledged") + steady.pop("acknowledged"))
        return report.result(asked, first, least, together, steady, lost)
    finally:
        if not is_own:
            learners.remove(place)


if __name__ == "__main__":
    sys.exit(main())
