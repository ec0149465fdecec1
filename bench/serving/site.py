"""A site of the measurement's own: production settings, granian, a database that is thrown away afterwards."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.serving import cpu
from bench.serving.cluster import free_port

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "kept-for-bench"


class Site:
    """`with Site(database_url) as site:` … `site.base_url`. Call before Django is set up: it gives it its settings."""

    def __init__(self, database_url: str, workers: int = 1):
        self.folder = Path(tempfile.mkdtemp(prefix="bench-site-"))
        self.port = free_port()
        self.workers = workers
        self.environment = {
            "DATABASE_URL": database_url or f"sqlite:///{self.folder / 'bench.sqlite3'}",
            "VAR_DIR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        }
        self.process: subprocess.Popen | None = None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        os.environ.update(self.environment)
        for name in ("assets", "static"):
            (KEPT / name).mkdir(parents=True, exist_ok=True)
            (self.folder / name).symlink_to(KEPT / name)
        _set_up_django()
        self._set_up()
        self.start()
        return self

    def __exit__(self, *_problem):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _set_up(self) -> None:
        """As `set_up`, without content. Fonts and static files, which take long, are kept between measurements."""
        from django.conf import settings
        from django.core.management import call_command

        from config.management.commands.set_up import Command as SetUp
        from shared.fonts.build import build_fonts
        from shared.translations import compile_translations

        compile_translations([Path(path) for path in settings.LOCALE_PATHS])
        if not any((KEPT / "assets").rglob("*.woff2")):
            build_fonts(settings.ASSETS_DIR / "shared" / "fonts")
        steps = SetUp()
        steps._migrate()
        steps._collect_static()
        call_command("set_up_site", verbosity=0)

    def start(self, application: str = "config.wsgi:application") -> None:
        """Serves as `./run manage serve` does (config.supervisor), without the worker."""
        from config.supervisor import programs, web_environment

        command = list(next(program for program in programs() if program.name == "web").command)
        command[-1] = application
        command[command.index("--port") + 1] = str(self.port)
        command[command.index("--workers") + 1] = str(self.workers)
        log = (self.folder / "web.log").open("a")
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=web_environment() | self.environment, stdout=log, stderr=log, start_new_session=True
        )
        wait_for(self.base_url + "/healthz")

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def pids(self) -> list[int]:
        return cpu.family(self.process.pid)

    def worker_pids(self) -> list[int]:
        """Those that answer requests: they hold the listening socket, as the process that watches over them does."""
        return [pid for pid in cpu.listening_on(self.port) if pid != self.process.pid]

    def log(self) -> str:
        return (self.folder / "web.log").read_text()


def _set_up_django() -> None:
    import django

    sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "site")) if path not in sys.path]
    django.setup()


def wait_for(address: str, seconds: float = 120) -> None:
    """Until the address is answered. Raises RuntimeError when it is not."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            request = urllib.request.Request(address, headers={"X-Forwarded-Proto": "https"})
            with urllib.request.urlopen(request, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{address} did not answer within {seconds:.0f} seconds.")
