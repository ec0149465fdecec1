"""Setting up: the site, then the demo. Running either again changes nothing, and editors' work is left alone."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from courses.models import Assignment, Directive, Obligation
from home.domain.site_setup import set_up_site
from home.management.commands import load_demo
from home.models import HomePage, StandardPage
from media.models import CampaignPage, StoryPage
from people.demo import CAST, UNITS
from people.domain.roles import GROUP_OF_ROLE
from people.models import Person, RoleGrant, Unit
from people.province.facts import sizes
from quizzes.queries import edited_banks_for, edited_quizzes_for
from shared.models import ContentChange


def rows() -> dict[str, int]:
    """How many rows every table has, but for the count of statements, which also grows by those that change nothing."""
    tables = (model for model in apps.get_models() if model._meta.managed and model is not ContentChange)
    return {model._meta.label: model._base_manager.count() for model in tables}


# --- The site -----------------------------------------------------------------------------------------


def test_setting_up_the_site_again_changes_nothing(db):
    set_up_site()
    before = rows()
    set_up_site()
    assert rows() == before


def test_a_new_site_has_its_pages_and_no_welcome_page_of_wagtail(db):
    home = set_up_site()
    assert set(home.get_children().values_list("slug", flat=True)) >= {
        *("khoa-hoc", "guong-dien-hinh", "chien-dich"),
        *("huong-dan", "kha-nang-tiep-can", "quyen-rieng-tu", "lien-he"),
    }
    assert not home.get_descendants().not_live().exists()
    assert list(Page.objects.filter(depth=2)) == [home.page_ptr]
    assert set(Group.objects.values_list("name", flat=True)) >= set(GROUP_OF_ROLE.values())


def test_what_editors_changed_is_left_alone(db):
    home = set_up_site()
    HomePage.objects.update(headline="Tiêu đề của Sở")
    StandardPage.objects.filter(slug="lien-he").update(title="Liên hệ Sở Nội vụ")
    home.get_children().get(slug="chien-dich").delete()
    set_up_site()
    assert HomePage.objects.get().headline == "Tiêu đề của Sở"
    assert StandardPage.objects.get(slug="lien-he").title == "Liên hệ Sở Nội vụ"


@pytest.mark.parametrize(
    ("origin", "root"),
    [
        ("https://hoc.example.gov.vn", "https://hoc.example.gov.vn"),
        ("http://hoc.example.gov.vn", "http://hoc.example.gov.vn"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_pages_know_the_address_of_the_site(db, settings, origin, root):
    settings.WAGTAILADMIN_BASE_URL = origin
    home = set_up_site()
    assert Site.objects.get().root_url == root
    assert home.full_url == f"{root}/"


def test_without_demo_content_no_fictional_office_is_named(db, settings):
    settings.DEMO_CONTENT = False
    assert set_up_site().organisation == ""


# --- The demo -----------------------------------------------------------------------------------------


@pytest.fixture
def demo(starter):
    call_command("load_demo")


def test_the_demo_is_there_once_and_again_changes_nothing(demo):
    neighbours = Person.objects.filter(username__startswith="lg")
    assert neighbours.count() == sizes()["small"]["people"]
    others = Person.objects.exclude(pk__in=neighbours.values("pk"))
    assert set(others.values_list("username", flat=True)) == {one.username for one in CAST}
    assert set(Unit.objects.values_list("code", flat=True)) > set(UNITS)
    assert RoleGrant.objects.count() == sum(len(demo.roles) for demo in CAST)
    assert Assignment.objects.count() == len(load_demo.DUE_IN_DAYS)
    assert Directive.objects.get().number == "1847/QĐ-TTg"
    assert Obligation.objects.exists()
    assert StoryPage.objects.live().count() == 2
    assert CampaignPage.objects.live().count() == 1
    before = rows()
    call_command("load_demo")
    assert rows() == before


def test_the_demos_author_may_write_into_the_banks_of_the_starter_courses(demo):
    author = Person.objects.get(username="tam")
    assert edited_banks_for(author).count() == 3
    assert edited_quizzes_for(author).count() == 3


def test_the_demo_password_is_made_once_and_for_its_owner_only():
    file = settings.VAR_DIR / load_demo.PASSWORD_FILE
    password = load_demo.demo_password()
    assert load_demo.demo_password() == password == file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_demo_is_refused_where_it_is_switched_off(db, settings):
    settings.DEMO_CONTENT = False
    before = rows()
    with pytest.raises(CommandError, match="switched off"):
        call_command("load_demo")
    assert rows() == before
