"""A database and a folder that exist for one measurement, and what a measurement costs."""

import atexit
import os
import resource
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


def prepare() -> str:
    """Makes both, points the settings at them and returns the database's vendor. Call before `django.setup()`."""
    folder = tempfile.mkdtemp(prefix="bench-")
    os.environ["VAR_DIR"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.environ["DEMO_CONTENT"] = "1"
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    given = os.environ.pop("DATABASE_URL", "")
    if not given.startswith("postgres"):
        return "sqlite"
    name = f"bench_{os.getpid()}"
    _on_server(given, f'CREATE DATABASE "{name}"')
    atexit.register(_drop, given, name)
    os.environ["DATABASE_URL"] = urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
    return "postgresql"


def _drop(server: str, name: str) -> None:
    from django.db import connections

    connections.close_all()
    _on_server(server, f'DROP DATABASE "{name}"')


def _on_server(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


@contextmanager
def measured(title: str, results: dict, rows: int = 0):
    """Adds to `results`: CPU of this process and of its database server process, time by the clock, peak memory.

    The server's share is known only where it runs on this machine (Linux); else it is missing.
    """
    cpu, server, clock = time.process_time(), server_cpu(), time.monotonic()
    found = results[title] = {}
    yield found
    found["cpu_s"] = round(time.process_time() - cpu, 2)
    after = server_cpu()
    if server is not None and after is not None:
        found["server_cpu_s"] = round(after - server, 2)
    found["clock_s"] = round(time.monotonic() - clock, 2)
    if rows:
        found["rows_per_cpu_s"] = round(rows / max(found["cpu_s"] + found.get("server_cpu_s", 0), 0.01))
    found["peak_mb"] = peak_memory()
    print(f"{title:44}", "  ".join(f"{name} {value}" for name, value in found.items()), flush=True)


def peak_memory() -> int:
    """The most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def server_cpu() -> float | None:
    """Seconds of CPU the process behind this database connection has used, if it can be looked at (steps of 10 ms)."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        status = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    try:
        fields = status.read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
