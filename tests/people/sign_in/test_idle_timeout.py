"""A session that was left alone ends, says so, and leads back."""

import html
import time

import pytest
from django.conf import settings as real_settings
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.sign_in import idleness

LEARNING = "/viec-hoc/"
PAGE = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}


@pytest.fixture
def clock(monkeypatch):
    """A function that lets so many seconds pass for everything that counts idleness."""
    passed = [0]
    usual = time.time
    now = lambda: usual() + passed[0]  # noqa: E731
    monkeypatch.setattr("people.middleware.idle_timeout.time.time", now)

    def wait(seconds: int) -> None:
        passed[0] += seconds

    return wait


def test_after_fifteen_minutes_the_session_ends_and_says_so(cast, site, client, enter, who_is, clock):
    enter(client, "lan")
    client.get(LEARNING)
    clock(15 * 60 + idleness.RENEW_AFTER + 5)
    answer = client.get(f"{LEARNING}?trang=2", headers=PAGE)
    assert answer.url == f"/tai-khoan/login/?next={LEARNING.replace('/', '%2F')}%3Ftrang%3D2"
    assert who_is(client) is None
    [message] = [str(message) for message in get_messages(answer.wsgi_request)]
    assert "15" in message
    assert message in html.unescape(client.get(answer.url).content.decode())
    assert enter(client, "lan", next=f"{LEARNING}?trang=2").url == f"{LEARNING}?trang=2"


def test_whoever_does_something_stays(cast, site, client, enter, who_is, clock):
    enter(client, "lan")
    for _time in range(4):
        clock(14 * 60)
        assert client.get(LEARNING).status_code == 200
    assert who_is(client) == "lan"


def test_control_without_the_limit_nothing_ends(cast, site, client, enter, who_is, clock, settings):
    settings.IDLE_MINUTES = 0
    enter(client, "lan")
    client.get(LEARNING)
    clock(11 * 3600)
    assert client.get(LEARNING).status_code == 200


def test_the_limit_is_a_setting(cast, site, client, enter, clock, settings):
    settings.IDLE_MINUTES = 60
    enter(client, "lan")
    client.get(LEARNING)
    clock(50 * 60)
    assert client.get(LEARNING).status_code == 200


def test_the_editing_desk_ends_after_five(cast, site, client, enter, who_is, clock):
    enter(client, "an")
    assert client.get("/quan-tri/").status_code == 200
    clock(6 * 60)
    assert client.get("/quan-tri/", headers=PAGE).url.startswith("/tai-khoan/login/")
    assert who_is(client) is None


def test_a_detour_over_a_public_page_does_not_reopen_the_desk(cast, site, client, enter, who_is, clock):
    enter(client, "an")
    client.get("/quan-tri/")
    clock(6 * 60)
    assert client.get(LEARNING).status_code == 200, "for learning fifteen minutes hold"
    assert client.get("/quan-tri/", headers=PAGE).url.startswith("/tai-khoan/login/")


def test_what_a_page_does_by_itself_is_no_use(cast, site, client, enter, who_is, clock):
    enter(client, "lan")
    client.get(LEARNING)
    for _time in range(6):
        clock(3 * 60)
        client.get("/tai-khoan/con-lam-viec/", headers={"X-Background": "1"})
    assert who_is(client) is None


def test_the_desks_heartbeat_is_no_use(cast, site, client, enter, who_is, clock):
    enter(client, "an")
    client.get("/quan-tri/")
    for _time in range(4):
        clock(2 * 60)
        client.post("/quan-tri/editing-sessions/1/")
    assert who_is(client) is None


def test_keep_alive_is_use_and_tells_what_is_left(cast, site, client, enter, who_is, clock):
    enter(client, "lan")
    client.get(LEARNING)
    clock(10 * 60)
    left = client.get("/tai-khoan/con-lam-viec/", headers={"X-Background": "1"}).json()["left"]
    assert left == pytest.approx(5 * 60, abs=3)
    assert client.post("/tai-khoan/con-lam-viec/").json() == {"left": 15 * 60}
    clock(10 * 60)
    assert client.get(LEARNING).status_code == 200
    assert Client().get("/tai-khoan/con-lam-viec/").json() == {"left": 0}


def test_without_its_cookie_a_session_is_as_old_as_its_sign_in(cast, site, client, enter, who_is, clock):
    enter(client, "lan")
    client.get(LEARNING)
    del client.cookies[idleness.COOKIE]
    clock(16 * 60)
    assert client.get(LEARNING, headers=PAGE).url.startswith("/tai-khoan/login/")


def test_another_sessions_cookie_is_not_taken(cast, site, enter, clock):
    old, fresh = Client(), Client()
    enter(old, "lan")
    old.get(LEARNING)
    clock(16 * 60)
    enter(fresh, "minh")
    fresh.get(LEARNING)
    old.cookies[idleness.COOKIE] = fresh.cookies[idleness.COOKIE].value
    assert old.get(LEARNING, headers=PAGE).url.startswith("/tai-khoan/login/")


def test_signing_in_again_starts_anew(cast, site, client, enter, who_is, clock):
    enter(client, "an")
    client.get("/quan-tri/")
    clock(6 * 60)
    client.get("/quan-tri/", headers=PAGE)
    enter(client, "an")
    assert client.get("/quan-tri/").status_code == 200


def test_a_form_sent_too_late_leads_back_to_its_page(cast, site, client, enter, clock):
    enter(client, "lan")
    client.get(LEARNING)
    clock(20 * 60)
    came_from = {"Referer": "http://testserver/viec-hoc/?x=1"}
    assert client.post("/ngon-ngu/", headers=PAGE | came_from).url == "/tai-khoan/login/?next=%2Fviec-hoc%2F%3Fx%3D1"
    enter(client, "lan")
    client.get(LEARNING)
    clock(20 * 60)
    foreign = {"Referer": "https://evil.example/viec-hoc/"}
    assert client.post("/ngon-ngu/", headers=PAGE | foreign).url == "/tai-khoan/login/?next=%2F"


def test_a_script_gets_the_answer_for_strangers(cast, site, client, enter, clock):
    enter(client, "lan")
    client.get(LEARNING)
    clock(20 * 60)
    answer = client.get(LEARNING, headers={"Accept": "application/json", "Sec-Fetch-Mode": "cors"})
    assert answer.url == f"/tai-khoan/login/?next={LEARNING}"


def test_the_cookie_is_written_rarely_and_closed_to_scripts(cast, site, client, enter, clock):
    enter(client, "lan")
    first = client.get(LEARNING)
    cookie = client.cookies[idleness.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert idleness.COOKIE not in client.get(LEARNING).cookies
    clock(idleness.RENEW_AFTER + 2)
    assert idleness.COOKIE in client.get(LEARNING).cookies
    assert first.status_code == 200


def test_counting_costs_no_query(cast, site, client, enter, settings):
    def queries() -> int:
        browser = Client()
        enter(browser, "lan")
        browser.get(LEARNING)
        with CaptureQueriesContext(connection) as captured:
            browser.get(LEARNING)
        return len(captured)

    with_limit = queries()
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "IdleTimeout" not in name]
    assert with_limit == queries()


def test_pages_of_signed_in_people_carry_the_watch(cast, site, client, enter, settings):
    assert "idle-warning" not in client.get("/").content.decode()
    enter(client, "lan")
    page = client.get(reverse("my_learning")).content.decode()
    assert 'data-limit="900" data-warn="120"' in page
    assert real_settings.IDLE_MINUTES == 15
