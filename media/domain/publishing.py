"""Going live and coming down: the guard of every road to publication, and what follows a story's end."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Revision

from media import queries, rules
from media.domain import kept_pages, public_files
from media.domain.consent import MissingConsent, missing_for
from media.models import Exemplar, Photograph, PressKit, ShareCard, StoryPage, StoryPhotograph, StoryRemoval
from notices.domain.sending import notify
from notices.enums import NoticeKind
from people.domain import audit
from shared.domain import outbox
from shared.errors import DomainError


class PublicationRefused(DomainError):
    """A story may not be live: somebody in it has not consented, a picture's rights are over, or nobody is listed."""

    def __init__(self, story: StoryPage, missing: list[MissingConsent], unlicensed: list[Photograph] = ()):
        self.story, self.missing, self.unlicensed = story, missing, list(unlicensed)
        super().__init__(_explanation(story, missing, self.unlicensed))

    @property
    def reasons(self) -> list[str]:
        """Each thing that is missing, in a few words."""
        lacking = [str(lack) for lack in self.missing]
        over = [_("%(picture)s: its rights are over") % {"picture": one.title} for one in self.unlicensed]
        return lacking + over or [_("nobody is listed in it")]


def _explanation(story: StoryPage, missing: list[MissingConsent], unlicensed: list[Photograph]) -> str:
    if unlicensed and not missing:
        return _(
            "“%(title)s” was not published: the rights of these pictures are over: %(pictures)s. Choose other "
            "pictures, or enter what has been agreed, then publish again."
        ) % {"title": story.title, "pictures": ", ".join(one.title for one in unlicensed)}
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
    day = day or timezone.localdate()
    missing = missing_for(story, day)
    unlicensed = list(Photograph.objects.filter(pk__in=story.photograph_ids(), rights_until__lt=day))
    if missing or unlicensed or not story.people.all():
        raise PublicationRefused(story, missing, unlicensed)


class ApprovalNeeded(DomainError):
    """A published story would show other pictures, and nobody who approves stories has agreed."""

    def __init__(self, story: StoryPage):
        self.story = story
        super().__init__(
            _(
                "“%(title)s” is public and its pictures changed. Hand it in for approval (“Submit to …” among the "
                "buttons below); the new pictures are published once it is approved."
            )
            % {"title": story.title}
        )


def require_approved_pictures(story: StoryPage, actor) -> None:
    """Raises ApprovalNeeded if this version of a published story shows pictures the public one does not, unless
    `actor` approves stories themselves. The public version is what the story's own row holds."""
    public = StoryPage.objects.filter(pk=story.pk, live=True).first()
    if public and story.photograph_ids() - public.photograph_ids() and not rules.can_approve(actor, public):
        raise ApprovalNeeded(story)


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
            _tell_the_author(story, revision, refusal)
        return True
    return False


def _tell_the_author(story: StoryPage, revision: Revision, refusal: PublicationRefused) -> None:
    """Who appointed it and who wrote it learn why it does not go live."""
    reasons = "; ".join(refusal.reasons)
    for person_id in {revision.user_id, story.owner_id} - {None}:
        notify(
            person_id,
            NoticeKind.STORY_REFUSED,
            subject=f"{story.title}: {reasons}"[:255],
            path=reverse("wagtailadmin_pages:edit", args=[story.pk]),
            key=f"story-refused-{revision.pk}-{timezone.now():%Y%m%d%H%M}",
        )


def cancel_refused_appointments(actor=None) -> int:
    """Cancels every appointment of a story that lacks consent. Returns how many."""
    waiting = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(StoryPage), approved_go_live_at__isnull=False
    )
    return sum(cancel_if_refused(revision, actor) for revision in waiting)


