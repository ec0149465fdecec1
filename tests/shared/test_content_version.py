"""What is remembered of courses and quizzes is right until it is changed, whichever way it is changed."""

from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.utils import timezone

from people.models import Person, Session
from people.sign_in.sessions import SessionStore
from quizzes.models import Quiz
from shared import content_version
from shared.content_version import fold, remembered
from shared.models import ContentChange


def version() -> int:
    """The count as the query of a session reads it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {content_version._SUM}")
        return cursor.fetchone()[0]


def viewer(of: int):
    return SimpleNamespace(content_version=of)


@contextmanager
def nothing_counted():
    """Without the triggers."""
    for table in sorted(content_version._watched):
        with connection.cursor() as cursor:
            for name in content_version._names(connection, table):
                on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {name}{on_table}")
    try:
        yield
    finally:
        content_version.install(connection)


def test_every_watched_table_is_counted(db):
    assert content_version.not_counted(connection) == []
    with nothing_counted():
        assert len(content_version.not_counted(connection)) == len(content_version._watched)
    assert content_version.not_counted(connection) == []


def test_every_way_of_changing_a_table_counts(db):
    seen = [version()]
    quiz = Quiz.objects.create(code="A", title="A (minh họa)")
    seen.append(version())
    Quiz.objects.filter(pk=quiz.pk).update(title="B (minh họa)")  # no signal tells of this
    seen.append(version())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE quizzes_quiz SET title = 'C' WHERE id = %s", [quiz.pk])
    seen.append(version())
    Quiz.objects.bulk_create([Quiz(code="D", title="D")], ignore_conflicts=True)
    seen.append(version())
    quiz.delete()
    seen.append(version())
    assert seen == sorted(set(seen))


def test_of_people_only_their_names_count(db):
    person = Person.objects.create_user("an", "Nguyễn Thị An")
    before = version()
    Person.objects.filter(pk=person.pk).update(last_login=timezone.now())
    assert version() == before
    Person.objects.filter(pk=person.pk).update(full_name="Nguyễn Thị Ẩn")
    assert version() > before


def test_what_is_rolled_back_does_not_count(db):
    before = version()
    with pytest.raises(RuntimeError), transaction.atomic():
        Quiz.objects.create(code="A", title="A")
        raise RuntimeError
    assert version() == before


def test_results_are_remembered_for_one_version_and_never_for_guests():
    asked = []
    read = remembered(10)(lambda slug: asked.append(slug) or len(asked))
    assert [read(viewer(1), "a"), read(viewer(1), "a"), read(viewer(1), "b"), read(viewer(2), "a")] == [1, 1, 2, 3]
    guest = SimpleNamespace()
    assert [read(guest, "a"), read(guest, "a")] == [4, 5]


def test_the_session_tells_its_owner_the_version(db):
    person = Person.objects.create_user("an", "Nguyễn Thị An")
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session.save()
    Quiz.objects.create(code="A", title="A")
    read = SessionStore(session.session_key)
    read.load()
    assert Session.objects.get().person_id == person.pk
    assert read.owner.content_version == version() > 0


def test_folding_keeps_the_sum(db):
    for code in "ABC":
        Quiz.objects.create(code=code, title=code)
    before = version()
    fold()
    assert (version(), ContentChange.objects.count()) == (before, 1)
    Quiz.objects.update(title="D")
    assert version() > before
    ContentChange.objects.all().delete()
    fold()
    assert version() == 0


def test_two_editors_at_once_do_not_wait_for_each_other_and_both_count(durable):
    """A change counted by a transaction that commits later must not be taken for one that was seen already."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    start = version()
    with transaction.atomic():
        Quiz.objects.create(code="A", title="A")
        [other] = durable.in_threads(lambda: Quiz.objects.create(code="B", title="B") and version())
        assert other == start + 1
    assert version() == start + 2
