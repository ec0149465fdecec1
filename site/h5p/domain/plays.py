"""A learner's runs of an activity: opened by the server, reported by the player, closed by the rule of the place.

The player computes scores in the browser; they are practice. What protects them is that a report counts only for the
run its own page opened, that nobody else can name that run, and that impossible results are refused.
"""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from h5p.domain import places, statements
from h5p.domain.parts import questions_in, reports_its_end
from h5p.domain.places import Place
from h5p.domain.statements import Report
from h5p.enums import FinishRule
from h5p.models import Content, Play, PlayRow, Statement
from h5p.signals import activity_finished
from shared.errors import DomainError

MOST_ROWS = 500
MOST_STATEMENTS = 200  # in one report


class PlayRefused(DomainError):
    """A report that is not taken in; nothing was changed."""


@dataclass(frozen=True)
class Outcome:
    """What became of a report: `taken` is false for one that had been taken in before."""

    play: Play
    taken: bool


def open_play(person, content: Content, place: Place) -> Play:
    """The person's run of the activity there, with a new session: the one left open, else a further one.

    Another page that had it open cannot report any more. A run begun with an older revision starts again.
    """
    for _attempt in range(2):
        try:
            with transaction.atomic():
                return _resume(person, content, place) or _begin(person, content, place.context)
        except IntegrityError:  # opened twice at the same moment; the other one is there now
            continue
    raise PlayRefused(_("The activity could not be opened. Please try again."))


def _resume(person, content: Content, place: Place) -> Play | None:
    open_plays = Play.objects.select_for_update().filter(finished_at__isnull=True)
    play = open_plays.filter(person=person, content=content, context=place.context).first()
    if play is None:
        return None
    if play.revision != content.revision:
        play.rows.all().delete()
        play.revision, play.opened_at = content.revision, timezone.now()
    play.session, play.sequence = _new_session(), 0
    play.save(update_fields=["revision", "opened_at", "session", "sequence"])
    return play


def _begin(person, content: Content, context: str, session: str = "", sequence: int = 0) -> Play:
    runs = Play.objects.filter(person=person, content=content, context=context)
    return Play.objects.create(
        person=person,
        content=content,
        revision=content.revision,
        context=context,
        number=(runs.aggregate(n=Max("number"))["n"] or 0) + 1,
        session=session or _new_session(),
        sequence=sequence,
        opened_at=timezone.now(),
    )


def _new_session() -> str:
    return secrets.token_urlsafe(24)


def take_in(person, session: str, sequence: int, items: list, viewed: bool = False) -> Outcome:
    """Takes in a report of the page that has `session`. `sequence` counts its reports: one sent again changes nothing.

    `items` are {"statement": …, "children": [statements]}; `viewed` says that the activity was shown.
    Raises PlayRefused, with nothing changed, for another person's session, one never opened or an impossible result.
    """
    read = _read(items)
    try:
        with transaction.atomic():
            return _write_down(_play_of(person, session), sequence, read, items, viewed)
    except IntegrityError as problem:  # another page opened a further run at this very moment
        raise PlayRefused(opened_elsewhere()) from problem


def _write_down(play: Play, sequence: int, read: list, items: list, viewed: bool) -> Outcome:
    if sequence <= play.sequence:
        return Outcome(play, taken=False)
    place = places.place_of(play.person, play.content, play.context) or Place(play.context)
    was_completed = play.completed
    for report, children in read:
        before, play = play, _take(play, place, report, children)
        was_completed = was_completed and play.pk == before.pk
    if viewed and place.rule == FinishRule.VIEWED:
        play.completed = True
    play.sequence = sequence
    play.save()
    _keep_statements(play, items)
    if play.completed and not was_completed:
        activity_finished.send(sender=Play, person_id=play.person_id, content_id=play.content_id, context=play.context)
    return Outcome(play, taken=True)


def _read(items: list) -> list[tuple[Report, list[Report]]]:
    """All statements of a report, before anything is written: one that is impossible refuses them all."""
    try:
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise statements.Unacceptable("not a list of statements")
        read = [
            (statements.read(item.get("statement")), [statements.read(one) for one in item.get("children") or []])
            for item in items
        ]
        if sum(1 + len(children) for _report, children in read) > MOST_STATEMENTS:
            raise statements.Unacceptable("too many statements")
    except (statements.Unacceptable, TypeError) as problem:
        raise PlayRefused(_("This result cannot be right and was not stored.")) from problem
    return read


def play_of_session(person, session: str) -> Play:
    """The newest run of the page that has `session`, its activity without parameters. Raises PlayRefused."""
    return _session(Play.objects.all(), person, session)


def _play_of(person, session: str) -> Play:
    """The same, kept for this transaction."""
    play = _session(Play.objects.select_for_update(of=("self",)), person, session)
    play.person = person
    return play


