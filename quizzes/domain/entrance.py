"""What somebody should know before an attempt begins, and how they stand to the quiz just now."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from quizzes.domain import networks, papers, windows
from quizzes.domain.accommodations import allowance
from quizzes.domain.windows import NOTHING_EXTRA, Standing
from quizzes.enums import QuizMode
from quizzes.models import Attempt, Quiz
from quizzes.queries import attempts_at


@dataclass(frozen=True)
class Entrance:
    """The start page's contents."""

    quiz: Quiz
    questions: int
    attempts: list[Attempt]
    standing: Standing
    ends_at: datetime | None
    right_place: bool

    @property
    def open_attempt(self) -> Attempt | None:
        return next((attempt for attempt in self.attempts if attempt.is_open), None)

    @property
    def is_practice(self) -> bool:
        return self.quiz.mode == QuizMode.PRACTICE

    @property
    def minutes(self) -> int | None:
        limit = self.quiz.time_limit_minutes
        return limit + self.standing.extra.minutes if limit else None

    @property
    def waiting_hours(self) -> int:
        """The waiting time in whole hours; 0 where it is better told in minutes."""
        hours, minutes = divmod(self.quiz.waiting_minutes, 60)
        return 0 if minutes else hours


def entrance(person, quiz: Quiz, address: str, since: datetime | None = None) -> Entrance:
    """How the person stands to the quiz, from the computer with this address; see `windows.standing` for `since`."""
    now, extra, attempts = timezone.now(), allowance(person, quiz), attempts_at(person, quiz.pk)
    return Entrance(
        quiz=quiz,
        questions=papers.size(quiz),
        attempts=attempts,
        standing=windows.standing(quiz, attempts, extra, now, since),
        ends_at=windows.deadline(quiz, extra, now),
        right_place=networks.is_inside(address, quiz.networks),
    )


def attempts_left(person, quiz: Quiz, attempts: list[Attempt]) -> int:
    """How many attempts the person has left; what was granted is only looked up when the ordinary ones are used."""
    left = quiz.max_attempts - len(attempts)
    extra = allowance(person, quiz) if left <= 0 else NOTHING_EXTRA
    return max(0, left + extra.attempts)
