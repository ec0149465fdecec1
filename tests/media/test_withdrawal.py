"""A consent withdrawn takes the story, its pictures and its share card off the site at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db.models import ProtectedError
from django.utils import timezone

from media import tasks
from media.domain.consent import record_consent, withdraw_consent
from media.domain.public_files import delete_retired
from media.enums import Channel, ConsentMeans, ConsentScope
from media.models import Consent, Photograph, Rendition, ShareCard, StoryPage
from people.models import AuditEntry, Person
from shared.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db):
    return Person.objects.create_user("thao-thu", "Bế Phương Thử", "mật khẩu chỉ để thử")


def public_files() -> set[str]:
    names = {rendition.file.name for rendition in Rendition.objects.all()}
    return names | {card.file.name for card in ShareCard.objects.all()}


def test_everything_public_goes_at_once(make_exemplar, make_photograph, consent_to, published_story, commit, officer):
    exemplar = make_exemplar()
    consent = consent_to(exemplar)
    with commit():
        story = published_story(
            exemplar,
            main_photograph=make_photograph(depicted=[exemplar]),
            body_photograph=make_photograph("Trong bài", depicted=[exemplar]),
            portrait=make_photograph("Chân dung", depicted=[exemplar]),
        )
    files = public_files()
    assert len(files) > 10
    assert all(default_storage.exists(name) for name in files)

    with commit():
        stories = withdraw_consent(consent, actor=officer)

    assert stories == [story]
    assert not StoryPage.objects.get(pk=story.pk).live
    assert [name for name in files if default_storage.exists(name)] == []
    assert not Rendition.objects.exists()
    assert not ShareCard.objects.exists()


def test_old_addresses_of_pictures_never_work_again(
    make_exemplar, make_photograph, consent_to, published_story, commit
):
    """An editor's preview makes new public copies; their addresses are new as well."""
    exemplar = make_exemplar()
    consent = consent_to(exemplar)
    picture = make_photograph(depicted=[exemplar])
    with commit():
        published_story(exemplar, main_photograph=picture)
    old = {rendition.file.name for rendition in picture.renditions.all()}

    with commit():
        withdraw_consent(consent, actor=None)
    Photograph.objects.get(pk=picture.pk).get_renditions("width-480", "format-jpeg|width-480")

    assert old
    assert not any(default_storage.exists(name) for name in old)


def test_copies_of_the_picture_elsewhere_go_too(make_exemplar, make_photograph, consent_to, commit):
    """The picture may be a course's cover: no story is concerned, the likeness is."""
    exemplar = make_exemplar()
    consent = consent_to(exemplar)
    cover = make_photograph(depicted=[exemplar]).get_rendition("fill-560x280")

    with commit():
        withdraw_consent(consent, actor=None)

    assert not default_storage.exists(cover.file.name)


def test_the_original_is_never_public(make_photograph):
    photograph = make_photograph()

    assert not default_storage.exists(photograph.file.name)
    assert photograph.file.storage.exists(photograph.file.name)


def test_other_stories_stay(make_exemplar, make_photograph, consent_to, published_story, commit):
    leaving, staying = make_exemplar(), make_exemplar("Vàng Thị Sáo")
    consent = consent_to(leaving)
    consent_to(staying)
    with commit():
        gone = published_story(leaving)
        kept = published_story(staying, title="Truyện khác")
    card = ShareCard.objects.get(story=kept).file.name

    with commit():
        assert withdraw_consent(consent, actor=None) == [gone]

    assert StoryPage.objects.get(pk=kept.pk).live
    assert default_storage.exists(card)


def test_another_valid_consent_keeps_the_story(make_exemplar, consent_to, published_story, commit):
    exemplar = make_exemplar()
    consent = consent_to(exemplar)
    consent_to(exemplar)
    with commit():
        story = published_story(exemplar)

    with commit():
        assert withdraw_consent(consent, actor=None) == []

    assert StoryPage.objects.get(pk=story.pk).live


