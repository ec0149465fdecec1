"""What a person chooses, the calendar's address, and who sees the log of letters."""

import pytest
from django.urls import reverse

from notices.domain import preferences, topics
from notices.domain.topics import Event
from notices.models import Letter
from tests.notices.conftest import MONDAY

TODAY = MONDAY.date()
LOG_QUERIES = 6


@pytest.fixture
def letter(cast) -> Letter:
    return write(cast["lan"])


def write(person, day=TODAY, **fields) -> Letter:
    usual = {"state": "sent", "subject": "Nhắc học", "lines": ["Quy tắc ứng xử: còn 7 ngày"], "closed_at": MONDAY}
    return Letter.objects.create(person=person, day=day, **(usual | fields))


def test_hr_sees_the_letters_of_its_people_and_nobody_elses(signed_in, cast, letter):
    path = reverse("notices:letters_of", args=[cast["lan"].pk])
    assert "còn 7 ngày" in signed_in("hung").get(path).content.decode()
    for stranger in ("binh", "minh", "hoa", "thao", "mai"):
        page = signed_in(stranger).get(path)
        assert page.status_code in (403, 404)
        assert "còn 7 ngày" not in page.content.decode()


def test_everybody_sees_their_own(signed_in, site, cast, letter):
    write(cast["minh"], lines=["Chuyện của người khác"])
    page = signed_in("lan").get(reverse("notices:my_letters")).content.decode()
    assert "còn 7 ngày" in page
    assert "Chuyện của người khác" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_takes_as_many_queries_for_three_letters(signed_in, site, cast, count, django_assert_num_queries):
    for day in range(count):
        write(cast["lan"], MONDAY.date().replace(day=day + 1))
    browser = signed_in("hung")
    path = reverse("notices:letters_of", args=[cast["lan"].pk])
    browser.get(path)
    with django_assert_num_queries(LOG_QUERIES):
        browser.get(path)


def test_choices_are_saved_and_required_topics_are_none(signed_in, site, cast, required, optional):
    browser = signed_in("lan")
    path = reverse("notices:preferences")
    page = browser.get(path).content.decode()
    assert "Việc phải học." in page
    browser.post(path, {})
    assert preferences.without(cast["lan"].pk) == {"test.optional"}
    browser.post(path, {"topic": ["test.optional"]})
    assert preferences.without(cast["lan"].pk) == set()
    preferences.set_without(cast["lan"].pk, {"test.required"})
    assert preferences.without(cast["lan"].pk) == set()


def test_the_calendar_is_at_its_address_until_it_gets_a_new_one(signed_in, client, cast, registered):
    def events(person):
        return [Event("duty-1@test", MONDAY.date(), f"Hạn của {person.username}", "/viec-hoc/")]

    topics.register_calendar(events)
    old = preferences.calendar_path(cast["lan"])
    answer = client.get(old)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:Hạn của lan" in answer.content.decode()
    signed_in("lan").post(reverse("notices:preferences"), {"new_calendar": "1"})
    client.logout()
    assert client.get(old).status_code == 404
    assert "Hạn của lan" in client.get(preferences.calendar_path(cast["lan"])).content.decode()
    assert client.get("/thong-bao/lich/abc.ics").status_code == 404
