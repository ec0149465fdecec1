"""May this person do that in the press office? The lists in `queries` agree with these answers."""

from media.enums import NominationState
from people.enums import Role
from people.queries import roles_of, units_for, units_headed_by
from people.rules import can_review_for

HR = (Role.HR_OFFICER,)
PRESS_ROLES = frozenset({Role.PRESS_OFFICER, Role.ADMINISTRATOR})


def can_keep_consents(actor) -> bool:
    """Record and read consents: the press office and administrators."""
    return actor.is_authenticated and (actor.is_superuser or bool(roles_of(actor) & PRESS_ROLES))


def can_read_consent(actor, consent) -> bool:
    """Those who keep consents, and the person who gave this one."""
    if can_keep_consents(actor):
        return True
    return actor.is_authenticated and consent.exemplar.person_id == actor.pk


def can_withdraw_consent(actor, consent) -> bool:
    """Whoever may read a consent may end it; once is enough."""
    return consent.withdrawn_at is None and can_read_consent(actor, consent)


def can_see_consent_request(actor, request) -> bool:
    """The press office, and whoever is asked: `queries.consent_requests_for`."""
    if can_keep_consents(actor):
        return True
    return actor.is_authenticated and request.exemplar.person_id == actor.pk


def can_answer_consent_request(actor, request) -> bool:
    """Whoever is asked, and nobody for them."""
    return actor.is_authenticated and request.exemplar.person_id == actor.pk


def can_approve_exemption(actor, photograph) -> bool:
    """Somebody of the press office who neither uploaded the picture nor wrote a story with it."""
    if not can_keep_consents(actor) or photograph.uploaded_by_user_id == actor.pk:
        return False
    return not photograph.used_in_stories.filter(story__owner=actor).exists()


def can_approve(actor, story) -> bool:
    """Publish what a story's workflow asks approval for: whoever may approve in it; everybody where there is none."""
    workflow = story.get_workflow()
    if workflow is None:
        return True
    return any(task.specific.user_can_access_editor(story, actor) for task in workflow.tasks)


def can_nominate(actor) -> bool:
    """Put somebody forward for some unit: heads of units and HR officers."""
    return actor.is_authenticated and (units_headed_by(actor).exists() or Role.HR_OFFICER in roles_of(actor))


def can_nominate_for(actor, unit) -> bool:
    """Put somebody of this unit forward: `queries.nominating_units_for`."""
    return any(units.filter(pk=unit.pk).exists() for units in (units_headed_by(actor), units_for(actor, HR)))


def can_see_nomination(actor, nomination) -> bool:
    """The nominee; the unit and its HR officers; the council once HR has confirmed; the press once recognised.
    `queries.nominations_for`."""
    if not actor.is_authenticated:
        return False
    if nomination.person_id == actor.pk or can_nominate_for(actor, nomination.unit):
        return True
    if nomination.confirmed_at and can_review_for(actor, nomination.unit):
        return True
    return nomination.state == NominationState.RECOGNISED and can_keep_consents(actor)


def can_answer_nomination(actor, nomination) -> bool:
    """The nominee says whether to go on, until the council has decided."""
    return nomination.is_open and actor.is_authenticated and nomination.person_id == actor.pk


def can_confirm_nomination(actor, nomination) -> bool:
    """An HR officer of the unit who neither nominated nor is nominated."""
    if nomination.state != NominationState.WAITING or actor.pk in (nomination.nominated_by_id, nomination.person_id):
        return False
    return units_for(actor, HR).filter(pk=nomination.unit_id).exists()


def can_withdraw_nomination(actor, nomination) -> bool:
    """The unit takes its own nomination back, until the council has decided."""
    return nomination.is_open and can_nominate_for(actor, nomination.unit)


def can_sit_on_council(actor) -> bool:
    """Members of an emulation council: reviewers."""
    return Role.REVIEWER in roles_of(actor)


def can_see_session(actor, session) -> bool:
    """The members of the council of that unit: `queries.council_sessions_for`."""
    return can_review_for(actor, session.unit)


def can_vote(actor, item) -> bool:
    """A member who neither nominated nor is nominated, while the item is undecided."""
    nomination = item.nomination
    if item.decision or not nomination.is_open or actor.pk in (nomination.nominated_by_id, nomination.person_id):
        return False
    return item.session.closed_at is None and can_see_session(actor, item.session)


def can_download(actor, document) -> bool:
    """Public documents are for everybody, all others for people who are signed in."""
    return document.is_public or actor.is_authenticated