def test_withdrawal_is_one_transaction(make_exemplar, consent_to, published_story, commit, monkeypatch):
    """If anything fails nothing happened: the consent holds and the story is there."""
    exemplar = make_exemplar()
    consent = consent_to(exemplar)
    with commit():
        story = published_story(exemplar)
    monkeypatch.setattr("media.domain.consent.audit.record", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        withdraw_consent(consent, actor=None)

    assert Consent.objects.get(pk=consent.pk).withdrawn_at is None
    assert StoryPage.objects.get(pk=story.pk).live
    assert ShareCard.objects.filter(story=story).exists()


def test_withdrawing_twice_changes_nothing(make_exemplar, consent_to, officer):
    consent = consent_to(make_exemplar())
    withdraw_consent(consent, actor=officer)
    first = Consent.objects.get(pk=consent.pk).withdrawn_at
    entries = AuditEntry.objects.count()

    assert withdraw_consent(consent, actor=None) == []

    again = Consent.objects.get(pk=consent.pk)
    assert (again.withdrawn_at, again.withdrawn_by) == (first, officer)
    assert AuditEntry.objects.count() == entries


def test_recording_and_withdrawing_are_logged(make_exemplar, consent_to, published_story, commit, officer):
    exemplar = make_exemplar()
    consent = consent_to(exemplar, officer)
    with commit():
        story = published_story(exemplar)
    withdraw_consent(consent, actor=officer)

    logged = AuditEntry.objects.filter(subject_type="media.Consent", subject_id=str(consent.pk))
    assert [entry.action for entry in logged] == ["consent.withdrawn", "consent.recorded"]
    assert {entry.actor for entry in logged} == {officer}
    assert logged[0].details["stories"] == [story.pk]


def test_lapsed_stories_are_unpublished_by_the_sweep(make_exemplar, consent_to, published_story, commit):
    today = timezone.localdate()
    exemplar = make_exemplar()
    consent_to(exemplar, expires_on=today)
    with commit():
        story = published_story(exemplar)
    files = public_files()
    Consent.objects.update(expires_on=today - timedelta(days=1))

    with commit():
        tasks.withdraw_lapsed_stories()

    assert not StoryPage.objects.get(pk=story.pk).live
    assert files
    assert not any(default_storage.exists(name) for name in files)
    entry = AuditEntry.objects.get(action="story.taken_down")
    assert entry.actor is None


def test_the_sweep_finishes_an_interrupted_clean_up(make_exemplar, published_story, commit):
    with commit():
        story = published_story()
    card = ShareCard.objects.get(story=story).file.name
    StoryPage.objects.filter(pk=story.pk).update(live=False)  # as if the process died right after

    with commit():
        tasks.withdraw_lapsed_stories()

    assert not default_storage.exists(card)


def test_a_failed_deletion_is_tried_again_by_the_outbox(
    make_exemplar, published_story, commit, monkeypatch, caplog, client
):
    from shared.models import OutboxEntry

    with commit():
        story = published_story()
    name = ShareCard.objects.get(story=story).file.name

    def fail(storage, name):
        raise OSError("disk")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.files.storage.FileSystemStorage.delete", fail)
        with commit():
            story.unpublish()
    assert OutboxEntry.objects.get(kind="media.delete_retired").done_at is None
    assert default_storage.exists(name)
    assert client.get(f"/tep/{name}").status_code == 410  # refused all the same

    delete_retired()
    assert not default_storage.exists(name)


def test_a_share_card_drawn_too_late_is_thrown_away(published_story, commit, monkeypatch):
    """The consent goes while the card is being drawn: no card may be left."""
    from media import share_card
    from media.domain.share_cards import make_share_card

    with commit():
        story = published_story()
    before = set(default_storage.listdir("share-cards")[1])

    def draw_slowly(**facts):
        with commit():
            story.unpublish()
        return b"jpeg"

    monkeypatch.setattr(share_card, "draw", draw_slowly)
    with commit():
        make_share_card(story.pk)

    assert not ShareCard.objects.filter(story=story).exists()
    assert not set(default_storage.listdir("share-cards")[1]) - before


def test_deleting_a_story_deletes_its_card(published_story, commit):
    with commit():
        story = published_story()
    name = ShareCard.objects.get(story=story).file.name

    with commit():
        story.delete()

    assert not default_storage.exists(name)


def test_publishing_again_makes_a_card_with_another_name(published_story, commit):
    with commit():
        story = published_story()
    first = ShareCard.objects.get(story=story).file.name

    with commit():
        story.get_latest_revision().publish()

    second = ShareCard.objects.get(story=story).file.name
    assert first != second
    assert not default_storage.exists(first)
    assert default_storage.exists(second)


def test_consent_records_are_neither_changed_nor_deleted(make_exemplar, consent_to):
    consent = consent_to(make_exemplar())
    consent.portrait = False

    for change in (consent.save, consent.delete, Consent.objects.all().delete):
        with pytest.raises(ValidationError):
            change()

    assert Consent.objects.get(pk=consent.pk).portrait
    with pytest.raises(ProtectedError):
        consent.exemplar.delete()


@pytest.mark.parametrize(
    "terms",
    [
        {"scopes": []},
        {"channels": []},
        {"text_shown": "  "},
        {"obtained_on": timezone.localdate() + timedelta(days=1)},
        {"expires_on": timezone.localdate() - timedelta(days=30)},
        {"obtained_how": ConsentMeans.SIGNED_IN},
    ],
)
def test_a_record_that_proves_nothing_is_refused(terms, make_exemplar, consent_to, officer):
    """Signing in proves only one's own consent, so an officer cannot record it for somebody else."""
    with pytest.raises(DomainError):
        consent_to(make_exemplar(), officer, **terms)

    assert not Consent.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_person_consents_by_signing_in(make_exemplar, officer):
    exemplar = make_exemplar(person=officer)

    consent = record_consent(
        exemplar,
        actor=officer,
        given_by=officer.full_name,
        scopes=[ConsentScope.NAMES],
        channels=[Channel.SITE],
        text_shown="Tôi đồng ý.",
        text_version="thử",
        obtained_how=ConsentMeans.SIGNED_IN,
        obtained_on=timezone.localdate(),
    )

    assert consent.scopes == [ConsentScope.NAMES]
    assert consent.channels == [Channel.SITE]
