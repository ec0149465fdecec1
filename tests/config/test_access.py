"""Who may open which address: the whole map of addresses against the whole cast, as one table.

An address without a line in the table fails the test, so that nobody adds a door without saying whose it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from people import rules
from tests import cast as casting

BACKEND = "django.contrib.auth.backends.ModelBackend"
SIGN_IN = "/tai-khoan/login/"
NOBODY = "-"  # who has not signed in

CAST = frozenset("lan minh hung binh hoa tam thao quang mai son ha an".split())
EVERYBODY = CAST | {NOBODY}
REPORT_READERS = frozenset("hung binh hoa quang son an".split())
DESK_WORKERS = frozenset("tam thao an".split())


@dataclass(frozen=True)
class Door:
    """An address: who may come in and what they get; what other people get. Who is not signed in is asked to."""

    may: frozenset[str] = CAST
    granted: int = 200
    others: int = 403
    arguments: Callable = lambda world: []


def public(**kwargs) -> Door:
    return Door(may=EVERYBODY, **kwargs)


def form(**kwargs) -> Door:
    """An address that only takes forms that are sent: looking at it does nothing."""
    return Door(**{"granted": 405} | kwargs)


def lans(**kwargs) -> Door:
    """Something of Lan's own: for everybody else it does not exist."""
    return Door(may=frozenset({"lan"}), others=404, **kwargs)


DOORS = {
    # home
    "search": public(),
    "set_language": form(may=EVERYBODY),
    "healthz": public(),
    "readyz": public(),
    "sitemap": public(),
    # courses
    "my_learning": Door(),
    "start_course": form(arguments=lambda world: [world.course.pk]),
    "finish_lesson": form(arguments=lambda world: [world.course.pk, world.lesson.lesson_id]),
    "start_quiz": form(arguments=lambda world: [world.course.pk]),
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
    # Wagtail's desk: representatives; its inner addresses are Wagtail's own
    "wagtailadmin_home": Door(DESK_WORKERS),
    "wagtailadmin_pages:edit": Door(frozenset({"tam", "an"}), others=403, arguments=lambda world: [world.course.pk]),
    "wagtailimages:index": Door(DESK_WORKERS),
    "consents:index": Door(frozenset({"thao", "an"})),
    "wagtailusers_users:index": Door(frozenset({"an"})),
}

# A person's training record is found by those in whose units the person serves, and by nobody else.
LANS_RECORD = Door(
    frozenset("hung hoa son an".split()), others=403, arguments=lambda world: [world.people["lan"].pk]
)
READS_REPORTS_OF_OTHER_UNITS = REPORT_READERS - LANS_RECORD.may

# Addresses of libraries and files, by the tests that look after them.
ELSEWHERE = {
    "wagtail_serve": "tests/courses, tests/media, tests/home",
    "wagtailcore_authenticate_with_password": "Wagtail's own",
    "wagtaildocs_serve": "tests/media",
    "wagtaildocs_authenticate_with_password": "Wagtail's own",
    "wagtailimages_serve": "Wagtail's own; addresses are signed",
    "public_file": "tests/config/test_files.py",
    "wagtailcore_login": "replaced: tests/people/test_sign_in.py",
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
def world(django_db_setup, django_db_blocker):
    """The site with one course, which Lan has completed; and a browser for everybody."""
    from home.domain.site_setup import set_up_site

    with django_db_blocker.unblock(), transaction.atomic():
        set_up_site()
        people = casting.load()
        [course] = casting.load_courses("quy-tac-ung-xu-cong-so").values()
        attempt = casting.complete(people["lan"], course)
        browsers = {NOBODY: Client()}
        for name in CAST:
            browsers[name] = Client()
            browsers[name].force_login(people[name], backend=BACKEND)
        yield SimpleNamespace(
            people=people,
            course=course,
            attempt=attempt,
            lesson=course.editions.first().lessons.first(),
            certificate=people["lan"].certificates.get(),
            browsers=browsers,
        )
        transaction.set_rollback(True)


def mismatches(world, name: str, door: Door) -> list[str]:
    """What differs from the table, in words."""
    address = reverse(name, args=door.arguments(world))
    found = []
    for who, browser in world.browsers.items():
        response = browser.get(address)
        wanted = door.granted if who in door.may else door.others
        asked_to_sign_in = response.status_code == 302 and response.url.startswith(SIGN_IN)
        if who == NOBODY and who not in door.may:
            if not asked_to_sign_in:
                found.append(f"{address} for nobody: {response.status_code} instead of the sign-in page")
        elif response.status_code != wanted or asked_to_sign_in:
            found.append(f"{address} for {who}: {response.status_code} instead of {wanted}")
    return found


def test_the_cast_of_the_table_is_the_cast(world):
    assert set(world.people) == CAST


def test_every_address_has_a_line_in_the_table():
    unnamed = [route for route, name in addresses(get_resolver().url_patterns) if name.endswith("None")]
    named = {name for _route, name in addresses(get_resolver().url_patterns) if not name.endswith("None")}
    assert unnamed == ["_util/login/"], "an address without a name cannot stand in the table"
    assert named == {name for name in DOORS if not name.startswith(("wagtailadmin", "wagtailimages:", "consents:"))
                     and name != "wagtailusers_users:index"} | {"reports:person"} | set(ELSEWHERE)  # fmt: skip


@pytest.mark.parametrize("name", DOORS)
def test_the_address_opens_for_those_of_the_table_only(db, world, name):
    assert mismatches(world, name, DOORS[name]) == []


def test_a_training_record_is_not_found_outside_ones_units(db, world):
    found = mismatches(world, "reports:person", LANS_RECORD)
    address = reverse("reports:person", args=[world.people["lan"].pk])
    assert sorted(found) == sorted(
        f"{address} for {who}: 404 instead of 403" for who in READS_REPORTS_OF_OTHER_UNITS
    )


def test_control_a_door_without_its_guard_is_noticed(db, world, monkeypatch):
    monkeypatch.setattr("reports.views.can_see_reports", lambda actor: True)
    noticed = mismatches(world, "reports:completions", DOORS["reports:completions"])
    assert len(noticed) == len(CAST - REPORT_READERS)


def test_the_tables_groups_are_those_of_the_rules(world):
    assert {name for name in CAST if rules.can_see_reports(world.people[name])} == REPORT_READERS
    assert {name for name in CAST if rules.can_enter_admin(world.people[name])} == DESK_WORKERS


def test_the_rule_for_the_desk_is_the_permission_wagtail_asks_for(db, world):
    for name in CAST:
        person = type(world.people[name]).objects.get(username=name)
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
    type(minh).objects.filter(pk=minh.pk).update(is_active=False)
    response = world.browsers["minh"].get(reverse("my_learning"))
    assert response.url.startswith(SIGN_IN)


def test_the_sign_in_page_is_where_the_settings_say():
    assert reverse(settings.LOGIN_URL) == SIGN_IN
