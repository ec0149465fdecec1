"""When and how often a quiz may be taken by one person: opening, attempts, waiting time, time limit.

Pure arithmetic over what was read already, so that the page that explains it and the start that enforces it cannot
disagree. Only before an attempt: what it needs of the rules is copied into it when it starts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.models import Accommodation, Attempt, Quiz


@dataclass(frozen=True)
class Allowance:
    """What was granted to one person beyond the rules: the sum of what is valid today."""

    minutes: int = 0
    attempts: int = 0


NOTHING_EXTRA = Allowance()


@dataclass(frozen=True)
class Standing:
    """How a person stands to a quiz: `refusal` says why no attempt may begin now, "" if one may.

    `earlier` attempts belong to a round that is over: they are numbered on and count for nothing else.
    """

    taken: int
    allowed: int
    extra: Allowance
    next_at: datetime | None = None
    refusal: str = ""
    earlier: int = 0

    @property
    def left(self) -> int:
        return max(0, self.allowed - self.taken)


def allowance_of(granted: Iterable[Accommodation]) -> Allowance:
    """The sum of accommodations (those valid at the moment)."""
    granted = list(granted)
    return Allowance(sum(one.extra_minutes for one in granted), sum(one.extra_attempts for one in granted))


def this_round(attempts: list[Attempt], since: datetime | None) -> list[Attempt]:
    """Those begun since then, in their order: whoever is asked for a course again has all attempts again."""
    return [attempt for attempt in attempts if since is None or attempt.started_at >= since]


def standing(
    quiz: Quiz, attempts: list[Attempt], extra: Allowance, now: datetime, since: datetime | None = None
) -> Standing:
    """`attempts`: the person's, newest first; only those begun `since` count."""
    taken, allowed = len(this_round(attempts, since)), quiz.max_attempts + extra.attempts
    next_at = _next_at(quiz, attempts, now)
    refusal = _refusal(quiz, taken, allowed, next_at, now)
    return Standing(taken, allowed, extra, next_at, refusal, earlier=len(attempts) - taken)


def deadline(quiz: Quiz, extra: Allowance, now: datetime) -> datetime | None:
    """When an attempt begun now ends: by the time limit or when the quiz closes, and extra time after that."""
    ends = [quiz.closes_at] if quiz.closes_at else []
    if quiz.time_limit_minutes:
        ends.append(now + timedelta(minutes=quiz.time_limit_minutes))
    return min(ends) + timedelta(minutes=extra.minutes) if ends else None


def in_words(moment: datetime) -> str:
    """A moment as offices write it: 17 giờ 00 ngày 05/12/2026."""
    local = timezone.localtime(moment)
    return _("%(time)s on %(day)s") % {"time": clock_in_words(local), "day": f"{local:%d/%m/%Y}"}


def clock_in_words(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return _("%(hour)s:%(minute)s") % {"hour": local.hour, "minute": f"{local:%M}"}


def _next_at(quiz: Quiz, attempts: list[Attempt], now: datetime) -> datetime | None:
    if not (attempts and attempts[0].submitted_at and quiz.waiting_minutes):
        return None
    following = attempts[0].submitted_at + timedelta(minutes=quiz.waiting_minutes)
    return following if following > now else None


def _refusal(quiz: Quiz, taken: int, allowed: int, next_at: datetime | None, now: datetime) -> str:
    if quiz.opens_at and now < quiz.opens_at:
        return _("The quiz opens at %(moment)s.") % {"moment": in_words(quiz.opens_at)}
    if quiz.closes_at and now >= quiz.closes_at:
        return _("The quiz closed at %(moment)s.") % {"moment": in_words(quiz.closes_at)}
    if taken >= allowed:
        return _("All %(count)s attempts at this quiz have been used.") % {"count": taken}
    if next_at:
        return _("The next attempt may begin at %(moment)s.") % {"moment": in_words(next_at)}
    return ""
