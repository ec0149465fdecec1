"""Django's cache in a table of the database, with one statement a write where Django needs five.

Sign-in counts its tries here where no Redis runs, several times in each sign-in.
"""

import base64
import pickle
import random
from datetime import UTC, datetime, timedelta

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.utils import timezone

CULL_ONE_IN = 100  # writes after which the number of entries is looked at


class OneStatementCache(DatabaseCache):
    """Entries are written with ON CONFLICT, which SQLite and PostgreSQL know alike."""

    def _base_set(self, mode, key, value, timeout=DEFAULT_TIMEOUT):
        """Writes an entry and says whether it did. “add” leaves one alone that has not run out yet."""
        if mode == "touch":
            return super()._base_set(mode, key, value, timeout)
        now = timezone.now().replace(microsecond=0)
        until = self.get_backend_timeout(timeout)
        expires = datetime.max if until is None else datetime.fromtimestamp(until, tz=UTC).replace(microsecond=0)
        table = connection.ops.quote_name(self._table)
        only_expired = f"WHERE {table}.expires < %s" if mode == "add" else ""
        adapt = connection.ops.adapt_datetimefield_value
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s) "  # noqa: S608  a name from settings
                "ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires "
                f"{only_expired} RETURNING 1",
                [key, _encoded(value), adapt(expires), *([adapt(now)] if only_expired else [])],
            )
            written = cursor.fetchone() is not None
            if random.random() * CULL_ONE_IN < 1:  # noqa: S311  nothing secret
                self._cull_if_full(cursor, table, now)
        return written

    def count(self, seconds: dict[str, int]) -> dict[str, int]:
        """Adds one to several counters in one statement: see `shared.counting`. Their rows hold plain numbers."""
        now, names = timezone.now().replace(microsecond=0), sorted(seconds)
        table = connection.ops.quote_name(self._table)
        adapt = connection.ops.adapt_datetimefield_value
        keys = {self._counter_key(name): name for name in names}
        rows = []
        for key, name in keys.items():
            rows += [key, adapt(now + timedelta(seconds=int(seconds[name])))]
        places = ", ".join(["(%s, '1', %s)"] * len(keys))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (cache_key, value, expires) "  # noqa: S608  a name from settings
                f"VALUES {places} ON CONFLICT (cache_key) DO UPDATE SET "
                f"value = CASE WHEN {table}.expires <= %s THEN '1' "
                f"ELSE CAST(CAST({table}.value AS integer) + 1 AS text) END, "
                f"expires = CASE WHEN {table}.expires <= %s THEN excluded.expires ELSE {table}.expires END "
                "RETURNING cache_key, value",
                [*rows, adapt(now), adapt(now)],
            )
            return {keys[key]: int(value) for key, value in cursor.fetchall()}

    def take_back(self, names) -> None:
        """Subtracts one from several counters in one statement."""
        table = connection.ops.quote_name(self._table)
        keys = [self._counter_key(name) for name in names]
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET value = CAST(CAST(value AS integer) - 1 AS text) "  # noqa: S608
                f"WHERE cache_key IN ({', '.join(['%s'] * len(keys))}) AND CAST(value AS integer) > 0",
                keys,
            )

    def _counter_key(self, name: str) -> str:
        """Apart from other entries, whose values are not numbers."""
        return self.make_and_validate_key(f"counter:{name}")

    def _cull_if_full(self, cursor, table: str, now) -> None:
        cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608
        count = cursor.fetchone()[0]
        if count > self._max_entries:
            self._cull("default", cursor, now, count)


def _encoded(value) -> str:
    return base64.b64encode(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)).decode("latin1")
