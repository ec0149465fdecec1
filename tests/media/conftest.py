"""The press office of the tests: pictures drawn on the spot, exemplars, consents, stories."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.rich_text import RichText

from media.domain.consent import record_consent
from media.enums import Channel, ConsentMeans, ConsentScope, ExemplarKind
from media.models import Exemplar, Photograph, StoryIndexPage, StoryPage, StoryPerson


def picture_bytes(size=(900, 600), colour="#1D3B66", **options) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG", **options)
    return file.getvalue()


@pytest.fixture
def make_photograph(db):
    def make(title="Tranh", depicted=(), content=None, **fields) -> Photograph:
        facts = {"alt_text": "Một bức tranh", "credit": "Tranh: Tổ báo chí", "is_drawing": True} | fields
        file = ContentFile(content or picture_bytes(), name="tranh.jpg")
        photograph = Photograph(title=title, file=file, **facts)
        photograph._set_image_file_metadata()
        photograph.save()
        photograph.depicted.set(depicted)
        return photograph

    return make


@pytest.fixture
def make_exemplar(db):
    def make(name="Lường Thị Dịu", kind=ExemplarKind.PERSON, **fields) -> Exemplar:
        return Exemplar.objects.create(display_name=name, kind=kind, unit_name="UBND xã Khe Mây", **fields)

    return make


@pytest.fixture
def consent_to(db):
    """Records a consent, to everything unless told otherwise."""

    def consent(exemplar, actor=None, **terms):
        return record_consent(
            exemplar,
            actor=actor,
            **{
                "given_by": exemplar.display_name,
                "scopes": list(ConsentScope),
                "channels": list(Channel),
                "text_shown": "Tôi đồng ý.",
                "text_version": "thử",
                "obtained_how": ConsentMeans.PAPER,
                "obtained_on": timezone.localdate() - timedelta(days=3),
            }
            | terms,
        )

    return consent


@pytest.fixture
def stories_index(site) -> StoryIndexPage:
    return StoryIndexPage.objects.get()


@pytest.fixture
def draft_story(stories_index, make_photograph):
    """A function: a story as a draft, its people given as (exemplar, named, pictured)."""

    def draft(*people, title="Chiếc ghế", body_photograph=None, portrait=None, **fields) -> StoryPage:
        body = [("text", RichText("<p>Một câu chuyện ngắn về một ngày ở xã.</p>"))]
        if body_photograph:
            body.append(("photograph", {"photograph": body_photograph, "caption": ""}))
        if "main_photograph" not in fields:
            fields["main_photograph"] = make_photograph()
        story = StoryPage(title=title, standfirst="Một thói quen nhỏ.", body=body, live=False, **fields)
        story.people = [
            StoryPerson(exemplar=exemplar, named=named, pictured=pictured, portrait=portrait)
            for exemplar, named, pictured in people
        ]
        stories_index.add_child(instance=story)
        story.save_revision()
        return StoryPage.objects.get(pk=story.pk)

    return draft


@pytest.fixture
def published_story(draft_story, make_exemplar, consent_to):
    """A function: a live story about one consenting person."""

    def publish(exemplar=None, **fields) -> StoryPage:
        exemplar = exemplar or make_exemplar()
        if not exemplar.consents.exists():
            consent_to(exemplar)
        story = draft_story((exemplar, True, True), **fields)
        story.get_latest_revision().publish()
        return StoryPage.objects.get(pk=story.pk)

    return publish


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """A context whose on-commit work (public files made and deleted) really runs."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)
