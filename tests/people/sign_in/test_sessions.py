"""A session and its owner are one query; that the sign-in still holds is checked as ever."""

import pytest
from django.test import Client
from django.urls import reverse

from notices.models import Notice
from people.models import Person, Session
from tests.cast import PASSWORD


def seen(browser: Client) -> str | None:
    """Whom the site takes the browser's owner for."""
    answer = browser.get(reverse("account_page"))
    return answer.context["request"].user.username if answer.status_code == 200 else None


@pytest.fixture
def lan(cast, site, enter):
    browser = Client()
    enter(browser, "lan")
    return browser


def test_one_query_finds_session_owner_and_unread_notices(cast, lan, django_assert_num_queries, rf):
    from django.conf import settings

    from people.sign_in.sessions import SessionStore, account_of

    Notice.objects.create(person=cast["lan"], kind="certificate_ready", subject="Minh họa", path="/", key="a")
    Notice.objects.create(person=cast["minh"], kind="certificate_ready", subject="Minh họa", path="/", key="b")
    request = rf.get("/")
    request.session = SessionStore(lan.cookies[settings.SESSION_COOKIE_NAME].value)
    with django_assert_num_queries(1):
        person = account_of(request)
        assert (person, person.unread_notices) == (cast["lan"], 1)


def test_the_session_knows_its_owner(cast, lan):
    assert Session.objects.get().person == cast["lan"]
    assert seen(lan) == "lan"


def test_a_closed_account_is_out_at_once(cast, lan):
    Person.objects.filter(username="lan").update(is_active=False)
    assert seen(lan) is None


def test_a_new_password_ends_the_sessions_elsewhere(cast, lan):
    cast["lan"].set_password("mật khẩu mới, rất dài")
    cast["lan"].save()
    assert seen(lan) is None


def test_another_owner_of_the_row_is_not_believed(cast, lan):
    """The signed content of the session says who it is; the column only spares a query."""
    Session.objects.update(person=cast["an"])
    assert seen(lan) == "lan"


def test_signing_in_as_somebody_else_shows_nothing_of_the_former(cast, lan, enter):
    lan.post(reverse("account_logout"))
    enter(lan, "minh", PASSWORD)
    assert seen(lan) == "minh"
    assert set(Session.objects.exclude(person=None).values_list("person__username", flat=True)) == {"minh"}


def test_a_sign_in_takes_few_statements(cast, site, limits, django_assert_max_num_queries, enter):
    with django_assert_max_num_queries(12):
        enter(Client(), "lan")
