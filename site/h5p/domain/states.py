"""Saved answers: where a learner left an activity, in the words of its own scripts."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from h5p.domain.plays import PlayRefused, play_of_session
from h5p.models import Content, Play, SavedState

RESET = "RESET"  # the core shows that the activity was changed and begins anew
LONGEST = 64 * 1024  # characters of one state
MOST = 50  # states of one person in one activity
_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


def states_for(person, content: Content, context: str) -> dict[str, dict[str, str]]:
    """All saved answers by part ("0" is the activity itself) and type; RESET where the activity was changed since."""
    found: dict[str, dict[str, str]] = {}
    for row in SavedState.objects.filter(person=person, content=content, context=context):
        stale = row.invalidate and row.content_hash != content.filtered_sha256
        found.setdefault(row.sub_content_id, {})[row.data_type] = RESET if stale else row.data
    return found


def save_state(
    person, session: str, part: str, kind: str, data: str | None, content_hash: str, preload: bool, invalidate: bool
) -> bool:
    """Stores one state of the page that has `session`, or removes it (`data` None).

    Returns False, and stores nothing, if the activity was changed after the page was opened. Raises PlayRefused.
    """
    if not all(isinstance(name, str) and _NAME.fullmatch(name) for name in (part, kind)):
        raise PlayRefused(_("These answers could not be saved."))
    if data is not None and (not isinstance(data, str) or len(data) > LONGEST):
        raise PlayRefused(_("These answers are too long to be saved."))
    with transaction.atomic():
        play = play_of_session(person, session)
        if content_hash != play.content.filtered_sha256:
            return False
        mine = SavedState.objects.filter(person=person, content=play.content, context=play.context)
        if data is None:
            mine.filter(sub_content_id=part, data_type=kind).delete()
        else:
            _write(mine, play, part, kind, data, preload, invalidate)
    return True


def _write(mine, play: Play, part: str, kind: str, data: str, preload: bool, invalidate: bool) -> None:
    fields = {
        "data": data,
        "preload": preload,
        "invalidate": invalidate,
        "content_hash": play.content.filtered_sha256,
    }
    if not mine.filter(sub_content_id=part, data_type=kind).exists() and mine.count() >= MOST:
        raise PlayRefused(_("These answers could not be saved."))
    SavedState.objects.update_or_create(
        person_id=play.person_id,
        content=play.content,
        context=play.context,
        sub_content_id=part,
        data_type=kind,
        defaults=fields,
    )


def forget_states(person, content: Content, context: str) -> None:
    """The learner wants to begin anew."""
    SavedState.objects.filter(person=person, content=content, context=context).delete()
