"""Going live and coming down: the guard of every road to publication, and what follows a story's end."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Revision

from media import queries
from media.domain.consent import MissingConsent, missing_for
from media.models import Exemplar, Photograph, Rendition, ShareCard, StoryPage, StoryPhotograph
from media.models.photograph import new_public_token
from people.domain import audit
from shared.domain import outbox
from shared.errors import DomainError


class PublicationRefused(DomainError):
    """A story may not be live: somebody in it has not consented, or nobody is listed at all."""

    def __init__(self, story: StoryPage, missing: list[MissingConsent]):
        self.story, self.missing = story, missing
        super().__init__(_explanation(story, missing))


def _explanation(story: StoryPage, missing: list[MissingConsent]) -> str:
    if not missing:
        return _(
            "“%(title)s” was not published: nobody is listed in it. List everybody who is named or pictured "
            "under “People in the story and their consent”, then publish again."
        ) % {"title": story.title}
    return _(
        "“%(title)s” was not published: consent is missing from %(people)s. Record it under Press office, "
        "Consents, or take them out of the story and its pictures, then publish again."
    ) % {"title": story.title, "people": "; ".join(str(lack) for lack in missing)}


def require_consent(story: StoryPage, day=None) -> None:
    """Raises PublicationRefused unless everybody in this version of the story consents on `day` (today)."""
    missing = missing_for(story, day or timezone.localdate())
    if missing or not story.people.all():
        raise PublicationRefused(story, missing)


def appointment_day(story: StoryPage):
    """The day on which publishing this version would show it: today, or the day set for going live."""
    now = timezone.now()
    go_live = story.go_live_at
    return timezone.localdate(go_live) if go_live and go_live > now else timezone.localdate(now)


def cancel_if_refused(revision: Revision, actor=None) -> bool:
    """Cancels the revision's appointment if consent is missing; it stays a draft. Returns whether it did."""
    story = revision.as_object()
    try:
        require_consent(story, appointment_day(story))
    except PublicationRefused as refusal:
        with transaction.atomic():
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            lacking = [lack.exemplar.pk for lack in refusal.missing]
            audit.record(actor, "story.appointment_cancelled", story, revision=revision.pk, exemplars=lacking)
        return True
    return False


def cancel_refused_appointments(actor=None) -> int:
    """Cancels every appointment of a story that lacks consent. Returns how many."""
    waiting = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(StoryPage), approved_go_live_at__isnull=False
    )
    return sum(cancel_if_refused(revision, actor) for revision in waiting)


@transaction.atomic
def take_down_uncleared(actor=None, *, showing: Exemplar | None = None) -> list[StoryPage]:
    """Unpublishes the live stories that lack consent today, or only those of them `showing` an exemplar.

    Their pictures and cards follow the commit.
    """
    stories = queries.withheld_stories(timezone.localdate())
    if showing:
        stories = stories.filter(pk__in=queries.stories_showing(showing).values("pk"))
    stories = list(stories)
    for story in stories:
        # Whoever withdraws a consent need not be allowed to edit pages: the rule unpublishes, not the person.
        UnpublishPageAction(story, user=actor).execute(skip_permission_checks=True)
        audit.record(actor, "story.taken_down", story, reason="consent missing")
    return stories


def note_photographs(story: StoryPage) -> None:
    """Keeps StoryPhotograph in step with what the stored version of the story shows."""
    shown = set(Photograph.objects.filter(pk__in=story.photograph_ids()).values_list("pk", flat=True))
    noted = set(StoryPhotograph.objects.filter(story=story).values_list("photograph", flat=True))
    if noted - shown:
        StoryPhotograph.objects.filter(story=story, photograph__in=noted - shown).delete()
    StoryPhotograph.objects.bulk_create(
        StoryPhotograph(story_id=story.pk, photograph_id=pk) for pk in sorted(shown - noted)
    )


def follow_unpublication(story_id: int) -> None:
    """Has a story's public files deleted right after the commit, and again by the outbox should that fail."""
    outbox.enqueue("media.clean_up_story", story_id)
    transaction.on_commit(lambda: clean_up_story(story_id), robust=True)


def clean_up_story(story_id: int) -> None:
    """Deletes the share card and the public pictures of a story that is not live. May run twice."""
    if queries.cleared_on(timezone.localdate()).filter(pk=story_id, live=True).exists():
        return
    delete_share_card(story_id)
    for photograph in Photograph.objects.filter(used_in_stories__story=story_id):
        purge_photograph(photograph)


def delete_share_card(story_id: int) -> None:
    """Deletes the card and its public file, if any. The row goes last: a failure leaves it to be retried."""
    for card in ShareCard.objects.filter(story=story_id):
        card.file.storage.delete(card.file.name)
        card.delete()


def purge_photographs_of(exemplar: Exemplar) -> None:
    """Has the public copies of every picture of the exemplar deleted, in stories and anywhere else."""
    photograph_ids = list(exemplar.depictions.values_list("photograph", flat=True))
    for photograph_id in photograph_ids:
        outbox.enqueue("media.purge_photograph", photograph_id)
    transaction.on_commit(lambda: _purge_all(photograph_ids), robust=True)


def _purge_all(photograph_ids: list[int]) -> None:
    for photograph_id in photograph_ids:
        purge_photograph_by_id(photograph_id)


def purge_photograph_by_id(photograph_id: int) -> None:
    for photograph in Photograph.objects.filter(pk=photograph_id):
        purge_photograph(photograph)


def purge_photograph(photograph: Photograph) -> None:
    """Deletes all public copies and changes the public address, so that a copy made later has another one."""
    renditions = list(Rendition.objects.filter(image=photograph))
    if not renditions:
        return
    Photograph.objects.filter(pk=photograph.pk).update(public_token=new_public_token())
    for rendition in renditions:
        rendition.file.storage.delete(rendition.file.name)
        rendition.delete()


def sweep_share_cards() -> int:
    """Cleans up after stories that are down but still have a card, whatever interrupted that."""
    left_over = list(ShareCard.objects.filter(story__live=False).values_list("story", flat=True))
    for story_id in left_over:
        outbox.enqueue("media.clean_up_story", story_id)
    return len(left_over)
