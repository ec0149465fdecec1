"""Who may open which address: the whole map of addresses against the whole cast, as one table.

An address without a line in the table fails the test, so that nobody adds a door without saying whose it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from courses.models import CoursePage
from people import rules
from people.models import Person
from tests import cast as casting

COURSES = ("quy-tac-ung-xu-cong-so",)
BACKEND = "people.sign_in.backend.OneFieldBackend"
SIGN_IN = "/tai-khoan/login/"
NOBODY = "-"  # who has not signed in

CAST = frozenset(["lan", "minh", "hung", "binh", "hoa", "tam", "thao", "quang", "mai", "son", "ha", "an"])
EVERYBODY = CAST | {NOBODY}
REPORT_READERS = frozenset(["hung", "binh", "hoa", "quang", "son", "an"])
DESK_WORKERS = frozenset(["tam", "thao", "an"])


@dataclass(frozen=True)
class Door:
    """An address: who may come in and what they get, what others get. Who is not signed in is asked to sign in."""

    may: frozenset[str] = CAST
    granted: int = 200
    others: int = 403
    absent: frozenset[str] = frozenset()  # for whom it does not even exist
    arguments: Callable = lambda world: []

    def answer_to(self, who: str) -> int:
        if who in self.may:
            return self.granted
        return 404 if who in self.absent else self.others


def public(**kwargs) -> Door:
    return Door(may=EVERYBODY, **kwargs)


def form(**kwargs) -> Door:
    """An address that only takes forms that are sent: looking at it does nothing."""
    return Door(**{"granted": 405} | kwargs)


def lans(**kwargs) -> Door:
    """Something of Lan's own: for everybody else it does not exist."""
    return Door(may=frozenset({"lan"}), absent=CAST - {"lan"}, **kwargs)


DOORS = {
    # home
    "search": public(),
    "set_language": form(may=EVERYBODY),
    "healthz": public(),
    "readyz": public(),
    "sitemap": public(),
    # courses
    "lesson": Door(arguments=lambda world: [world.course.slug, world.lesson.slug]),
    "my_learning": Door(),
    "start_course": form(arguments=lambda world: [world.course.pk]),
    "finish_lesson": form(arguments=lambda world: [world.course.pk, world.lesson.lesson_id]),
    # Only Lan's lessons are done; everybody else is led back to the course.
    "start_quiz": Door(may=frozenset({"lan"}), others=302, arguments=lambda world: [world.course.pk]),
    "quiz_result": lans(arguments=lambda world: [world.attempt.pk]),
    "my_certificates": Door(),
    "certificate_pdf": lans(granted=302, arguments=lambda world: [world.certificate.code]),
    "verify": public(),
    "verify_certificate": public(arguments=lambda world: [world.certificate.code]),
    # quizzes: the attempt is submitted, so its pages lead to the result
    "quizzes:attempt": lans(granted=302, arguments=lambda world: [world.attempt.pk]),
    "quizzes:question": lans(granted=302, arguments=lambda world: [world.attempt.pk, 1]),
    "quizzes:submit": lans(granted=302, arguments=lambda world: [world.attempt.pk]),
    # reports
    "reports:completions": Door(REPORT_READERS),
    "reports:export_xlsx": Door(REPORT_READERS),
    "reports:export_csv": Door(REPORT_READERS),
    # notices
    "notices:list": Door(),
    "notices:open": form(arguments=lambda world: [1]),
    "notices:read_all": form(),
    # people
    "account_page": Door(),
    # media
    "story_feed": public(),
    # api
    "api:certificate": public(arguments=lambda world: [world.certificate.code]),
}
LANS_RECORD = "reports:person"  # found by those in whose units she serves, by no other reader of reports
SERVE_ELSEWHERE = frozenset(["binh", "quang"])
DOORS[LANS_RECORD] = Door(
    REPORT_READERS - SERVE_ELSEWHERE, arguments=lambda world: [world.people["lan"].pk], absent=SERVE_ELSEWHERE
)
# Representatives of Wagtail's own addresses. From those closed to them, desk workers are led back to its start.
DESK = {
    "wagtailadmin_home": DESK_WORKERS,
    "wagtailadmin_pages:edit": frozenset({"tam", "an"}),
    "wagtailimages:index": DESK_WORKERS,
    "wagtailimages:add": DESK_WORKERS,
    "wagtaildocs:index": DESK_WORKERS,
    "consents:index": frozenset({"thao", "an"}),
    "wagtailusers_users:index": frozenset({"an"}),
}

# Addresses of libraries and files, by the tests that look after them.
ELSEWHERE = {
    "wagtail_serve": "tests/courses, tests/media, tests/home",
    "wagtailcore_authenticate_with_password": "Wagtail's own",
    "wagtaildocs_serve": "tests/media",
    "wagtaildocs_authenticate_with_password": "Wagtail's own",
    "wagtailimages_serve": "Wagtail's own; addresses are signed",
    "public_file": "tests/config/test_files.py",
    **dict.fromkeys(["h5p:open", "h5p:report", "h5p:state", "h5p:results"], "tests/h5p/player/test_pages.py"),
    "wagtailcore_login": "replaced by ours: tests/people/test_sign_in.py",
    "None": "the redirect in its place",
}
LIBRARIES = ("quan-tri/", "tai-khoan/")


