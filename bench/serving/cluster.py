"""A PostgreSQL server of the measurement's own: made by initdb, run by a user without rights, on a port of its own.

The machine's own server is never touched.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

NAME = "bench"
_OWNERS = ("postgres", "nobody")


class Cluster:
    """`with Cluster() as cluster:` … `cluster.url`. Options are settings of postgresql.conf."""

    def __init__(self, **options: str):
        self.folder = Path(tempfile.mkdtemp(prefix="bench-pg-"))
        self.data = self.folder / "data"
        self.port = free_port()
        self.options = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self.folder),
            "max_connections": "60",
            "shared_buffers": "256MB",
            "max_wal_size": "4GB",
            "autovacuum_naptime": "30s",
        } | options
        self.owner = _owner()

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{NAME}"

    def __enter__(self):
        if self.owner:
            os.chown(self.folder, self.owner.pw_uid, self.owner.pw_gid)
        self._run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        has_counter = self._can_count_statements()
        if has_counter:
            self.options |= {"shared_preload_libraries": "pg_stat_statements"}
        self.start()
        self._sql("postgres", f"CREATE DATABASE {NAME}")
        if has_counter:
            self._sql(NAME, "CREATE EXTENSION pg_stat_statements")
        return self

    def __exit__(self, *_problem):
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Starts the server and waits until it answers; after a stop at once it recovers first."""
        options = " ".join(f"-c {name}={value}" for name, value in self.options.items())
        self._run(
            "pg_ctl", "-D", str(self.data), "-l", str(self.folder / "log"), "-o", options, "-w", "-t", "60", "start"
        )

    def stop(self, mode: str = "fast") -> None:
        """`immediate`: as if the power went, but for the disk."""
        self._run("pg_ctl", "-D", str(self.data), "-m", mode, "-w", "stop", check=False)

    @property
    def pid(self) -> int:
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def _can_count_statements(self) -> bool:
        libraries = subprocess.run([_binary("pg_config"), "--pkglibdir"], capture_output=True, text=True, check=False)
        return (Path(libraries.stdout.strip() or "/nowhere") / "pg_stat_statements.so").exists()

    def _sql(self, database: str, statement: str) -> None:
        import psycopg

        with psycopg.connect(f"postgres://postgres@127.0.0.1:{self.port}/{database}", autocommit=True) as connection:
            connection.execute(statement)

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        answer = subprocess.run(
            [_binary(program), *arguments],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            user=self.owner.pw_uid if self.owner else None,
            group=self.owner.pw_gid if self.owner else None,
            extra_groups=[] if self.owner else None,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
            check=False,
        )
        if check and answer.returncode:
            log = self.folder / "log"
            told = (answer.stdout or b"").decode(errors="replace") + (log.read_text() if log.exists() else "")
            raise RuntimeError(f"{program} failed: {told[-2000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _owner():
    """PostgreSQL refuses to run as root: somebody without rights does it then."""
    if os.geteuid() != 0:
        return None
    for name in _OWNERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError(f"Running as root, and there is none of the users {', '.join(_OWNERS)}.")


def _binary(name: str) -> str:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which(name) or next((str(f / name) for f in reversed(folders) if (f / name).exists()), None)
    if found is None:
        raise RuntimeError(f"{name} is not installed: sudo apt-get install postgresql")
    return found
