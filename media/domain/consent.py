"""Consent: recording it, withdrawing it, and what a story still lacks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from media.enums import Channel, ConsentMeans, ConsentScope
from media.models import Consent, Depiction, Exemplar, StoryPage
from people.domain import audit
from shared.errors import DomainError
from shared.text.fold import to_nfc_lines


@dataclass(frozen=True)
class MissingConsent:
    """What one exemplar has not consented to although a story needs it."""

    exemplar: Exemplar
    scopes: tuple[ConsentScope, ...]

    def __str__(self):
        scopes = ", ".join(str(scope.label) for scope in self.scopes)
        return f"{self.exemplar.display_name} ({scopes})"


@transaction.atomic
def record_consent(
    exemplar: Exemplar,
    *,
    actor,
    given_by: str,
    scopes,
    channels,
    text_shown: str,
    text_version: str,
    obtained_how: ConsentMeans,
    obtained_on: date,
    expires_on: date | None = None,
    evidence=None,
) -> Consent:
    """Records that consent was given. Nothing is presumed: the caller names every scope and channel.

    Raises DomainError for a record that would prove nothing.
    """
    check_record(scopes, channels, text_shown, obtained_on, expires_on)
    if obtained_how == ConsentMeans.SIGNED_IN and (actor is None or actor.pk != exemplar.person_id):
        raise DomainError(_("Only the person can consent by signing in. Record a signed paper instead."))
    consent = Consent.objects.create(
        exemplar=exemplar,
        given_by=given_by,
        text_shown=to_nfc_lines(text_shown),
        text_version=text_version,
        obtained_how=obtained_how,
        obtained_on=obtained_on,
        expires_on=expires_on,
        evidence=evidence or "",
        recorded_by=actor,
        **{str(scope): True for scope in scopes},
        **{f"on_{channel}": True for channel in channels},
    )
    audit.record(
        actor,
        "consent.recorded",
        consent,
        exemplar=exemplar.pk,
        scopes=[str(scope) for scope in scopes],
        channels=[str(channel) for channel in channels],
    )
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, actor) -> list[StoryPage]:
    """Closes a consent and takes down, in the same transaction, every story that now lacks one.

    Pictures and share cards follow the commit at once (`media.domain.publishing`). Withdrawing twice changes
    nothing. Returns the stories taken down.
    """
    from media.domain import publishing

    closed = Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now(), withdrawn_by=actor
    )
    if not closed:
        return []
    consent.refresh_from_db()
    stories = publishing.take_down_uncleared(actor, showing=consent.exemplar)
    publishing.cancel_refused_appointments(actor)
    publishing.purge_photographs_of(consent.exemplar)
    audit.record(
        actor,
        "consent.withdrawn",
        consent,
        exemplar=consent.exemplar_id,
        stories=[story.pk for story in stories],
    )
    return stories


def missing_for(story: StoryPage, on: date) -> list[MissingConsent]:
    """What this version of the story (saved or not) lacks on the day `on`; empty when all is there.

    Three queries, however many people and pictures there are. `queries.cleared_on` is the same rule in SQL.
    """
    needed = _needed_scopes(story)
    given = _given_scopes(needed, on)
    lacking = {pk: scopes - given[pk] for pk, scopes in needed.items() if scopes - given[pk]}
    exemplars = Exemplar.objects.in_bulk(lacking) if lacking else {}
    return [
        MissingConsent(exemplars[pk], tuple(scope for scope in ConsentScope if scope in scopes))
        for pk, scopes in lacking.items()
        if pk in exemplars
    ]


def _needed_scopes(story: StoryPage) -> dict[int, set[ConsentScope]]:
    """Exemplar → scopes. Whoever is tagged in a picture of the story counts as pictured, listed or not."""
    needed: dict[int, set[ConsentScope]] = defaultdict(set)
    for person in story.people.all():
        if person.named:
            needed[person.exemplar_id] |= {ConsentScope.NAMES, ConsentScope.STORY}
        if person.pictured:
            needed[person.exemplar_id].add(ConsentScope.PORTRAIT)
    tagged = Depiction.objects.filter(photograph__in=story.photograph_ids())
    for exemplar_id in tagged.values_list("exemplar", flat=True):
        needed[exemplar_id].add(ConsentScope.PORTRAIT)
    return needed


def _given_scopes(exemplar_ids, on: date, channel: Channel = Channel.SITE) -> dict[int, set[ConsentScope]]:
    """Exemplar → scopes agreed to on that day for that channel; several consents of one person add up."""
    given: dict[int, set[ConsentScope]] = defaultdict(set)
    valid = Consent.objects.valid_on(on).filter(exemplar__in=list(exemplar_ids), **{f"on_{channel}": True})
    for consent in valid:
        given[consent.exemplar_id].update(consent.scopes)
    return given


def may_go_social(story: StoryPage, on: date) -> bool:
    """Whether everybody in the story's pictures also consented to their picture on social networks."""
    pictured = {pk for pk, scopes in _needed_scopes(story).items() if ConsentScope.PORTRAIT in scopes}
    given = _given_scopes(pictured, on, Channel.SOCIAL)
    return all(ConsentScope.PORTRAIT in given[pk] for pk in pictured)


def check_record(scopes, channels, text_shown: str, obtained_on: date, expires_on: date | None) -> None:
    """Raises DomainError for a record that would prove nothing or cannot be true."""
    if not scopes:
        raise DomainError(_("Say what the consent covers: name, position, picture or story."))
    if not channels:
        raise DomainError(_("Say where it may be shown: this site, social networks or print."))
    if not text_shown.strip():
        raise DomainError(_("Keep the wording the person agreed to."))
    if obtained_on > timezone.localdate():
        raise DomainError(_("The consent cannot have been given in the future. Check the date."))
    if expires_on and expires_on < obtained_on:
        raise DomainError(_("The consent ends before it was given. Check both dates."))
