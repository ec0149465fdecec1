"""The editing desk as a whole: who sees what in the menu, its look and language, workflows, files in use."""

import json
import re
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.models import GroupApprovalTask, Page, Revision, Workflow, WorkflowPage

from courses.models import CourseIndexPage
from home.domain.site_setup import set_up_site
from home.models import HomePage, StandardPage
from media.domain.consent import record_consent
from media.enums import Channel, ConsentMeans, ConsentScope
from media.models import CampaignIndexPage, Exemplar, Photograph, StoryIndexPage, StoryPage, StoryPerson
from people.models import Person
from tests.courses.stage import BACKEND, rolled_back

DESK = ("tam", "thao", "an")


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


# --- Menu and look ---------------------------------------------------------------------------------------


def menu_of(browser: Client) -> dict[str, list[str]]:
    """The entries of the menu with those below them, by name, as they are sent to the browser."""
    page = browser.get(reverse("wagtailadmin_home")).content.decode()
    data = re.search(r'<script id="wagtail-sidebar-props"[^>]*>(.*?)</script>', page, re.DOTALL).group(1)
    entries: dict[str, list[str]] = {}

    def read(node, below=None):
        if isinstance(node, dict):
            kind, arguments = node.get("_type", ""), node.get("_args", [])
            if kind.endswith("MenuItem"):
                name = arguments[0]["name"]
                below.append(name) if below is not None else entries.setdefault(name, [])
                if len(arguments) > 1 and isinstance(arguments[1], list):
                    for inner in arguments[1]:
                        read(inner, entries[name] if below is None else below)
                return
            for value in node.values():
                read(value, below)
        elif isinstance(node, list):
            for value in node:
                read(value, below)

    read(json.loads(data))
    return entries


WORK = {
    "tam": {
        "courses",
        "learning_paths",
        "examinations",
        "h5p-activities",
        "directives",
        "images",
        "documents",
        "reports",
    },
    "thao": {"stories", "campaigns", "press-office", "images", "documents", "reports"},
    "an": {
        "explorer",
        "courses",
        "learning_paths",
        "examinations",
        "h5p-activities",
        "h5p-libraries",
        "directives",
        "stories",
        "campaigns",
        "press-office",
        "people-and-units",
        "images",
        "documents",
        "reports",
        "settings",
    },
}


@pytest.mark.parametrize("username", DESK)
def test_the_menu_holds_ones_own_work_and_nothing_else(desk, username):
    menu = menu_of(desk(username))
    frame = {"account", "logout", "help", "search"}
    assert set(menu) - frame == WORK[username]
    below = {name for names in menu.values() for name in names}
    assert "users" not in below and "groups" not in below


def test_administrators_find_people_and_units_together(desk):
    entries = menu_of(desk("an"))["people-and-units"]
    assert entries == [
        "people",
        "units",
        "log",
        "data-requests",
        "holidays",
        "reminders",
        "grade-bands",
        "api-tokens",
        "webhooks",
    ]


@pytest.mark.parametrize("username", DESK)
def test_every_entry_of_the_menu_opens(desk, username):
    browser = desk(username)
    page = browser.get(reverse("wagtailadmin_home")).content.decode()
    data = re.search(r'<script id="wagtail-sidebar-props"[^>]*>(.*?)</script>', page, re.DOTALL).group(1)
    addresses = {found for found in re.findall(r'"url": "(/quan-tri/[^"]*)"', data) if "logout" not in found}
    assert len(addresses) > 6
    for address in addresses:
        response = browser.get(address, follow=True)
        assert response.status_code == 200, address
        assert "do not have permission" not in response.content.decode(), address


@pytest.mark.parametrize("username", DESK)
def test_the_desk_bears_the_sites_name_and_leads_nowhere_else(desk, settings, username):
    page = desk(username).get(reverse("wagtailadmin_home")).content.decode()
    assert f"- {settings.SITE_NAME}</title>" in page
    assert f'<span class="desk-brand">{settings.SITE_NAME}</span>' in page
    assert "home/desk.css" in page and "shared/img/lotus.svg" in page
    outside = set(re.findall(r'(?:href|src)="(https?://[^"]*)"', page))
    assert outside <= {"https://www.enable-javascript.com/"}  # only shown where JavaScript is off
    assert "wagtail.org" not in page


