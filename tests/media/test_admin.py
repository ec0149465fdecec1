"""The press office at its desk: refusals are messages, never error pages, and nothing is half-done."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Revision, Workflow, WorkflowPage, WorkflowTask
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from media.models import Consent, Exemplar, Photograph, StoryIndexPage, StoryPage
from people.models import AuditEntry, Person
from tests.media.conftest import picture_bytes

pytestmark = pytest.mark.django_db
EXPLAINED = {200, 409}  # a page in words, whichever room explains the deletion
REFUSAL_MIDDLEWARE = "media.middleware.RefusalMiddleware"


@pytest.fixture(autouse=True)
def _refusals_are_explained(settings):
    if REFUSAL_MIDDLEWARE not in django_settings.MIDDLEWARE:
        settings.MIDDLEWARE = [*django_settings.MIDDLEWARE, REFUSAL_MIDDLEWARE]


@pytest.fixture
def press(signed_in, site):
    return signed_in("thao")


@pytest.fixture
def administrator(client, cast, site):
    person = Person.objects.create_superuser("quan-tri-thu", "Chu Thử", "mật khẩu chỉ để thử")
    client.force_login(person, backend="people.sign_in.backend.OneFieldBackend")
    return client


def story_form(story, people=None, **extra) -> dict:
    """What the editor's form sends for a story as it stands, plus the button pressed."""
    listed = list(story.people.all()) if people is None else people
    rows = [
        {
            "id": person.pk or "",
            "exemplar": person.exemplar_id,
            "named": person.named,
            "pictured": person.pictured,
            "portrait": person.portrait_id or "",
            "ORDER": number,
        }
        for number, person in enumerate(listed, start=1)
    ]
    for row in rows:  # an unticked box is not sent at all
        for box in ("named", "pictured"):
            if not row[box]:
                del row[box]
    return nested_form_data(
        {
            "title": story.title,
            "slug": story.slug or "truyen-moi",
            "standfirst": story.standfirst,
            "main_photograph": story.main_photograph_id,
            "body": streamfield([("text", rich_text("<p>Một câu chuyện.</p>"))]),
            "people": inline_formset(rows, initial=sum(1 for person in listed if person.pk)),
            "notices_to_readers": inline_formset([]),
            "comments": inline_formset([]),
            **extra,
        }
    )


