"""Sessions in the database. Every request asks for one, and its owner is found by the same prepared query."""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.contrib import auth
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.crypto import get_random_string

from people.models import Person, Session
from shared.prepared import prepared

_told: dict[str, Callable] = {}
_owner_at_hand: ContextVar[Person | None] = ContextVar("owner_at_hand", default=None)


def tell_of_owners(name: str, expression: Callable) -> None:
    """Has the query of sessions also find something about their owner, for pages that always show it.

    `expression(day)` makes a database expression over `people.Session`, whose `person_id` is the owner; its value
    today is the owner's attribute `name`. Called once, in an AppConfig's `ready()`.
    """
    _told[name] = expression


_open_sessions = prepared(
    lambda key, day: (
        Session.objects.filter(session_key=key, expire_date__gt=Now())
        .select_related("person")
        .annotate(**{name: expression(day) for name, expression in _told.items()})
    ),
    str,
    date,
)


class SessionStore(DatabaseSessions):
    """Named so because Django looks for this name in SESSION_ENGINE."""

    is_new = False  # has a key, and is written for the first time when the answer goes out
    owner: Person | None = None  # as read with the session; whether the sign-in still holds is Django's to check

    @classmethod
    def get_model_class(cls):
        return Session

    def create_model_instance(self, data):
        session = super().create_model_instance(data)
        session.person_id = data.get(auth.SESSION_KEY)
        return session

    def _get_session_from_db(self):
        found = _open_sessions(self.session_key, timezone.localdate())
        if not found:
            self._session_key = None
            return None
        self.owner = found[0].person
        if self.owner:
            for name in _told:
                setattr(self.owner, name, getattr(found[0], name))
        return found[0]

    def create(self):
        """Gives the session a key. It is written once, with all that the request puts into it."""
        self._session_key = self._get_new_session_key()
        self.is_new = self.modified = True

    def save(self, must_create=False):
        if self.session_key is None:
            self.create()
        super().save(must_create=must_create or self.is_new)
        self.is_new = False

    def _get_new_session_key(self):
        """Random with 165 bits; the database would refuse one that is taken."""
        return get_random_string(32, VALID_KEY_CHARS)


def account_of(request):
    """Who is signed in, by Django's own checks; the account read with the session is not read again."""
    request.session.get(auth.SESSION_KEY)  # reads the session
    with _at_hand(getattr(request.session, "owner", None)):
        return auth.get_user(request)


def owner_at_hand(person_id: int) -> Person | None:
    """The account with this id, if it was just read with its session."""
    owner = _owner_at_hand.get()
    return owner if owner is not None and owner.pk == person_id else None


@contextmanager
def _at_hand(owner: Person | None):
    token = _owner_at_hand.set(owner)
    try:
        yield
    finally:
        _owner_at_hand.reset(token)
