"""What the learning tests stand on: courses loaded once a module, small courses, a database of one's own."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from threading import Barrier

from django.apps import apps
from django.core.cache import caches
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.domain import starter
from courses.management.commands.load_starter import LIBRARY
from courses.models import CourseIndexPage, CoursePage, EditionLesson
from people.models import Unit
from quizzes.domain import questions as question_memory
from tests.cast import load, load_courses

COURSE_A = "van-hoa-cong-vu-1847"
REAL_DATABASE = connection.settings_dict["NAME"]  # read before pytest-django puts the test database in its place
BACKEND = "people.sign_in.backend.OneFieldBackend"


def set_stage(courses: tuple[str, ...] | None) -> None:
    """Site, cast and the named files of courses/library (None: all three)."""
    from home.domain.site_setup import set_up_site

    set_up_site()
    load()
    if courses is None:
        load_courses()
    elif courses:
        load_courses(*courses)


def forget_questions() -> None:
    """Versions are held in memory by id; a rolled back database gives the same ids to other questions."""
    question_memory._held.clear()


@contextmanager
def rolled_back(courses: tuple[str, ...] | None):
    """The stage for as long as the block lasts."""
    with transaction.atomic():
        set_stage(courses)
        yield
        transaction.set_rollback(True)


@lru_cache
def read(name: str) -> starter.StarterCourse:
    return starter.read_course(LIBRARY / f"{name}.yaml")


def small_course(code: str = "NHO", lessons: int = 1, questions: int = 1, **fields) -> CoursePage:
    """A published course with the first lessons and questions of course A under a code of its own."""
    whole = read(COURSE_A)
    first = [lesson for module in whole.modules for lesson in module.lessons][:lessons]
    cut = replace(
        whole,
        code=code,
        slug=code.lower(),
        title=f"Khóa học {code}",
        modules=[replace(whole.modules[0], lessons=first)],
        quiz_code=f"{code}-KT",
        questions=whole.questions[:questions],
        fingerprint=f"{code}-{lessons}-{questions}",
        **fields,
    )
    starter.load_course(cut, CourseIndexPage.objects.get(), Unit.objects.get(code="LG-NV"))
    return CoursePage.objects.get(code=code)


def edition_lessons(course: CoursePage) -> list[EditionLesson]:
    """The lessons of the newest edition, in order."""
    return list(course.editions.first().lessons.order_by("position"))


def lesson_address(course: CoursePage, lesson: EditionLesson) -> str:
    return f"{course.url}{lesson.slug}/"


def rows() -> dict[str, int]:
    """How many rows every table of pages, courses and quizzes has."""
    labels = {"courses", "quizzes", "wagtailcore"}
    return {model._meta.label: model.objects.count() for model in apps.get_models() if model._meta.app_label in labels}


def browser_of(person, **options) -> Client:
    client = Client(**options)
    client.force_login(person, backend=BACKEND)
    return client


def queries_of(action) -> int:
    """The queries of a second call: what is cached once for all visitors has been cached by the first."""
    action()
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)


@contextmanager
def own_database(folder: Path) -> Iterator[None]:
    """A copy of the test database that threads may write to at once, thrown away afterwards.

    The in-memory SQLite of the other tests cannot take writers of several threads, so its copy is a file,
    opened with the settings of the real site.
    """
    assert connection.settings_dict["NAME"] != REAL_DATABASE
    assert not connection.in_atomic_block
    switch = _sqlite_copy(folder) if connection.vendor == "sqlite" else _postgres_copy(folder)
    with switch:
        forget_questions()
        try:
            yield
        finally:
            forget_questions()
            for cache in caches.all():
                cache.clear()


@contextmanager
def _sqlite_copy(folder: Path):
    connection.ensure_connection()
    settings, in_memory = connection.settings_dict, connection.connection
    name = settings["NAME"]
    with sqlite3.connect(folder / "copy.sqlite3") as copy:
        in_memory.backup(copy)
    copy.close()
    settings["NAME"], connection.connection = str(folder / "copy.sqlite3"), None
    try:
        yield
    finally:
        connection.close()
        settings["NAME"], connection.connection = name, in_memory


@contextmanager
def _postgres_copy(folder: Path):
    suffix = folder.name.replace("-", "_")
    settings, creation = connection.settings_dict, connection.creation
    name = settings["NAME"]
    connection.close()
    creation.clone_test_db(suffix, verbosity=0)
    settings["NAME"] = creation.get_test_db_clone_settings(suffix)["NAME"]
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = name
        creation.destroy_test_db(suffix=suffix, verbosity=0)


def at_once(*actions) -> list:
    """Runs every action in a thread of its own, all let go at the same moment; results or errors in order."""
    gate = Barrier(len(actions))

    def run(action):
        gate.wait(timeout=30)
        try:
            return action()
        except Exception as problem:
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(run, actions))
