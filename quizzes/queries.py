"""Attempts as their owner may see them. Nobody else's attempt is ever found here."""

from quizzes.models import Attempt, Response


def attempts_for(viewer):
    return Attempt.objects.filter(person=viewer)


def attempts_at(viewer, quiz):
    """The viewer's attempts at a quiz, newest first."""
    return attempts_for(viewer).filter(quiz=quiz).order_by("-number")


def answers_of(attempt: Attempt) -> dict[int, Response]:
    """Responses by slot, in one query."""
    return {response.slot: response for response in Response.objects.filter(attempt=attempt)}
