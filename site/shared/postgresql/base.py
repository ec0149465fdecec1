"""Django's PostgreSQL backend, cheaper where every request pays.

- A kept connection is looked at before each request without asking the server: one that the server has closed has
  something to read (the end). Only then Django's own question, a whole trip to the server, is put.
- `kept_plan_cursor`: statements that come again and again are planned once for each connection.
"""

import select

from django.db.backends.postgresql import base
from psycopg import Cursor


class KeptPlanCursor(Cursor):
    """Values go beside the statement, not into it, and the server keeps the statement's plan from the first time on."""

    def execute(self, query, params=None):
        return super().execute(query, params, prepare=True)


class DatabaseOperations(base.DatabaseOperations):
    def last_executed_query(self, cursor, sql, params):
        """Only asked where queries are logged; a statement whose plan is kept has no text of its own to tell."""
        return super().last_executed_query(cursor, sql, params) or self.compose_sql(sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """Named so because Django looks for this name in an engine."""

    ops_class = DatabaseOperations

    def is_usable(self):
        """A healthy connection waits in silence. A server gone without a word is found out by the next statement."""
        if self.connection is not None and not self.connection.closed and not _has_something_to_say(self.connection):
            return True
        return super().is_usable()

    def kept_plan_cursor(self):
        """As `cursor()`, for a statement that is always the same; its parameters are bound by the server."""
        self.ensure_connection()
        if self.connection.prepare_threshold is None:  # as Django leaves it: nothing is ever prepared
            self.connection.prepare_threshold = 5  # ordinary cursors send their values in the text and never are
        with self.wrap_database_errors:
            return self._prepare_cursor(KeptPlanCursor(self.connection))


def _has_something_to_say(connection) -> bool:
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
