"""What each test process would otherwise make anew, kept between runs: the migrated database, the fonts.

On SQLite the database is a file in var/, on PostgreSQL a second database. They and the fonts are named after
everything they were made from, so that a changed migration or font makes a new one.
"""

import fcntl
import hashlib
import shutil
import sqlite3
import sys
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

KEPT = settings.ROOT / "var" / "kept-for-tests"
FONTS = settings.ROOT / "site" / "shared" / "fonts"


@contextmanager
def migrated_database():
    """Gives the process its test database, migrated; takes it away afterwards."""
    configured = connection.settings_dict["NAME"]
    migrations = [path for path in settings.ROOT.glob("**/migrations/*.py") if ".venv" not in path.parts]
    triggers = [*settings.ROOT.glob("*/apps.py"), *settings.ROOT.glob("site/*/apps.py")]  # watched tables
    others = ("requirements.txt", "site/config/settings/base.py", "site/shared/content_version.py")
    made_from = [*migrations, *triggers, *(settings.ROOT / name for name in others)]
    make = _make_on_sqlite if connection.vendor == "sqlite" else _make_on_postgresql
    with _alone():
        make(_fingerprint(made_from))
    yield
    connection.creation.destroy_test_db(configured, verbosity=0)


def built_fonts(folder: Path) -> None:
    """Puts the fonts into `folder`, as building them would."""
    from shared.fonts.build import build_fonts

    kept = KEPT / f"fonts-{_fingerprint([*FONTS.glob('*.py'), settings.ROOT / 'requirements.txt'])}"
    with _alone():
        if not kept.exists():
            for older in KEPT.glob("fonts-*"):
                shutil.rmtree(older)
            build_fonts(KEPT / "fonts-unfinished")
            (KEPT / "fonts-unfinished").rename(kept)
    shutil.copytree(kept, folder, dirs_exist_ok=True)


@contextmanager
def _alone():
    """One process at a time makes what is kept."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fingerprint(made_from: list[Path]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(made_from, key=str):
        digest.update(str(path.relative_to(settings.ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:20]


def _make_on_sqlite(fingerprint: str) -> None:
    template = KEPT / f"database-{fingerprint}.sqlite3"
    if template.exists():
        _load(template)
    else:
        connection.creation.create_test_db(verbosity=0, serialize=False)
        _store(template)


def _load(template: Path) -> None:
    connection.close()
    connection.settings_dict["NAME"] = connection.creation._get_test_db_name()
    connection.ensure_connection()
    with sqlite3.connect(template) as source:
        source.backup(connection.connection)
    source.close()


def _store(template: Path) -> None:
    for older in KEPT.glob("database-*"):
        older.unlink()
    unfinished = template.with_suffix(".unfinished")
    with sqlite3.connect(unfinished) as target:
        connection.connection.backup(target)
    target.close()
    unfinished.rename(template)


def _make_on_postgresql(fingerprint: str) -> None:
    """The kept database is one nobody connects to: the server copies it in a second."""
    creation, configured = connection.creation, connection.settings_dict["NAME"]
    kept, name = f"kept_{configured[:30]}_{fingerprint}", creation._get_test_db_name()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"kept_{configured[:30]}_%"])
        found = {row[0] for row in cursor.fetchall()}
        if kept in found:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{kept}"')
            connection.close()
            connection.settings_dict["NAME"] = settings.DATABASES[connection.alias]["NAME"] = name
            return
    creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    with connection._nodb_cursor() as cursor:
        for older in found:
            cursor.execute(f'DROP DATABASE "{older}"')
        cursor.execute(f'CREATE DATABASE "{kept}" TEMPLATE "{name}"')
