"""Nothing acknowledged is lost: learners save answers while processes are killed and lines are cut.

    ./run bench faults [--kills 20] [--stops 5] [--learners N] [--no-control]

Web workers are killed with -9, the PostgreSQL server is stopped at once (its own, made for this), and a TCP proxy
cuts connections in the middle of a response. A learner's client does as the page's script: what is not acknowledged
is sent again with the same key. Afterwards every acknowledgement is held against the append-only events.

The negative control does the same with synchronous_commit off, where PostgreSQL acknowledges before the disk has
it: there answers must be missing, else this test would not see a loss. The last line is one JSON object. Exit
status 1: an answer was lost, or something else went wrong; 2: the control lost nothing.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run bench faults", description=__doc__.split("\n\n")[0])
    parser.add_argument("--kills", type=int, default=20, help="web workers killed with -9; default 20")
    parser.add_argument("--stops", type=int, default=5, help="database stops at once; default 5")
    parser.add_argument("--learners", type=int, default=12, help="who save at the same time; default 12")
    parser.add_argument("--pause", type=float, default=1.5, help="seconds between two faults; default 1.5")
    parser.add_argument("--no-control", action="store_true", help="without the negative control")
    parser.add_argument("--careless", action="store_true", help=argparse.SUPPRESS)  # the control itself
    asked = parser.parse_args()
    result = _run(asked)
    status = 1 if (result["lost"] and not asked.careless) or result["errors"] else 0
    if not asked.careless and not asked.no_control:
        result["control"] = _control(asked)
        if not result["control"]["lost"]:
            print("The control lost nothing: this run proves nothing.")
            status = status or 2
    print(json.dumps(result))
    sys.stdout.flush()
    return status


def _run(asked) -> dict:
    from bench.faults import run
    from bench.serving.cluster import Cluster
    from bench.serving.site import Site

    # Off: commits are told before they are on the disk; the writer then takes its time, as under load it does.
    options = {"synchronous_commit": "off", "wal_writer_delay": "2000ms"} if asked.careless else {}
    with Cluster(**options) as cluster, Site(cluster.url, workers=2) as site:
        return asyncio.run(run.under_faults(asked, cluster, site))


def _control(asked) -> dict:
    """In a process of its own, because Django is set up for one database."""
    print("\nNegative control: synchronous_commit off")
    arguments = ["--careless", "--kills", "0", "--stops", str(max(asked.stops, 5)), "--pause", str(asked.pause)]
    command = [sys.executable, "-m", "bench", "faults", *arguments, "--learners", str(asked.learners)]
    given = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "VAR_DIR"}}
    answer = subprocess.run(command, capture_output=True, text=True, env=given, check=False)
    print(answer.stdout, answer.stderr[-2000:])
    return json.loads(answer.stdout.strip().splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main())
