"""To whom the addresses of the press office's pages outside the editing desk are open."""

from media import rules
from shared.access import PUBLIC, SIGNED_IN, Door, signed_in


def _given_by(actor, consent) -> bool:
    return actor.is_authenticated and consent.exemplar.person_id == actor.pk


_NOMINATION = Door(signed_in, "nomination", rules.can_see_nomination)
_SESSION = Door(signed_in, "council_session", rules.can_see_session)
_ASKED = Door(signed_in, "consent_request", rules.can_answer_consent_request)

DOORS = {
    "story_feed": PUBLIC,
    "story_atom": PUBLIC,
    "story": PUBLIC,
    "unit_stories": PUBLIC,
    "adopt_story": Door(rules.can_nominate),
    "story_link": PUBLIC,
    "story_link_draft": PUBLIC,
    "my_consents": SIGNED_IN,
    "my_consent": _ASKED,
    "my_consent_story": _ASKED,
    "withdraw_my_consent": Door(signed_in, "consent", _given_by),
    # Signed addresses: whoever holds the link is the person asked, or their guardian.
    "consent_link": PUBLIC,
    "consent_link_story": PUBLIC,
    "withdraw_by_link": PUBLIC,
    "nominations": SIGNED_IN,
    "new_nomination": Door(rules.can_nominate),
    "nomination": _NOMINATION,
    "answer_nomination": _NOMINATION,
    "nomination_evidence": _NOMINATION,
    "council": Door(rules.can_sit_on_council),
    "council_session": _SESSION,
    "council_step": _SESSION,
    "council_minutes_file": _SESSION,
}
