import pytest

from people.models import Person
from tests.access import stage as access_stage
from tests.courses.stage import rolled_back


@pytest.fixture(scope="module")
def staged(django_db_setup, django_db_blocker):
    """Site, cast, one course and somebody else's things, made once; every test starts from them."""
    with django_db_blocker.unblock(), rolled_back(("van-hoa-cong-vu-1847",)):
        yield access_stage.set_up()


@pytest.fixture
def things(staged, db):
    return staged


@pytest.fixture
def cast(staged, db) -> dict[str, Person]:
    return {person.username: person for person in Person.objects.all()}