def _session(runs, person, session: str) -> Play:
    runs = runs.select_related("content").defer("content__params", "content__filtered", "content__metadata")
    play = runs.filter(person=person, session=session).order_by("-number").first() if session else None
    if play is None:
        raise PlayRefused(opened_elsewhere())
    return play


def opened_elsewhere() -> str:
    """Why a session is not known any more."""
    return _("The activity was opened in another window, or too long ago. Reload the page to go on working here.")


def _take(play: Play, place: Place, report: Report, children: list[Report]) -> Play:
    """Writes one statement down; returns the run it belongs to, which is a further one after the end of the last."""
    answers = [one for one in (report, *children) if one.is_answer and (one.part or one.is_child)]
    if not report.is_finish and not answers:
        return play
    if play.finished_at and report.is_verdict:
        play.success = report.verdict if play.success is None else play.success
        return play
    if play.finished_at and (report.is_finish or reports_its_end(play.content)):
        play = _again(play)
    for answer in answers:
        _write_row(play, answer)
    if report.is_finish:
        if not children and report.interaction_type:
            _write_row(play, report)
        _finish(play, place, report)
    else:
        _finish_by_parts(play, place)
    return play


def _again(play: Play) -> Play:
    """A further run in the same page: the learner tries once more."""
    play.save()
    content = play.content
    further = _begin(play.person, content, play.context, play.session, play.sequence)
    further.content = content
    return further


def _write_row(play: Play, report: Report) -> None:
    """One question of the run; answered again, the last answer counts."""
    rows = PlayRow.objects.filter(play=play)
    if not rows.filter(sub_content_id=report.part).exists() and rows.count() >= MOST_ROWS:
        raise PlayRefused(_("This result cannot be right and was not stored."))
    PlayRow.objects.update_or_create(
        play=play,
        sub_content_id=report.part,
        defaults={
            "interaction_type": report.interaction_type,
            "description": report.description,
            "response": report.response,
            "correct_pattern": report.correct_pattern,
            "raw": report.raw,
            "max": report.max,
            "success": report.success,
            "duration": _possible(report.duration, play),
        },
    )


def _finish(play: Play, place: Place, report: Report) -> None:
    """The activity says it is over."""
    scaled = report.raw / report.max if report.max else None
    completed = True
    if place.rule == FinishRule.MINIMUM_SCORE:
        completed = scaled is not None and scaled * 100 >= place.percent - 1e-9
    elif place.rule == FinishRule.ALL_ANSWERED:
        completed = not _unanswered(play)
    play.raw, play.max, play.scaled, play.success = report.raw, report.max, scaled, report.success
    play.duration = _possible(report.duration, play)
    _close(play, completed)


def _finish_by_parts(play: Play, place: Place) -> None:
    """A type that never says it is over: the sum of its questions, once all of them are answered."""
    if place.rule not in {FinishRule.ALL_ANSWERED, FinishRule.MINIMUM_SCORE}:
        return
    questions = questions_in(play.content)
    if not questions or _unanswered(play, questions):
        return
    rows = [row for row in play.rows.filter(sub_content_id__in=questions) if row.max]
    play.raw, play.max = sum(row.raw for row in rows), sum(row.max for row in rows)
    play.scaled = play.raw / play.max if play.max else None
    completed = place.rule == FinishRule.ALL_ANSWERED or (play.scaled or 0) * 100 >= place.percent - 1e-9
    _close(play, completed)


def _unanswered(play: Play, questions: frozenset[str] | None = None) -> set[str]:
    questions = questions_in(play.content) if questions is None else questions
    return set(questions) - set(play.rows.values_list("sub_content_id", flat=True))


def _close(play: Play, completed: bool) -> None:
    play.finished_at = timezone.now()
    play.completed = play.completed or completed
    if play.duration is None:
        play.duration = (play.finished_at - play.opened_at).total_seconds()


def _possible(duration: float | None, play: Play) -> float | None:
    """The player's own time, at most the time the run has been open on the server."""
    return None if duration is None else min(duration, (timezone.now() - play.opened_at).total_seconds())


def keeps_statements() -> bool:
    """Whether raw statements are stored beside the results (H5P_KEEP_STATEMENTS)."""
    return settings.H5P_KEEP_STATEMENTS


def _keep_statements(play: Play, items: list) -> None:
    """Raw statements only where the settings ask for them, without the actor they name."""
    if not keeps_statements():
        return
    bodies = [body for item in items for body in (item["statement"], *(item.get("children") or []))]
    Statement.objects.bulk_create(
        Statement(
            play=play,
            verb=statements.read(body).verb,
            body={name: value for name, value in body.items() if name != "actor"},
        )
        for body in bodies
    )