def messages_of(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def is_live(story) -> bool:
    return StoryPage.objects.get(pk=story.pk).live


def edit_url(story) -> str:
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def test_the_publish_button_explains_what_is_missing_and_keeps_the_draft(press, draft_story, make_exemplar):
    story = draft_story((make_exemplar(), True, True))
    form = story_form(story) | {"title": "Chiếc ghế gỗ", "action-publish": "1"}

    response = press.post(edit_url(story), form, follow=True)

    assert response.status_code == 200
    assert "Lường Thị Dịu" in messages_of(response)
    assert not is_live(story)
    assert StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object().title == "Chiếc ghế gỗ"


def test_the_publish_button_publishes_with_consent(press, draft_story, make_exemplar, consent_to):
    exemplar = make_exemplar()
    consent_to(exemplar)
    story = draft_story((exemplar, True, True))

    response = press.post(edit_url(story), story_form(story) | {"action-publish": "1"}, follow=True)

    assert response.status_code == 200
    assert is_live(story)


@pytest.mark.parametrize("consenting", [True, False])
def test_a_new_story_published_straight_away(
    consenting, press, stories_index, make_exemplar, make_photograph, consent_to
):
    from media.models import StoryPerson

    exemplar = make_exemplar()
    if consenting:
        consent_to(exemplar)
    story = StoryPage(title="Truyện mới", standfirst="Mới.", main_photograph=make_photograph())
    people = [StoryPerson(exemplar=exemplar, named=True, pictured=True)]
    address = reverse("wagtailadmin_pages:add", args=["media", "storypage", stories_index.pk])

    response = press.post(address, story_form(story, people) | {"action-publish": "1"}, follow=True)

    assert response.status_code == 200
    assert StoryPage.objects.get(title="Truyện mới").live is consenting
    assert ("Lường Thị Dịu" in messages_of(response)) is not consenting


@pytest.mark.parametrize("days_of_consent", [1, 30])
def test_scheduling_asks_for_consent_on_the_day(days_of_consent, press, draft_story, make_exemplar, consent_to):
    exemplar = make_exemplar()
    consent_to(exemplar, expires_on=timezone.localdate() + timedelta(days=days_of_consent))
    story = draft_story((exemplar, True, True))
    next_week = timezone.localtime() + timedelta(days=7)
    form = story_form(story, go_live_at=next_week.strftime("%Y-%m-%d %H:%M"))

    response = press.post(edit_url(story), form | {"action-publish": "1"}, follow=True)

    assert response.status_code == 200
    scheduled = Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert scheduled is (days_of_consent == 30)


def test_people_who_are_neither_named_nor_pictured_are_refused_by_the_form(press, draft_story, make_exemplar):
    from media.models import StoryPerson

    story = draft_story()
    people = [StoryPerson(exemplar=make_exemplar(), named=False, pictured=False)]

    response = press.post(edit_url(story), story_form(story, people) | {"action-publish": "1"})

    assert response.status_code == 200
    assert not is_live(story)
    assert StoryPage.objects.get(pk=story.pk).people.count() == 0


@pytest.fixture
def workflow(site):
    approval = GroupApprovalTask.objects.create(name="Duyệt")
    from django.contrib.auth.models import Group

    approval.groups.set([Group.objects.get(name="Press office")])
    workflow = Workflow.objects.create(name="Duyệt bài")
    WorkflowTask.objects.create(workflow=workflow, task=approval, sort_order=1)
    WorkflowPage.objects.update_or_create(page=StoryIndexPage.objects.get(), defaults={"workflow": workflow})
    return workflow


@pytest.mark.parametrize("road", ["form", "dialog"])
@pytest.mark.parametrize("consenting", [True, False])
def test_approval_in_a_workflow(road, consenting, press, cast, workflow, draft_story, make_exemplar, consent_to):
    exemplar = make_exemplar()
    if consenting:
        consent_to(exemplar)
    story = draft_story((exemplar, True, True))
    state = workflow.start(story, cast["thao"])

    if road == "form":
        form = story_form(story) | {"action-workflow-action": "1", "workflow-action-name": "approve"}
        response = press.post(edit_url(story), form, follow=True)
    else:
        address = reverse(
            "wagtailadmin_pages:workflow_action",
            args=[story.pk, "approve", state.current_task_state.pk],
        )
        response = press.post(address, {"comment": ""}, follow=True)

    assert response.status_code == 200
    assert is_live(story) is consenting
    state.refresh_from_db()
    assert state.status == ("approved" if consenting else "in_progress")
    if not consenting:
        assert "Lường Thị Dịu" in messages_of(response)


def test_the_approval_dialog_gets_an_answer_it_understands(press, cast, workflow, draft_story, make_exemplar):
    story = draft_story((make_exemplar(), True, True))
    state = workflow.start(story, cast["thao"])
    address = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", state.current_task_state.pk])

    response = press.post(address, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})

    assert response.json() == {"step": "success", "redirect": edit_url(story)}
    assert not is_live(story)


def test_publishing_many_at_once_is_all_or_nothing(press, draft_story, make_exemplar, consent_to):
    ready, waiting = make_exemplar(), make_exemplar("Giàng A Tủa")
    consent_to(ready)
    stories = [
        draft_story((ready, True, True), title="Một"),
        draft_story((waiting, True, True), title="Hai"),
    ]
    ids = "&".join(f"id={story.pk}" for story in stories)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = press.post(f"{address}?next=/quan-tri/&{ids}", {}, follow=True)

    assert response.status_code == 200
    assert "Giàng A Tủa" in messages_of(response)
    assert not any(is_live(story) for story in stories)


def test_copying_and_publishing_the_copy(press, published_story, stories_index):
    """A lapsed story that is still live cannot be multiplied."""
    story = published_story()
    Consent.objects.update(
        obtained_on=timezone.localdate() - timedelta(days=9),
        expires_on=timezone.localdate() - timedelta(days=1),
    )
    form = {
        "new_title": "Bản sao",
        "new_slug": "ban-sao",
        "new_parent_page": stories_index.pk,
        "publish_copies": "1",
    }

    response = press.post(reverse("wagtailadmin_pages:copy", args=[story.pk]), form, follow=True)

    assert response.status_code == 200
    assert not StoryPage.objects.filter(slug="ban-sao").exists()


def test_the_editor_shows_whose_consent_is_missing(press, draft_story, make_exemplar, consent_to):
    exemplar = make_exemplar()
    story = draft_story((exemplar, True, True))
    record = f"{reverse('consents:add')}?exemplar={exemplar.pk}"

    assert record in press.get(edit_url(story)).content.decode()
    consent_to(exemplar)
    assert record not in press.get(edit_url(story)).content.decode()


# --- Deleting ------------------------------------------------------------------------------------------


def test_an_exemplar_with_consents_is_not_deleted(press, make_exemplar, consent_to):
    exemplar = make_exemplar()
    consent_to(exemplar)
    for address in (
        reverse("wagtailsnippets_media_exemplar:delete", args=[exemplar.pk]),
        reverse("wagtail_bulk_action", args=["media", "exemplar", "delete"]) + f"?id={exemplar.pk}",
    ):
        assert press.get(address).status_code == 200
        assert press.post(address, follow=True).status_code in EXPLAINED
    assert Exemplar.objects.filter(pk=exemplar.pk).exists()


