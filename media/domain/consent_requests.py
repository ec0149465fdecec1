"""Asking people for their consent, and their answers: in their own account or through a signed link."""

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from media import wording
from media.domain.consent import record_consent, withdraw_consent
from media.enums import Channel, ConsentAnswer, ConsentMeans, ConsentScope
from media.models import Consent, ConsentRequest, Exemplar, StoryPage
from media.models.consent_request import DAYS_TO_ANSWER
from notices.domain.sending import notify
from notices.enums import NoticeKind
from people.domain import audit
from shared.domain import outbox
from shared.errors import DomainError

_SALT = "media.consent_request"


@transaction.atomic
def ask(
    exemplar: Exemplar, *, actor, scopes, channels, story: StoryPage | None = None, expires_on=None, email: str = ""
) -> ConsentRequest:
    """Asks for consent. Who has an account is told there; for others `email` gets a signed link, if there is one.

    Raises DomainError if nothing is asked for, or the same person has a request waiting already.
    """
    if not scopes or not channels:
        raise DomainError(_("Say what is asked for and where it would be shown."))
    if any(one.is_open for one in exemplar.consent_requests.filter(answered_at__isnull=True, story=story)):
        raise DomainError(_("%(name)s has been asked already and has not answered yet.") % {"name": exemplar})
    request = ConsentRequest.objects.create(
        exemplar=exemplar,
        story=story,
        expires_on=expires_on,
        email=email,
        asked_by=actor,
        text_shown=wording.TEXT,
        text_version=wording.VERSION,
        **{_field(scope): True for scope in scopes},
        **{f"on_{channel}": True for channel in channels},
    )
    audit.record(actor, "consent.asked", request, exemplar=exemplar.pk)
    if exemplar.person_id:
        subject = story.title if story else exemplar.display_name
        _tell(exemplar.person_id, request, NoticeKind.CONSENT_ASKED, subject, reverse("my_consent", args=[request.pk]))
    elif email:
        outbox.enqueue("media.mail_consent_link", request.pk)
    return request


@transaction.atomic
def give(
    request: ConsentRequest,
    *,
    actor,
    scopes: list[ConsentScope],
    channels: list[Channel],
    given_by: str,
    expires_on=None,
) -> Consent:
    """Records what the person ticked. `actor` is the person signed in, or None for who came by the link.

    Raises DomainError if it was answered before or its time is over, or more was ticked than had been asked for.
    """
    request = _still_open(request)
    if set(scopes) - set(request.scopes) or set(channels) - set(request.channels):
        raise DomainError(_("More was answered than had been asked for. Open the request again."))
    consent = record_consent(
        request.exemplar,
        actor=actor,
        given_by=given_by,
        scopes=scopes,
        channels=channels,
        text_shown=request.text_shown,
        text_version=request.text_version,
        obtained_how=ConsentMeans.SIGNED_IN if actor else ConsentMeans.LINK,
        obtained_on=timezone.localdate(),
        expires_on=expires_on,
    )
    _close(request, ConsentAnswer.GIVEN, consent)
    return consent


@transaction.atomic
def decline(request: ConsentRequest, *, actor) -> None:
    """Says no; no reason is asked for. Raises DomainError if it was answered before."""
    request = _still_open(request)
    _close(request, ConsentAnswer.DECLINED)
    audit.record(actor, "consent.declined", request, exemplar=request.exemplar_id)


@transaction.atomic
def withdraw_by_link(request: ConsentRequest) -> list[StoryPage]:
    """Whoever consented through the link withdraws through it, at any time. Returns the stories taken down."""
    return withdraw_consent(request.consent, actor=None) if request.consent else []


def token_of(request: ConsentRequest) -> str:
    """The signed part of the personal link; nothing about the person can be read from it."""
    return signing.Signer(salt=_SALT).sign_object(request.pk)


def find_by_token(token: str) -> ConsentRequest | None:
    """The request a link leads to; None for a link nobody here made. Whether it is still open is another question."""
    try:
        pk = signing.Signer(salt=_SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return ConsentRequest.objects.select_related("exemplar", "story", "consent").filter(pk=pk).first()


def link_of(request: ConsentRequest) -> str:
    return settings.WAGTAILADMIN_BASE_URL + reverse("consent_link", args=[token_of(request)])


def mail_link(request_id: int) -> None:
    """Sends the personal link. May run twice: a second letter says the same."""
    request = ConsentRequest.objects.filter(pk=request_id, answered_at__isnull=True).exclude(email="").first()
    if request is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        send_mail(
            _("Consent is asked for"),
            _(
                "The press office asks for consent to show a picture or tell a story. Through this link the exact "
                "wording can be read, and answered with yes or no, within %(days)s days:\n\n%(link)s\n\nWhoever does "
                "not answer has not consented. A consent can be withdrawn through the same link at any time."
            )
            % {"days": DAYS_TO_ANSWER, "link": link_of(request)},
            None,
            [request.email],
        )


def _field(scope) -> str:
    return "story_told" if scope == ConsentScope.STORY else str(scope)


def _still_open(request: ConsentRequest) -> ConsentRequest:
    request = ConsentRequest.objects.select_for_update().get(pk=request.pk)
    if request.answered_at:
        raise DomainError(_("This request has been answered already."))
    if not request.is_open:
        raise DomainError(_("The time to answer is over. The press office can ask again."))
    return request


def _close(request: ConsentRequest, answer: ConsentAnswer, consent: Consent | None = None) -> None:
    request.answer, request.answered_at, request.consent = answer, timezone.now(), consent
    request.save(update_fields=["answer", "answered_at", "consent"])
    _tell(
        request.asked_by_id,
        request,
        NoticeKind.CONSENT_ANSWERED,
        f"{request.exemplar.display_name}: {answer.label}",
        reverse("consent_requests:inspect", args=[request.pk]),
    )


def _tell(person_id: int, request: ConsentRequest, kind: NoticeKind, subject: str, path: str) -> None:
    notify(person_id, kind, subject=subject[:255], path=path, key=f"{kind}-{request.pk}")
