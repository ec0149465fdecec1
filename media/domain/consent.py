"""Consent: recording it, withdrawing it, and what a story still lacks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from media.enums import Channel, ConsentAnswer, ConsentMeans, ConsentScope, ExemplarStatus
from media.models import Consent, ConsentRequest, Depiction, Exemplar, PictureExemption, StoryPage
from people.domain import audit
from shared.errors import DomainError
from shared.text.fold import to_nfc_lines


@dataclass(frozen=True)
class MissingConsent:
    """What one exemplar has not consented to although a story needs it, and why not."""

    exemplar: Exemplar
    scopes: tuple[ConsentScope, ...]
    why: str = ""

    def __str__(self):
        scopes = ", ".join(str(scope.label) for scope in self.scopes)
        return f"{self.exemplar.display_name} ({scopes}: {self.why})" if self.why else self.exemplar.display_name


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


def missing_for(story: StoryPage, on: date, channel: Channel = Channel.SITE) -> list[MissingConsent]:
    """What this version of the story (saved or not) lacks on the day `on`; empty when all is there.

    A fixed number of queries, however many people and pictures there are. `queries.cleared_on` is the same rule in
    SQL, for the site.
    """
    needed = _needed_scopes(story)
    given = _given_scopes(needed, on, channel)
    for pk in Exemplar.objects.filter(pk__in=needed, status=ExemplarStatus.ANNULLED).values_list("pk", flat=True):
        given[pk] = set()
    lacking = {pk: scopes - given[pk] for pk, scopes in needed.items() if scopes - given[pk]}
    if not lacking:
        return []
    exemplars = Exemplar.objects.prefetch_related("consents").in_bulk(lacking)
    return [
        MissingConsent(
            exemplars[pk], tuple(scope for scope in ConsentScope if scope in scopes), _why(exemplars[pk], on, channel)
        )
        for pk, scopes in lacking.items()
        if pk in exemplars
    ]


def _why(exemplar: Exemplar, on: date, channel: Channel) -> str:
    """Missing, withdrawn, run out or narrower than the story needs; told for the newest consent there is."""
    if exemplar.status == ExemplarStatus.ANNULLED:
        return _("the recognition was annulled")
    consents = list(exemplar.consents.all())
    if not consents:
        return _("no consent on record")
    newest = consents[0]
    holding = [one for one in consents if one.withdrawn_at is None and not (one.expires_on and one.expires_on < on)]
    if holding and not any(channel in one.channels for one in holding):
        return _("the consent does not cover: %(channel)s") % {"channel": channel.label}
    if holding:
        return _("the consent does not cover this")
    if newest.withdrawn_at:
        return _("withdrawn on %(day)s") % {"day": f"{timezone.localtime(newest.withdrawn_at):%d/%m/%Y}"}
    return _("ran out on %(day)s") % {"day": f"{newest.expires_on:%d/%m/%Y}"}


def _needed_scopes(story: StoryPage) -> dict[int, set[ConsentScope]]:
    """Exemplar → scopes. Whoever is tagged in a picture of the story counts as pictured, listed or not."""
    needed: dict[int, set[ConsentScope]] = defaultdict(set)
    for person in story.people.all():
        if person.named:
            needed[person.exemplar_id] |= {ConsentScope.NAMES, ConsentScope.STORY}
        if person.pictured:
            needed[person.exemplar_id].add(ConsentScope.PORTRAIT)
    tagged = Depiction.objects.filter(photograph__in=story.photograph_ids(), blurred=False)
    exempt = _exempt_photographs(story)
    for photograph_id, exemplar_id in tagged.values_list("photograph", "exemplar"):
        if photograph_id not in exempt or exemplar_id in needed or _has_refused(exemplar_id):
            needed[exemplar_id].add(ConsentScope.PORTRAIT)
    return needed


def _exempt_photographs(story: StoryPage) -> set[int]:
    """Pictures of public events in the story: approved by somebody else than its author, and nobody's portrait."""
    portraits = {person.portrait_id for person in story.people.all()}
    held = PictureExemption.objects.filter(photograph__in=story.photograph_ids(), revoked_at__isnull=True)
    return set(held.exclude(approved_by=story.owner_id or 0).values_list("photograph", flat=True)) - portraits


def _has_refused(exemplar_id: int) -> bool:
    """Who withdrew or declined has said what they want, whatever the event; an annulled award is not shown either."""
    if Exemplar.objects.filter(pk=exemplar_id, status=ExemplarStatus.ANNULLED).exists():
        return True
    withdrawn = Consent.objects.filter(exemplar=exemplar_id, withdrawn_at__isnull=False)
    declined = ConsentRequest.objects.filter(exemplar=exemplar_id, answer=ConsentAnswer.DECLINED)
    return withdrawn.exists() or declined.exists()


def _given_scopes(exemplar_ids, on: date, channel: Channel = Channel.SITE) -> dict[int, set[ConsentScope]]:
    """Exemplar → scopes agreed to on that day for that channel; several consents of one person add up."""
    given: dict[int, set[ConsentScope]] = defaultdict(set)
    valid = Consent.objects.valid_on(on).filter(exemplar__in=list(exemplar_ids), **{f"on_{channel}": True})
    for consent in valid:
        given[consent.exemplar_id].update(consent.scopes)
    return given


def withdrawn_people_in(story: StoryPage) -> list[Exemplar]:
    """The people this version shows who withdrew their consent and have given no new one."""
    lacking = [lack.exemplar for lack in missing_for(story, timezone.localdate())]
    withdrawn = Consent.objects.filter(exemplar__in=lacking, withdrawn_at__isnull=False)
    pks = set(withdrawn.values_list("exemplar", flat=True))
    return [exemplar for exemplar in lacking if exemplar.pk in pks]


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