def test_an_exemplar_tagged_in_a_picture_is_not_deleted(press, make_exemplar, make_photograph):
    exemplar = make_exemplar()
    make_photograph(depicted=[exemplar])

    address = reverse("wagtailsnippets_media_exemplar:delete", args=[exemplar.pk])
    response = press.post(address, follow=True)

    assert response.status_code in EXPLAINED
    assert Exemplar.objects.filter(pk=exemplar.pk).exists()


def test_an_exemplar_nobody_needs_is_deleted(press, make_exemplar):
    exemplar = make_exemplar()

    press.post(reverse("wagtailsnippets_media_exemplar:delete", args=[exemplar.pk]), follow=True)

    assert not Exemplar.objects.filter(pk=exemplar.pk).exists()


@pytest.mark.parametrize("place", ["main_photograph", "body_photograph", "portrait"])
def test_a_photograph_in_a_story_is_not_deleted(place, administrator, published_story, make_photograph):
    photograph = make_photograph("Cần giữ")
    published_story(**{place: photograph})

    response = administrator.post(reverse("wagtailimages:delete", args=[photograph.pk]), follow=True)

    assert response.status_code in EXPLAINED
    assert Photograph.objects.filter(pk=photograph.pk).exists()


def test_a_person_in_the_register_is_not_deleted(administrator, cast, make_exemplar):
    make_exemplar(person=cast["lan"])

    address = reverse("wagtailusers_users:delete", args=[cast["lan"].pk])
    response = administrator.post(address, follow=True)

    assert response.status_code in EXPLAINED
    assert Person.objects.filter(username="lan").exists()


# --- The register of consents ---------------------------------------------------------------------------


def consent_form(exemplar, **extra) -> dict:
    return {
        "exemplar": exemplar.pk,
        "given_by": "Lường Thị Dịu",
        "names": "on",
        "story": "on",
        "on_site": "on",
        "obtained_on": timezone.localdate().isoformat(),
        "text_version": "thử",
        "text_shown": "Tôi đồng ý.",
        **extra,
    }


def test_nothing_is_ticked_beforehand(press, make_exemplar):
    response = press.get(f"{reverse('consents:add')}?exemplar={make_exemplar().pk}")

    assert response.status_code == 200
    assert "checked" not in response.content.decode().split("<main")[-1]


def test_recording_a_consent(press, cast, make_exemplar):
    exemplar = make_exemplar()
    paper = SimpleUploadedFile("giay.pdf", b"%PDF-1.4", content_type="application/pdf")

    response = press.post(reverse("consents:add"), consent_form(exemplar, evidence=paper), follow=True)

    assert response.status_code == 200
    consent = Consent.objects.get()
    assert [str(scope) for scope in consent.scopes] == ["names", "story"]
    assert [str(channel) for channel in consent.channels] == ["site"]
    assert consent.recorded_by == cast["thao"]
    assert AuditEntry.objects.filter(action="consent.recorded", actor=cast["thao"]).count() == 1
    assert press.get(reverse("consents:index")).status_code == 200
    record = press.get(reverse("consents:inspect", args=[consent.pk])).content.decode()
    assert "Lường Thị Dịu" in record
    assert ">None<" not in "".join(record.split())


@pytest.mark.parametrize(
    "change",
    [
        {"names": None, "story": None},
        {"on_site": None},
        {"obtained_on": "2999-01-01"},
        {"evidence": SimpleUploadedFile("giay.exe", b"MZ")},
    ],
)
def test_an_impossible_record_is_refused_by_the_form(change, press, make_exemplar):
    form = {key: value for key, value in consent_form(make_exemplar(), **change).items() if value is not None}

    response = press.post(reverse("consents:add"), form)

    assert response.status_code == 200
    assert not Consent.objects.exists()


def test_withdrawing_asks_first_and_then_takes_the_story_down(
    press, make_exemplar, consent_to, published_story, commit
):
    exemplar = make_exemplar()
    consent = consent_to(exemplar)
    with commit():
        story = published_story(exemplar)
    address = reverse("consents:withdraw", args=[consent.pk])

    page = press.get(address)
    assert story.title in page.content.decode()
    assert is_live(story)
    with commit():
        response = press.post(address, follow=True)

    assert response.status_code == 200
    assert not is_live(story)
    assert Consent.objects.get(pk=consent.pk).withdrawn_at
    assert press.post(address, follow=True).status_code == 200


