"""Fixtures for a whole module: the site, the cast and a few courses loaded once; every test starts from them.

A module names the files of courses/library it needs in COURSES. To be imported by a folder's conftest.
"""

import pytest

from home.models import HomePage
from people.models import Person
from tests.courses.stage import rolled_back


@pytest.fixture(scope="module")
def stage(request, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), rolled_back(getattr(request.module, "COURSES", ())):
        yield


@pytest.fixture
def site(stage, db) -> HomePage:
    return HomePage.objects.get()


@pytest.fixture
def cast(stage, db) -> dict[str, Person]:
    return {person.username: person for person in Person.objects.all()}