def test_nobody_else_sees_the_desk(cast):
    for username in set(cast) - set(DESK):
        browser = Client()
        browser.force_login(cast[username], backend=BACKEND)
        for name in ("wagtailadmin_home", "desk_stories", "desk_campaigns", "desk_courses"):
            assert browser.get(reverse(name)).status_code == 403, (username, name)


def test_visitors_sign_in_at_the_sites_own_door(cast):
    response = Client().get(reverse("wagtailadmin_home"))
    assert response.url == "/tai-khoan/login/?next=/quan-tri/"
    browser = Client()
    browser.force_login(cast["tam"], backend=BACKEND)
    assert browser.post(reverse("wagtailadmin_logout")).url == "/tai-khoan/login/"
    assert browser.get(reverse("wagtailadmin_home")).status_code == 302


def test_the_desk_is_vietnamese_unless_the_reader_chose_otherwise(desk):
    browser = desk("tam")
    assert '<html lang="en"' in browser.get(reverse("wagtailadmin_home")).content.decode()
    del browser.cookies["language"]
    assert '<html lang="vi"' in browser.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize(
    ("username", "name", "model", "opens"),
    [
        ("thao", "desk_stories", StoryIndexPage, True),
        ("thao", "desk_campaigns", CampaignIndexPage, True),
        ("tam", "desk_courses", CourseIndexPage, True),
        ("an", "desk_stories", StoryIndexPage, True),
        ("an", "desk_courses", CourseIndexPage, True),
    ],
)
def test_the_entries_of_a_work_open_where_its_pages_stand(desk, username, name, model, opens):
    response = desk(username).get(reverse(name))
    assert response.url == reverse("wagtailadmin_explore", args=[model.objects.get().pk])
    assert desk(username).get(response.url).status_code == 200


@pytest.mark.parametrize(("username", "model"), [("tam", StoryIndexPage), ("thao", CourseIndexPage)])
def test_nothing_is_added_below_other_peoples_pages(desk, username, model):
    browser, index = desk(username), model.objects.get()
    address = reverse("wagtailadmin_pages:add_subpage", args=[index.pk])
    explorer = browser.get(reverse("wagtailadmin_explore", args=[index.pk]), follow=True)
    assert explorer.status_code == 200 and address not in explorer.content.decode()
    assert browser.get(address).url == reverse("wagtailadmin_home")


# --- What the site is built around -----------------------------------------------------------------------


@pytest.mark.parametrize("model", [HomePage, CourseIndexPage, StoryIndexPage, CampaignIndexPage])
def test_nobody_deletes_what_the_site_is_built_around(desk, model):
    page = model.objects.get()
    owners = {CourseIndexPage: ["tam", "an"], HomePage: ["an"]}.get(model, ["thao", "an"])
    for username in owners:
        browser, address = desk(username), reverse("wagtailadmin_pages:delete", args=[page.pk])
        assert "The site is built around" in browser.get(address).content.decode()
        assert browser.post(address).status_code == 409
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        assert browser.post(f"{bulk}?id={page.pk}").status_code == 409
    assert model.objects.exists()


def test_administrators_write_and_delete_standard_pages(desk):
    an, home = desk("an"), HomePage.objects.get()
    data = {"title": "Hỏi đáp", "slug": "hoi-dap", "introduction": "", "body": "null", "comments-TOTAL_FORMS": "0"}
    data |= {"comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "1000"}
    response = an.post(reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk]), data)
    page = StandardPage.objects.get(slug="hoi-dap")
    assert response.status_code == 302
    an.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not StandardPage.objects.filter(slug="hoi-dap").exists()


# --- Workflows -------------------------------------------------------------------------------------------


def test_the_workflows_stand_where_pages_are_written(stage, db):
    assert CourseIndexPage.objects.get().get_workflow().name == "Duyệt khóa học"
    for model in (StoryIndexPage, CampaignIndexPage):
        assert model.objects.get().get_workflow().name == "Duyệt tin bài"
    assert HomePage.objects.get().get_workflow() is None
    for task in GroupApprovalTask.objects.filter(active=True):
        assert [group.name for group in task.groups.all()] == ["Administrators"], task.name


def test_setting_up_again_changes_nothing(stage, db):
    def count():
        return [model.objects.count() for model in (Workflow, GroupApprovalTask, WorkflowPage, Page, Revision)]

    before = count()
    set_up_site()
    assert count() == before