@transaction.atomic
def take_down_uncleared(actor=None, *, showing: Exemplar | None = None, reason: str = "") -> list[StoryPage]:
    """Unpublishes the live stories that may not be shown today, or only those of them `showing` an exemplar.

    Their pictures, cards and kits follow the commit. Each removal is noted with its internal reason.
    """
    stories = queries.withheld_stories(timezone.localdate())
    if showing:
        stories = stories.filter(pk__in=queries.stories_showing(showing).values("pk"))
    stories = list(stories)
    kept_pages.move_stamp()
    for story in stories:
        # Whoever withdraws a consent need not be allowed to edit pages: the rule unpublishes, not the person.
        _unpublish(story, actor, reason or _("Consent is missing."))
        audit.record(actor, "story.taken_down", story, reason="annulled" if reason else "consent missing")
    return stories


@transaction.atomic
def remove_story(story: StoryPage, *, actor, reason: str) -> None:
    """“Gỡ bài” by the press office: the page says that it was removed and when, the reason stays inside."""
    if not reason.strip():
        raise DomainError(_("Give the internal reason; readers never see it."))
    _unpublish(story, actor, reason)
    audit.record(actor, "story.removed", story)


def _unpublish(story: StoryPage, actor, reason: str) -> None:
    StoryRemoval.objects.create(story=story, removed_by=actor, reason=reason)
    UnpublishPageAction(story, user=actor).execute(skip_permission_checks=True)


def note_removal(story: StoryPage) -> None:
    """Whatever took a public story down, its address says since when it is gone."""
    since = story.last_published_at
    if since and not StoryRemoval.objects.filter(story=story, removed_at__gte=since).exists():
        StoryRemoval.objects.create(story_id=story.pk, reason=_("Unpublished on the editing desk."))


def note_photographs(story: StoryPage) -> None:
    """Keeps StoryPhotograph in step with what the stored version of the story shows."""
    shown = set(Photograph.objects.filter(pk__in=story.photograph_ids()).values_list("pk", flat=True))
    noted = set(StoryPhotograph.objects.filter(story=story).values_list("photograph", flat=True))
    if noted - shown:
        StoryPhotograph.objects.filter(story=story, photograph__in=noted - shown).delete()
    StoryPhotograph.objects.bulk_create(
        StoryPhotograph(story_id=story.pk, photograph_id=pk) for pk in sorted(shown - noted)
    )


@transaction.atomic
def retire_public_files(story_id: int) -> None:
    """A story that is not live loses card, kit and pictures: refused from the commit on, deleted right after.

    Pictures that another public story shows stay. May run twice.
    """
    if queries.cleared_on(timezone.localdate()).filter(pk=story_id, live=True).exists():
        return
    for model in (ShareCard, PressKit):
        held = model.objects.filter(story=story_id)
        names = list(held.values_list("file", flat=True))
        held._raw_delete(held.db)
        public_files.retire(names)
    elsewhere = StoryPhotograph.objects.filter(story__in=queries.stories_for(None).values("pk"))
    used = StoryPhotograph.objects.filter(story=story_id).exclude(photograph__in=elsewhere.values("photograph"))
    for photograph_id in used.values_list("photograph", flat=True):
        public_files.retire_photograph(photograph_id)


def purge_photographs_of(exemplar: Exemplar) -> None:
    """The public copies of every picture of the exemplar go, in stories and anywhere else."""
    for photograph_id in exemplar.depictions.filter(blurred=False).values_list("photograph", flat=True):
        public_files.retire_photograph(photograph_id)


def make_what_is_missing() -> int:
    """Stories readers may see now that have no card yet, as after an embargo: their files are made."""
    without = queries.stories_for(None).filter(share_card__isnull=True).values_list("pk", flat=True)[:50]
    for story_id in list(without):
        for kind in ("media.prepare_pictures", "media.share_card", "media.press_kit"):
            outbox.enqueue(kind, story_id)
    return len(without)


def sweep_public_files() -> int:
    """Cleans up after stories that are down but still have a card or a kit, whatever interrupted that."""
    left_over = set()
    for model in (ShareCard, PressKit):
        left_over |= set(model.objects.filter(story__live=False).values_list("story", flat=True))
    for story_id in left_over:
        retire_public_files(story_id)
    return len(left_over)
