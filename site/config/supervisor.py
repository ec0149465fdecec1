"""Starts the site's processes, restarts one that dies, stops all of them together and leaves nothing running."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

STOP_WITHIN = 30.0  # seconds a process may take to finish its work before it is killed
PAUSE_BEFORE_RESTART = 2.0
_PR_SET_PDEATHSIG = 1


@dataclass
class Program:
    """One process of the site: its name in the log and its command line."""

    name: str
    command: list[str]
    process: subprocess.Popen | None = field(default=None, repr=False)
    started: float = 0.0


def programs() -> list[Program]:
    """The web server and the worker, which carries the scheduler."""
    binaries = Path(sys.executable).parent
    return [
        Program(
            "web",
            [
                str(binaries / "granian"),
                "--interface", "wsgi",
                "--host", settings.HOST,
                "--port", str(settings.PORT),
                "--workers", "1",
                "--blocking-threads", "4",
                "--log-level", "warning",
                "--respawn-failed-workers",
                "--workers-kill-timeout", "10",
                "config.wsgi:application",
            ],
        ),
        Program(
            "worker",
            [
                str(binaries / "celery"),
                "--app", "config",
                "--quiet",
                "worker",
                "--beat",
                "--schedule", settings.CELERY_BEAT_SCHEDULE_FILENAME,
                "--pool", "threads",
                "--concurrency", "2",
                "--loglevel", "WARNING",
                "--without-gossip",
                "--without-mingle",
                "--without-heartbeat",
            ],
        ),
    ]  # fmt: skip


def port_is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def run(wanted: list[Program]) -> int:
    """Keeps the programs running until SIGINT or SIGTERM; returns the exit status."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_args: stopping.set())
    try:
        for program in wanted:
            _start(program)
        while not stopping.wait(0.5):
            for program in wanted:
                if program.process.poll() is not None and not stopping.is_set():
                    _log("run", f"{program.name} ended with status {program.process.returncode}; starting it again")
                    stopping.wait(PAUSE_BEFORE_RESTART)
                    if not stopping.is_set():
                        _start(program)
    finally:
        _stop(wanted)
    return 0


def web_environment() -> dict[str, str]:
    """The environment of the site's processes."""
    root = str(settings.ROOT)
    # glibc: large pages for large blocks, which Argon2's 19 MiB are (decision 0036).
    return (
        {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
        | os.environ
        | {
            "PYTHONPATH": os.pathsep.join([root, str(settings.ROOT / "site")]),
            "PYTHONUNBUFFERED": "1",
        }
    )


def _start(program: Program) -> None:
    program.started = time.monotonic()
    program.process = subprocess.Popen(  # noqa: S603  our own command lines
        program.command,
        cwd=str(settings.ROOT),
        env=web_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,  # Ctrl-C reaches the supervisor only, which stops them in order
        preexec_fn=_die_with_parent,
    )
    threading.Thread(target=_copy_output, args=(program,), daemon=True).start()


def _die_with_parent() -> None:
    """Linux: the child is told to stop when the supervisor is gone, even by kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _copy_output(program: Program) -> None:
    for line in program.process.stdout:
        if line.strip():
            _log(program.name, line.rstrip())


def _log(name: str, line: str) -> None:
    sys.stdout.write(f"{name:>7} | {line}\n")
    sys.stdout.flush()


def _stop(wanted: list[Program]) -> None:
    """Asks all process groups to stop, waits for their work, kills what is left."""
    running = [program for program in wanted if program.process]
    for program in running:
        if program.process.poll() is None:
            program.process.terminate()
    deadline = time.monotonic() + STOP_WITHIN
    for program in running:
        try:
            program.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            _log("run", f"{program.name} did not stop in time and is killed")
        _kill_group(program)


def _kill_group(program: Program) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(program.process.pid, signal.SIGKILL)
    program.process.wait()
