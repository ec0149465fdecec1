"""The editing desk in English, with the cast, a tree of banks and the starting tags, made once a module."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation

from people.domain.roles import follow_in_groups
from people.enums import Role
from people.models import Person, RoleGrant, Unit
from quizzes.domain import banks
from quizzes.domain.questions import save_question
from quizzes.models import Bank, Quiz, QuizSection
from tests.courses.stage import BACKEND, forget_questions, rolled_back
from tests.quizzes.kinds.examples import minimal

SECRET = "khoa-bi-mat-9f3c"


def make_question(bank: Bank, code: str, kind: str = "single_choice", **changes):
    found, body = minimal(kind, **changes)
    return save_question(bank, code, found.name, Decimal(1), body)


def make_quiz(code: str, unit: Unit | None = None, **fields) -> Quiz:
    quiz = Quiz.objects.create(code=code, title=f"Bài {code}", owner_unit=unit, **fields)
    QuizSection.objects.create(quiz=quiz, position=1)
    return quiz


@pytest.fixture(scope="module")
def desk_stage(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), rolled_back(()):
        yield


@pytest.fixture(autouse=True)
def _in_english():
    forget_questions()
    with translation.override("en"):
        yield


@pytest.fixture
def cast(desk_stage, db):
    """`tam` writes for the whole province; here `hung` writes for the commune Thượng Sơn, `minh` for the ward."""
    people = {person.username: person for person in Person.objects.all()}
    for username, unit in (("hung", "LG-TS"), ("minh", "LG-KL")):
        RoleGrant.objects.create(person=people[username], unit=Unit.objects.get(code=unit), role=Role.COURSE_AUTHOR)
        follow_in_groups(people[username])
    return people


@pytest.fixture
def units(cast):
    return {unit.code: unit for unit in Unit.objects.all()}


@pytest.fixture
def tree(cast, units):
    """Banks: the province's with one of the commune within it, one of the ward, one of no unit."""
    an = cast["an"]
    province = banks.save_bank(Bank(code="TINH", title="Ngân hàng tỉnh", owner_unit=units["LG"]), actor=an)
    commune = banks.save_bank(Bank(code="XA", title="Xã", owner_unit=units["LG-TS"], parent=province), actor=an)
    ward = banks.save_bank(Bank(code="PHUONG", title="Phường", owner_unit=units["LG-KL"]), actor=an)
    common = banks.save_bank(Bank(code="CHUNG", title="Chung"), actor=an)
    return {"province": province, "commune": commune, "ward": ward, "common": common}


@pytest.fixture
def desk(cast):
    """A function: a browser signed in as the named member of the cast, reading English."""

    def sign_in(username: str) -> Client:
        browser = Client()
        browser.cookies["language"] = "en"
        browser.force_login(cast[username], backend=BACKEND)
        return browser

    return sign_in
