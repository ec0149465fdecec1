"""The administrators' screens: people, units, roles. Everything goes through the domain and leaves a log entry."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.forms.models import registry

from media.models import CampaignPage, Exemplar
from people import queries, rules
from people.domain import persons, roles
from people.enums import Role
from people.models import AuditEntry, Person, RoleGrant, Unit
from shared.errors import DomainError
from tests.courses.stage import BACKEND, rolled_back

DESK = ("tam", "thao", "an")
OTHERS = ("lan", "minh", "hung", "binh", "hoa", "quang", "mai", "son", "ha")
PASSWORD = "một-mật-khẩu-rất-dài"


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), rolled_back(()):
        yield


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def cast(stage, db):
    return {person.username: person for person in Person.objects.all()}


@pytest.fixture
def desk(cast):
    """A function: a browser signed in as the named member of the cast, reading English."""

    def sign_in(username: str) -> Client:
        browser = Client()
        browser.cookies["language"] = "en"
        browser.force_login(cast[username], backend=BACKEND)
        return browser

    return sign_in


@pytest.fixture
def an(desk) -> Client:
    return desk("an")


def url(name: str, *args) -> str:
    return reverse(f"wagtailusers_users:{name}", args=args)


def logged(action: str, subject) -> AuditEntry:
    return AuditEntry.objects.get(action=action, subject_type=subject._meta.label, subject_id=str(subject.pk))


def person_data(person: Person | None = None, **changes) -> dict:
    if person is None:
        stored = {"full_name": "Lò Văn Ước", "form_of_address": "formal"}
    else:
        names = ("username", "full_name", "staff_number", "work_email", "phone", "form_of_address")
        stored = {name: getattr(person, name) or "" for name in names}
    return stored | changes


def screens(cast) -> list[str]:
    lan, unit = cast["lan"], Unit.objects.get(code="LG-TS")
    grant = RoleGrant.objects.get(person=cast["hung"])
    return [
        url("index"),
        url("add"),
        url("edit", lan.pk),
        url("history", lan.pk),
        url("delete", lan.pk),
        url("password", lan.pk),
        url("activity", lan.pk),
        url("roles", lan.pk),
        url("withdraw", cast["hung"].pk, grant.pk),
        reverse("units:index"),
        reverse("units:add"),
        reverse("units:edit", args=[unit.pk]),
        reverse("units:history", args=[unit.pk]),
        reverse("units:delete", args=[unit.pk]),
    ]


def test_every_screen_opens_for_an_administrator(an, cast):
    for address in screens(cast):
        assert an.get(address).status_code == 200, address


@pytest.mark.parametrize("username", ["tam", "thao"])
def test_no_screen_opens_for_the_other_desks(desk, cast, username):
    browser = desk(username)
    for address in screens(cast):
        response = browser.get(address)
        hidden = response.status_code == 404
        assert hidden or (response.status_code == 302 and response.url == reverse("wagtailadmin_home")), address


@pytest.mark.parametrize("username", OTHERS)
def test_nobody_else_enters_the_administration(desk, cast, username):
    browser = desk(username)
    for address in [reverse("wagtailadmin_home"), reverse("wagtailadmin_account"), *screens(cast)]:
        assert browser.get(address).status_code == 403, address


def test_anonymous_visitors_are_sent_to_sign_in(cast):
    for address in screens(cast):
        assert Client().get(address).url.startswith("/tai-khoan/login/"), address


def test_the_only_way_in_is_the_sites_own_sign_in(client, stage, db):
    response = client.get("/quan-tri/login/?next=/quan-tri/people/")
    assert response.status_code == 302
    assert response.url == "/tai-khoan/login/?next=/quan-tri/people/"


def test_people_are_listed_by_given_name_and_units_and_roles_are_shown(an, cast):
    page = an.get(url("index")).content.decode()
    names = [person.full_name for person in Person.objects.order_by("sort_key")]
    places = [page.index(name) for name in names]
    assert places == sorted(places)
    assert "Sở Nội vụ" in page and "Course author" in page


@pytest.mark.parametrize(
    ("typed", "found"),
    [("nong thi lan", "lan"), ("NÔNG", "lan"), ("LG0002", "minh"), ("hung", "hung"), ("mai@lamgiang.example", "mai")],
)
def test_search_needs_no_marks(an, cast, typed, found):
    page = an.get(url("index_results"), {"q": typed}).content.decode()
    assert cast[found].full_name in page
    assert cast["quang"].full_name not in page


def test_the_list_is_filtered_by_role_and_activity(an, cast):
    page = an.get(url("index_results"), {"role": Role.CLERK}).content.decode()
    assert cast["ha"].full_name in page and cast["lan"].full_name not in page
    persons.set_active(cast["lan"], False, actor=cast["an"])
    page = an.get(url("index_results"), {"is_active": "false"}).content.decode()
    assert cast["lan"].full_name in page and cast["ha"].full_name not in page


def query_count(browser: Client, address: str) -> int:
    browser.get(address)  # content types and the site are kept after the first request
    with CaptureQueriesContext(connection) as queries_made:
        assert browser.get(address).status_code == 200
    return len(queries_made)


def test_longer_lists_take_no_more_queries(an, cast):
    keep = {"an", "lan"}
    Person.objects.exclude(username__in=keep).update(is_active=False)
    few = query_count(an, url("index") + "?is_active=true")
    Person.objects.filter(username__in={"minh", "hung", "tam"}).update(is_active=True)
    assert query_count(an, url("index") + "?is_active=true") == few
    roles.grant_role(cast["lan"], Role.CLERK, Unit.objects.get(code="LG-TS"), actor=cast["an"])
    few = query_count(an, url("roles", cast["lan"].pk))
    for code in ("LG-KL", "LG-NV"):
        roles.grant_role(cast["lan"], Role.CLERK, Unit.objects.get(code=code), actor=cast["an"])
    assert query_count(an, url("roles", cast["lan"].pk)) == few
    few = query_count(an, url("history", cast["lan"].pk))
    persons.set_active(cast["lan"], False, actor=cast["an"])
    assert query_count(an, url("history", cast["lan"].pk)) == few


def test_a_new_account_has_no_password_until_one_is_set(an, cast):
    response = an.post(url("add"), person_data(username="uoc", staff_number="LG0099", work_email=""))
    person = Person.objects.get(username="uoc")
    assert response.status_code == 302 and response.url == url("password", person.pk)
    assert not person.has_usable_password()
    assert person.search_key == "lo van uoc lg0099"
    assert logged("person.created", person).actor == cast["an"]
    assert "This account has no password yet." in an.get(url("edit", person.pk)).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("username", "LAN", "This sign-in name is taken."),
        ("username", "tên có dấu", "Letters without marks, digits and . - _ only."),
        ("staff_number", "LG0001", "Nông Thị Lan has this staff number already."),
        ("work_email", "LAN@lamgiang.example", "Nông Thị Lan has this e-mail address already."),
        ("full_name", "", "This field is required."),
    ],
)
def test_mistakes_in_an_account_are_named(an, cast, field, value, message):
    data = person_data(username="uoc", staff_number="LG0099") | {field: value}
    response = an.post(url("add"), data)
    assert response.status_code == 200
    assert response.context["form"].errors[field] == [message]
    assert not Person.objects.filter(full_name="Lò Văn Ước").exists()


def test_changing_an_account_is_logged_by_field(an, cast):
    lan = cast["lan"]
    an.post(url("edit", lan.pk), person_data(lan, full_name="Nông Thị Lan Anh", phone="010 000"))
    lan.refresh_from_db()
    assert lan.full_name == "Nông Thị Lan Anh" and lan.sort_key.startswith("a0nh")
    entry = logged("person.changed", lan)
    assert entry.details == {"fields": ["full_name", "phone"]} and entry.actor == cast["an"]
    assert "Account changed" in an.get(url("history", lan.pk)).content.decode()


def test_saving_without_a_change_logs_nothing(an, cast):
    an.post(url("edit", cast["lan"].pk), person_data(cast["lan"]))
    assert not AuditEntry.objects.filter(action="person.changed").exists()


def test_a_former_address_no_longer_signs_in(an, cast):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=cast["lan"], email="lan@lamgiang.example", primary=True, verified=True)
    an.post(url("edit", cast["lan"].pk), person_data(cast["lan"], work_email="lan.nong@lamgiang.example"))
    assert not EmailAddress.objects.filter(user=cast["lan"]).exists()


def test_a_password_is_validated_and_ends_other_sessions(an, desk, cast):
    lan, browser = cast["lan"], desk("lan")
    short = {"new_password1": "ngắn", "new_password2": "ngắn"}
    assert an.post(url("password", lan.pk), short).status_code == 200
    an.post(url("password", lan.pk), {"new_password1": PASSWORD, "new_password2": PASSWORD})
    lan.refresh_from_db()
    assert lan.check_password(PASSWORD)
    entry = logged("person.password_set", lan)
    assert entry.details == {} and PASSWORD not in str(AuditEntry.objects.values_list())
    assert browser.get("/viec-hoc/").status_code == 302


def test_ones_own_new_password_keeps_the_session(an, cast):
    an.post(url("password", cast["an"].pk), {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert an.get(url("index")).status_code == 200


def test_a_deactivated_account_cannot_go_on_and_can_come_back(an, desk, cast):
    lan, browser = cast["lan"], desk("lan")
    assert browser.get("/viec-hoc/").status_code == 200
    an.post(url("activity", lan.pk), {"active": "no"})
    assert browser.get("/viec-hoc/").status_code == 302
    assert logged("person.deactivated", lan).actor == cast["an"]
    an.post(url("activity", lan.pk), {"active": "yes"})
    lan.refresh_from_db()
    assert lan.is_active and logged("person.activated", lan)


def test_nobody_deactivates_or_deletes_their_own_account(an, cast):
    response = an.post(url("activity", cast["an"].pk), {"active": "no"}, follow=True)
    assert "You cannot deactivate your own account" in response.content.decode()
    an.post(url("delete", cast["an"].pk))
    assert Person.objects.get(username="an").is_active


def test_deleting_a_person_with_records_explains_and_offers_deactivation(an, cast):
    for response in (an.get(url("delete", cast["lan"].pk)), an.post(url("delete", cast["lan"].pk))):
        page = response.content.decode()
        assert "Cannot be deleted" in page and "Posting: 1" in page
        assert url("activity", cast["lan"].pk) in page
    assert response.status_code == 409
    assert Person.objects.filter(username="lan").exists()


def test_an_account_made_by_mistake_can_be_deleted(an, cast):
    person = persons.create_person("nham", "Lò Văn Nhầm", actor=cast["an"])
    assert "Cannot be deleted" not in an.get(url("delete", person.pk)).content.decode()
    an.post(url("delete", person.pk))
    assert not Person.objects.filter(username="nham").exists()
    assert logged("person.deleted", person).actor == cast["an"]


@pytest.mark.parametrize("action", ["delete", "set_active_state", "assign_role"])
def test_bulk_actions_on_people_change_nothing(an, cast, action):
    address = reverse("wagtail_bulk_action", args=["people", "person", action])
    data = {"mark_as_active": "", "role": RoleGrant.objects.get(person=cast["tam"]).person.groups.get().pk}
    an.post(f"{address}?id={cast['lan'].pk}", data)
    lan = Person.objects.get(username="lan")
    assert lan.is_active and not lan.groups.exists()


def test_bulk_actions_of_a_superuser_change_nothing_either(cast):
    root = Person.objects.create_superuser("root", "Quản trị kỹ thuật", "x")
    browser = Client()
    browser.cookies["language"] = "en"
    browser.force_login(root, backend=BACKEND)
    nobody_needs_it = persons.create_person("nham", "Lò Văn Nhầm")
    address = reverse("wagtail_bulk_action", args=["people", "person", "delete"])
    response = browser.post(f"{address}?id={nobody_needs_it.pk}", follow=True)
    assert "one by one" in response.content.decode()
    assert Person.objects.filter(username="nham").exists()


def test_the_superuser_is_out_of_an_administrators_reach(an, cast):
    root = Person.objects.create_superuser("root", "Quản trị kỹ thuật", "x")
    assert "Quản trị kỹ thuật" not in an.get(url("index")).content.decode()
    for name in ("edit", "password", "activity", "roles"):
        assert an.get(url(name, root.pk)).status_code == 404
    with pytest.raises(DomainError):
        persons.set_password(root, PASSWORD, actor=cast["an"])


def test_list_and_rule_agree_over_the_whole_cast(cast):
    root = Person.objects.create_superuser("root", "Quản trị kỹ thuật", "x")
    everybody = list(Person.objects.all())
    for viewer in everybody:
        allowed = {person.pk for person in everybody if rules.can_administer(viewer, person)}
        assert set(queries.accounts_for(viewer).values_list("pk", flat=True)) == allowed
    assert root.pk in queries.accounts_for(root).values_list("pk", flat=True)


def test_a_granted_role_opens_the_desk_and_a_withdrawn_one_closes_it(an, desk, cast):
    lan, browser, unit = cast["lan"], desk("lan"), Unit.objects.get(code="LG")
    an.post(url("roles", lan.pk), {"role": Role.COURSE_AUTHOR, "unit": unit.pk})
    grant = RoleGrant.objects.get(person=lan)
    assert grant.granted_by == cast["an"] and logged("role.granted", lan).actor == cast["an"]
    assert browser.get(reverse("wagtailadmin_home")).status_code == 200
    assert "Course author" in an.get(url("roles", lan.pk)).content.decode()
    an.post(url("withdraw", lan.pk, grant.pk))
    assert not RoleGrant.objects.filter(person=lan).exists()
    assert logged("role.withdrawn", lan).actor == cast["an"]
    assert browser.get(reverse("wagtailadmin_home")).status_code == 403
    assert "Role withdrawn: Course author" in an.get(url("history", lan.pk)).content.decode()


def test_nobody_locks_themselves_out(an, cast):
    own = RoleGrant.objects.get(person=cast["an"])
    response = an.post(url("withdraw", cast["an"].pk, own.pk), follow=True)
    assert "You cannot withdraw your own administration" in response.content.decode()
    assert RoleGrant.objects.filter(pk=own.pk).exists()


def test_a_grant_is_only_found_with_its_own_person(an, cast):
    grant = RoleGrant.objects.get(person=cast["hung"])
    assert an.post(url("withdraw", cast["lan"].pk, grant.pk)).status_code == 404
    assert RoleGrant.objects.filter(pk=grant.pk).exists()


def test_units_and_people_are_chosen_in_dialogs_without_marks(desk, cast):
    for browser in map(desk, DESK):
        page = browser.get(reverse("unit_chooser:choose_results"), {"q": "so noi vu"}).content.decode()
        assert "Sở Nội vụ" in page and "Sở Khoa học" not in page
    page = desk("thao").get(reverse("person_chooser:choose_results"), {"q": "nong thi"}).content.decode()
    assert "Nông Thị Lan" in page and "Trung tâm Phục vụ hành chính công xã Thượng Sơn" in page
    assert "lan@lamgiang.example" not in page
    lan = cast["lan"].pk
    person_dialog = [reverse(f"person_chooser:{name}") for name in ("choose", "choose_results")]
    person_dialog.append(reverse("person_chooser:chosen", args=[lan]))
    person_dialog.append(reverse("person_chooser:chosen_multiple") + f"?id={lan}")
    for address in person_dialog:
        assert desk("thao").get(address).status_code == 200, address
        assert desk("tam").get(address).status_code == 302, address


def test_other_rooms_choose_units_and_people_with_the_same_dialogs(cast):
    for model, name, dialog in ((CampaignPage, "lead_unit", "unit_chooser"), (Exemplar, "person", "person_chooser")):
        widget = registry.get(model._meta.get_field(name))["widget"]
        assert widget.chooser_modal_url_name == f"{dialog}:choose"


def test_links_to_a_person_lead_to_our_screen(cast):
    assert AdminURLFinder(cast["an"]).get_edit_url(cast["lan"]) == url("edit", cast["lan"].pk)
    assert AdminURLFinder(cast["tam"]).get_edit_url(cast["lan"]) is None


@pytest.mark.parametrize("username", DESK)
def test_the_account_settings_work_for_everybody_on_the_desk(desk, cast, username):
    browser = desk(username)
    page = browser.get(reverse("wagtailadmin_account"))
    assert page.status_code == 200
    assert "first_name" not in page.content.decode() and "preferred_language" not in page.content.decode()
    assert reverse("account_page") in page.content.decode()
    response = browser.post(
        reverse("wagtailadmin_account"),
        {
            "notifications-submitted_notifications": "on",
            "theme-theme": "light",
            "theme-contrast": "system",
            "theme-density": "default",
        },
    )
    assert response.status_code == 302
    person = Person.objects.get(username=username)
    assert person.wagtail_userprofile.theme == "light"
    assert person.full_name == cast[username].full_name


def test_the_desk_speaks_the_language_chosen_on_the_site(an, cast):
    assert '<html lang="en"' in an.get(reverse("wagtailadmin_home")).content.decode()
    del an.cookies["language"]
    assert '<html lang="vi"' in an.get(reverse("wagtailadmin_home")).content.decode()
