"""Personal links to stories that are not public: made, opened, answered; signed, expiring, logged."""

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from media.enums import LinkAnswer, LinkPurpose
from media.models import StoryLink, StoryPage
from notices.domain.sending import notify
from notices.enums import NoticeKind
from people.domain import audit
from shared.domain import outbox
from shared.errors import DomainError

_SALT = "media.story_link"


@transaction.atomic
def make(story: StoryPage, *, actor, purpose: LinkPurpose, name: str, expires_at, role="", email="") -> StoryLink:
    """Makes a link for one person. Raises DomainError for a link that would not work."""
    if expires_at <= timezone.now():
        raise DomainError(_("The link would have expired already. Choose a later time."))
    link = StoryLink.objects.create(
        story=story, made_by=actor, purpose=purpose, name=name, role=role, email=email, expires_at=expires_at
    )
    audit.record(actor, "story_link.made", link, story=story.pk, purpose=str(purpose))
    if email:
        outbox.enqueue("media.mail_story_link", link.pk)
    return link


def note_opening(link: StoryLink) -> None:
    """The first opening is kept and logged."""
    with transaction.atomic():
        if StoryLink.objects.filter(pk=link.pk, opened_at__isnull=True).update(opened_at=timezone.now()):
            audit.record(None, "story_link.opened", link, story=link.story_id)


@transaction.atomic
def answer(link: StoryLink, given: LinkAnswer, comment: str) -> None:
    """What the reader says about the version they read. Raises DomainError if it is too late, or said already."""
    link = StoryLink.objects.select_for_update().get(pk=link.pk)
    if link.answer or not link.works or link.purpose != LinkPurpose.APPROVE:
        raise DomainError(_("This link does not take an answer any more."))
    if given == LinkAnswer.CHANGES and not comment.strip():
        raise DomainError(_("Say what should be changed."))
    link.answer, link.comment, link.answered_at = given, comment.strip(), timezone.now()
    link.revision_id = link.story.latest_revision_id
    link.save(update_fields=["answer", "comment", "answered_at", "revision"])
    audit.record(None, "story_link.answered", link, story=link.story_id, answer=str(given), revision=link.revision_id)
    notify(
        link.made_by_id,
        NoticeKind.STORY_LINK_ANSWERED,
        subject=f"{link.story.title}: {link.name} – {given.label}"[:255],
        path=reverse("wagtailadmin_pages:edit", args=[link.story_id]),
        key=f"story-link-{link.pk}",
    )


def token_of(link: StoryLink) -> str:
    return signing.Signer(salt=_SALT).sign_object(link.pk)


def find_by_token(token: str) -> StoryLink | None:
    """The link, whether it still works or not; None for one nobody here made."""
    try:
        pk = signing.Signer(salt=_SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return StoryLink.objects.select_related("story").filter(pk=pk).first()


def address_of(link: StoryLink) -> str:
    return settings.WAGTAILADMIN_BASE_URL + reverse("story_link", args=[token_of(link)])


def mail_link(link_id: int) -> None:
    """Sends the link. May run twice: a second letter says the same."""
    link = StoryLink.objects.select_related("story").filter(pk=link_id, answer="").exclude(email="").first()
    if link is None or not link.works:
        return
    with translation.override(settings.LANGUAGE_CODE):
        send_mail(
            str(LinkPurpose(link.purpose).label),
            _("For %(name)s: the story can be read through this link until %(until)s:\n\n%(link)s")
            % {
                "name": link.name,
                "until": f"{timezone.localtime(link.expires_at):%d/%m/%Y %H:%M}",
                "link": address_of(link),
            },
            None,
            [link.email],
        )