def addresses(patterns, prefix="", namespace="") -> Iterator[tuple[str, str]]:
    """(route, name) of every address of ours; those of the desk and of allauth are left to representatives."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, route, inner)
        elif not route.startswith(LIBRARIES) or pattern.name == "account_page":
            yield route, f"{namespace}{pattern.name}"


@pytest.fixture(scope="module")
def world(stage):
    """The site with one course, which Lan has completed; and a browser for everybody."""
    people = {person.username: person for person in Person.objects.all()}
    course = CoursePage.objects.get()
    attempt = casting.complete(people["lan"], course)
    browsers = {NOBODY: Client()}
    for name in CAST:
        browsers[name] = Client()
        browsers[name].force_login(people[name], backend=BACKEND)
    return SimpleNamespace(
        people=people,
        course=course,
        attempt=attempt,
        lesson=course.editions.first().lessons.first(),
        certificate=people["lan"].certificates.get(),
        browsers=browsers,
    )


def mismatches(world, name: str, door: Door) -> list[str]:
    """What differs from the table, in words."""
    address = reverse(name, args=door.arguments(world))
    found = []
    for who, browser in world.browsers.items():
        response = browser.get(address)
        signs_in = response.status_code == 302 and response.url.startswith(SIGN_IN)
        got = "sign-in" if signs_in else response.status_code
        wanted = "sign-in" if who == NOBODY and NOBODY not in door.may else door.answer_to(who)
        if got != wanted:
            found.append(f"{address} for {who}: {got} instead of {wanted}")
    return found


def test_the_cast_of_the_table_is_the_cast(world):
    assert set(world.people) == CAST


@pytest.mark.parametrize("name", DOORS)
def test_the_address_opens_for_those_of_the_table_only(db, world, name):
    assert mismatches(world, name, DOORS[name]) == []


@pytest.mark.parametrize("name", DESK)
def test_the_desk_opens_for_those_who_work_there(db, world, name):
    arguments = [world.course.pk] if name.endswith(":edit") else []
    address = reverse(name, args=arguments)
    answers = {who: browser.get(address) for who, browser in world.browsers.items()}
    assert {who for who, answer in answers.items() if answer.status_code == 200} == DESK[name]
    for who in DESK_WORKERS - DESK[name]:
        assert (answers[who].status_code, answers[who].url) == (302, "/quan-tri/")
    assert {answers[who].status_code for who in CAST - DESK_WORKERS} == {403}
    assert answers[NOBODY].url.startswith(SIGN_IN)


def test_control_a_door_without_its_guard_is_noticed(db, world, monkeypatch):
    monkeypatch.setattr("reports.views.can_see_reports", lambda actor: True)
    noticed = mismatches(world, "reports:completions", DOORS["reports:completions"])
    assert len(noticed) == len(CAST - REPORT_READERS)


def test_the_tables_groups_are_those_of_the_rules(world):
    assert {name for name in CAST if rules.can_see_reports(world.people[name])} == REPORT_READERS
    assert {name for name in CAST if rules.can_enter_admin(world.people[name])} == DESK_WORKERS


def test_the_rule_for_the_desk_is_the_permission_wagtail_asks_for(db, world):
    for name in CAST:
        person = Person.objects.get(username=name)
        assert rules.can_enter_admin(person) == person.has_perm("wagtailadmin.access_admin"), name


# --- The desk's door --------------------------------------------------------------------------------


def test_the_desk_has_one_sign_in_page_and_it_is_ours(db, world):
    nobody = world.browsers[NOBODY]
    response = nobody.get("/quan-tri/login/?next=/quan-tri/pages/")
    assert (response.status_code, response.url) == (302, f"{SIGN_IN}?next=/quan-tri/pages/")


def test_who_may_not_enter_the_desk_is_told_and_not_sent_in_circles(db, world):
    response = world.browsers["lan"].get("/quan-tri/", follow=True)
    assert response.status_code == 403
    assert response.redirect_chain == []
    assert "403.html" in {template.name for template in response.templates}


def test_control_without_our_door_the_redirects_never_end(db, world, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("AdminDoorMiddleware")]
    browser = Client()
    browser.force_login(world.people["lan"], backend=BACKEND)
    assert browser.get("/quan-tri/").url == f"{SIGN_IN}?next=/quan-tri/"
    assert browser.get(f"{SIGN_IN}?next=/quan-tri/").url == "/quan-tri/"


def test_someone_who_has_left_is_signed_out_at_once(db, world):
    minh = world.people["minh"]
    Person.objects.filter(pk=minh.pk).update(is_active=False)
    response = world.browsers["minh"].get(reverse("my_learning"))
    assert response.url.startswith(SIGN_IN)


def test_the_sign_in_page_is_where_the_settings_say():
    assert reverse(settings.LOGIN_URL) == SIGN_IN