def test_a_workflow_an_administrator_chose_is_kept(stage, db):
    own = Workflow.objects.create(name="Duyệt hai bước")
    WorkflowPage.objects.filter(page=CourseIndexPage.objects.get()).update(workflow=own)
    set_up_site()
    assert CourseIndexPage.objects.get().get_workflow() == own


# --- Files and snippets in use ---------------------------------------------------------------------------


@pytest.fixture
def document(stage, db):
    return get_document_model().objects.create(title="Lời kể", file=ContentFile(b"noi dung", name="loi-ke.pdf"))


@pytest.fixture
def exemplar(stage, db) -> Exemplar:
    return Exemplar.objects.create(display_name="Lường Thị Dịu", unit_name="UBND xã Khe Mây")


@pytest.fixture
def consent(exemplar):
    return record_consent(
        exemplar,
        actor=None,
        given_by=exemplar.display_name,
        scopes=list(ConsentScope),
        channels=list(Channel),
        text_shown="Tôi đồng ý.",
        text_version="thử",
        obtained_how=ConsentMeans.PAPER,
        obtained_on=timezone.localdate(),
    )


@pytest.fixture
def story(exemplar, document) -> StoryPage:
    """A draft that links to the document."""
    file = BytesIO()
    Image.new("RGB", (120, 80), "#1D3B66").save(file, "JPEG")
    drawing = Photograph(
        title="Tranh",
        alt_text="Ghế",
        credit="Tranh: Tổ báo chí",
        file=ContentFile(file.getvalue(), name="tranh.jpg"),
    )
    drawing._set_image_file_metadata()
    drawing.save()
    link = f'<p><a linktype="document" id="{document.pk}">Lời kể</a></p>'
    page = StoryPage(title="Chiếc ghế", standfirst="Một thói quen nhỏ.", body=[("text", link)], live=False)
    page.main_photograph = drawing
    page.people = [StoryPerson(exemplar=exemplar, named=True, pictured=False)]
    StoryIndexPage.objects.get().add_child(instance=page)
    page.save_revision()
    return page


def is_given(document) -> bool:
    response = Client().get(document.url)
    assert response.status_code in {200, 302}
    return response.status_code == 200


def test_a_storys_document_is_public_as_long_as_the_story_is(story, document, consent):
    assert not is_given(document)
    story.get_latest_revision().publish()
    assert is_given(document)
    StoryPage.objects.get(pk=story.pk).unpublish()
    assert not is_given(document)


def test_a_document_of_a_standard_page_is_public_only_when_marked_so(document, stage):
    page = StandardPage.objects.first()
    page.body = f'<p><a linktype="document" id="{document.pk}">Tệp</a></p>'
    page.save_revision().publish()
    assert not is_given(document)
    document.is_public = True
    document.save()
    assert is_given(document)


def test_an_exemplar_in_use_is_explained_and_not_deleted(desk, exemplar, consent):
    thao = desk("thao")
    addresses = [
        reverse(Exemplar.snippet_viewset.get_url_name("delete"), args=[exemplar.pk]),
        reverse("wagtail_bulk_action", args=["media", "exemplar", "delete"]) + f"?id={exemplar.pk}",
    ]
    for address in addresses:
        page = thao.get(address)
        assert page.status_code == 200 and "Cannot be deleted" in page.content.decode()
        assert thao.post(address).status_code == 409
    assert Exemplar.objects.filter(pk=exemplar.pk).exists()


def test_an_exemplar_nothing_depends_on_can_be_deleted(desk, exemplar):
    address = reverse(Exemplar.snippet_viewset.get_url_name("delete"), args=[exemplar.pk])
    assert desk("thao").post(address).status_code == 302
    assert not Exemplar.objects.filter(pk=exemplar.pk).exists()


def test_a_photograph_of_a_story_is_explained_and_not_deleted(desk, story, consent):
    photograph = story.main_photograph
    story.get_latest_revision().publish()
    address = reverse("wagtailimages:delete", args=[photograph.pk])
    for browser in (desk("thao"), desk("an")):
        assert "Cannot be deleted" in browser.get(address).content.decode()
        assert browser.post(address).status_code == 409
    StoryPage.objects.get(pk=story.pk).unpublish()  # the story itself still needs it
    assert desk("thao").post(address).status_code == 409
    assert Photograph.objects.filter(pk=photograph.pk).exists()
