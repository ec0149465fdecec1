"""Brings a checkout or an upgraded installation to where it can be served. Every step may be repeated."""

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from shared.fonts.build import build_fonts
from shared.translations import compile_translations


class Command(BaseCommand):
    help = "Migrates, builds fonts, translations and static files, loads the starter content."

    def handle(self, **options):
        self._step("Translations", lambda: compile_translations([Path(path) for path in settings.LOCALE_PATHS]))
        self._step("Fonts", lambda: build_fonts(settings.ASSETS_DIR / "shared" / "fonts"))
        self._step("Database", self._migrate)
        self._step("Static files", self._collect_static)
        self._step("Pages", lambda: call_command("set_up_site"))
        self._step("Starter courses", lambda: call_command("load_starter", stdout=self.stdout))
        if settings.DEMO_CONTENT:
            self._step("Demo province", lambda: call_command("load_demo"))

    def _step(self, title: str, work) -> None:
        self.stdout.write(f"  {title} …", ending="")
        self.stdout.flush()
        start = time.monotonic()
        work()
        self.stdout.write(f" {time.monotonic() - start:.1f} s")

    def _migrate(self) -> None:
        def migrate():
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)

        make_or_migrate(connections["default"], migrate)

    def _collect_static(self) -> None:
        """Copies and compresses static files, only when one of them changed since the last time."""
        marker = settings.STATIC_ROOT / ".collected"
        fingerprint = _static_fingerprint()
        if marker.exists() and marker.read_text() == fingerprint:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        marker.write_text(fingerprint)


def make_or_migrate(connection, migrate: Callable[[], None]) -> None:
    """Runs `migrate`. A new SQLite database takes its name only when it is whole: some migrations of others commit in
    between, and a first start that was interrupted there could never be taken up again."""
    name = connection.settings_dict["NAME"]
    if connection.vendor != "sqlite" or connection.is_in_memory_db() or _holds_something(Path(name)):
        migrate()
        return
    unfinished = Path(f"{name}.unfinished")
    for left_over in unfinished.parent.glob(f"{unfinished.name}*"):
        left_over.unlink()
    connection.close()
    connection.settings_dict["NAME"] = str(unfinished)
    try:
        migrate()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
    unfinished.replace(name)


def _holds_something(database: Path) -> bool:
    return database.exists() and database.stat().st_size > 0


def _static_fingerprint() -> str:
    """A digest of names, sizes and times of all static files."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
