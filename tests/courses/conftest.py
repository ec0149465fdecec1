"""The cast and the courses, loaded once a module; every test starts from them unchanged.

A module names the files of courses/library it needs in COURSES (None: all three; default: course A).
"""

import pytest

from courses.models import CoursePage
from people.models import Person
from tests.courses import stage as staging


@pytest.fixture(autouse=True)
def _forget_questions():
    staging.forget_questions()


@pytest.fixture(scope="module")
def stage(request, django_db_setup, django_db_blocker):
    with (
        django_db_blocker.unblock(),
        staging.rolled_back(getattr(request.module, "COURSES", (staging.COURSE_A,))),
    ):
        yield


@pytest.fixture
def site(stage, db):
    from home.models import HomePage

    return HomePage.objects.get()


@pytest.fixture
def cast(stage, db):
    return {person.username: person for person in Person.objects.all()}


@pytest.fixture
def starter(stage, db):
    return {course.code: course for course in CoursePage.objects.all()}


@pytest.fixture
def course(starter):
    """Course A, “Văn hóa công vụ theo Đề án 1847”."""
    return starter["VHCV-1847"]


@pytest.fixture(scope="module")
def own_database(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database that threads may write to, with the cast and course A.

    For a module of its own, whose fixture `db` asks for this one and thereby takes the place of pytest-django's.
    """
    with django_db_blocker.unblock(), staging.own_database(tmp_path_factory.mktemp("parallel")):
        staging.set_stage((staging.COURSE_A,))
        yield