def test_records_have_no_address_for_editing_or_deleting(administrator, make_exemplar, consent_to):
    consent = consent_to(make_exemplar())
    for name in ("edit", "delete", "copy"):
        with pytest.raises(NoReverseMatch):
            reverse(f"consents:{name}", args=[consent.pk])
    text = administrator.get(reverse("consents:index")).content.decode()
    assert f"/delete/{consent.pk}" not in text
    assert f"/edit/{consent.pk}" not in text


@pytest.mark.parametrize("username", ["lan", "hung", "tam", "quang", "mai", "son", "ha"])
def test_other_roles_do_not_see_the_register(username, signed_in, site, make_exemplar, consent_to):
    paper = SimpleUploadedFile("giay.pdf", b"%PDF-1.4 private")
    consent = consent_to(make_exemplar(), evidence=paper)
    client = signed_in(username)

    for name, arguments in (
        ("index", []),
        ("add", []),
        ("inspect", [consent.pk]),
        ("withdraw", [consent.pk]),
        ("evidence", [consent.pk]),
    ):
        response = client.get(reverse(f"consents:{name}", args=arguments))
        assert response.status_code in {302, 403, 404}, name
    client.post(reverse("consents:withdraw", args=[consent.pk]))
    assert Consent.objects.get(pk=consent.pk).withdrawn_at is None


def test_the_signed_paper_is_for_the_press_office_only(press, client, make_exemplar, consent_to):
    from django.core.files.storage import default_storage

    consent = consent_to(make_exemplar(), evidence=SimpleUploadedFile("giay.pdf", b"%PDF-1.4 private"))

    response = press.get(reverse("consents:evidence", args=[consent.pk]))

    assert b"".join(response.streaming_content) == b"%PDF-1.4 private"
    assert not default_storage.exists(consent.evidence.name)
    assert client.get(f"/tep/{consent.evidence.name}").status_code == 404


# --- Photographs and documents ----------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["alt_text", "credit"])
def test_a_photograph_needs_alternative_text_and_credit(missing, administrator):
    form = {"title": "Ảnh", "alt_text": "Một bức tranh", "credit": "Tranh: Thử", "collection": 1}
    form |= {"file": SimpleUploadedFile("anh.jpg", picture_bytes(), content_type="image/jpeg"), missing: ""}

    response = administrator.post(reverse("wagtailimages:add"), form)

    assert response.status_code == 200
    assert not Photograph.objects.exists()


def test_uploading_a_photograph_with_the_people_it_shows(administrator, make_exemplar):
    exemplar = make_exemplar()
    form = {
        "title": "Ảnh",
        "file": SimpleUploadedFile("anh.jpg", picture_bytes(), content_type="image/jpeg"),
        "alt_text": "Một bức tranh",
        "credit": "Tranh: Thử",
        "depicted": [exemplar.pk],
        "collection": 1,
    }

    response = administrator.post(reverse("wagtailimages:add"), form, follow=True)

    assert response.status_code == 200
    photograph = Photograph.objects.get()
    assert list(photograph.depicted.all()) == [exemplar]
    assert photograph.default_alt_text == "Một bức tranh"


def test_documents_are_private_unless_marked_public(client, signed_in, site):
    from django.core.files.base import ContentFile

    from media.models import Document

    private = Document.objects.create(title="Nội bộ", file=ContentFile(b"x", name="a.pdf"))
    public = Document.objects.create(title="Chung", file=ContentFile(b"x", name="b.pdf"), is_public=True)

    assert client.get(private.url).status_code == 302
    assert client.get(public.url).status_code == 200
    assert client.get(f"/tep/{private.file.name}").status_code == 404
    assert signed_in("lan").get(private.url).status_code == 200


def test_rich_text_of_a_story_is_kept(press, draft_story, make_exemplar):
    """Saving as a draft asks for no consent."""
    story = draft_story((make_exemplar(), True, True))

    response = press.post(edit_url(story), story_form(story) | {"title": "Nháp"}, follow=True)

    assert response.status_code == 200
    latest = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert latest.title == "Nháp"
    assert isinstance(latest.body[0].value, RichText)


@pytest.mark.parametrize(
    "address",
    [
        "wagtailsnippets_media_exemplar:list",
        "wagtailsnippets_media_exemplar:add",
        "consents:index",
        "consents:add",
        "wagtailadmin_home",
    ],
)
def test_the_press_desk_opens(address, press):
    assert press.get(reverse(address)).status_code == 200


def test_the_press_office_registers_an_exemplar(press):
    form = {"kind": "collective", "display_name": "Tổ  Đèn Sáng", "unit_name": "Xã Nà Sương", "status": "proposed"}

    response = press.post(reverse("wagtailsnippets_media_exemplar:add"), form, follow=True)

    assert response.status_code == 200
    assert Exemplar.objects.get().display_name == "Tổ Đèn Sáng"
