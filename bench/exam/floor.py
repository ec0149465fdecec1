"""The floor: a bare Django view for somebody signed in, with one indexed UPDATE, under the same web server.

A Django project in one file with nothing but sessions and accounts. Its tables live in a schema (PostgreSQL) or a
file (SQLite) of their own that is removed afterwards.
"""

import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.serving import cpu
from bench.serving.cluster import free_port
from bench.serving.http import Browser
from bench.serving.site import ROOT, wait_for

SCHEMA = "bench_floor"
ROUNDS = 200


def measure(database) -> dict:
    """CPU milliseconds of one request, in all processes, at the median of batches."""
    from django.conf import settings
    from django.db import connection

    folder = Path(tempfile.mkdtemp(prefix="bench-floor-"))
    environment = os.environ | {
        "FLOOR_DATABASE_URL": settings.DATABASE_URL
        if connection.vendor == "postgresql"
        else f"sqlite:///{folder / 'floor.sqlite3'}",
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "bench.exam.floor_site",
    }
    if connection.vendor == "postgresql":
        _in_database(f"CREATE SCHEMA {SCHEMA}")
    process = None
    try:
        made = subprocess.run(
            [sys.executable, "-m", "bench.exam.floor_site"], env=environment, cwd=ROOT, capture_output=True, text=True
        )
        if made.returncode:
            raise RuntimeError(made.stderr[-2000:])
        port = free_port()
        command = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", str(port), "--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
        process = subprocess.Popen([*command, "bench.exam.floor_wsgi:application"], env=environment, cwd=ROOT)
        base_url = f"http://127.0.0.1:{port}"
        wait_for(base_url + "/alive/")
        return asyncio.run(_ask(base_url, made.stdout.strip(), lambda: [*cpu.family(process.pid), *database()]))
    finally:
        if process:
            process.terminate()
            process.wait()
        if connection.vendor == "postgresql":
            _in_database(f"DROP SCHEMA {SCHEMA} CASCADE")
        shutil.rmtree(folder, ignore_errors=True)


async def _ask(base_url: str, session_key: str, pids) -> dict:
    browser = Browser(base_url)
    browser.cookies["sessionid"] = session_key
    costs = []
    for number in range(ROUNDS):
        before = cpu.spent(pids())
        answer = await browser.get("/")
        costs.append(cpu.spent(pids()) - before)
        if answer.status != 200:
            raise RuntimeError(f"The floor answered {answer.status}: {answer.body[:300]!r}")
        if number == ROUNDS // 10:
            costs.clear()
    await browser.close()
    return {"floor_cpu_ms": round(statistics.median(costs), 2)}


def _in_database(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
