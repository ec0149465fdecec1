"""Changing the rules of a quiz. Attempts under way keep the rules they started with."""

from django.db import transaction
from wagtail.log_actions import log

from people.domain import audit
from quizzes.models import Quiz


@transaction.atomic
def change_rules(quiz: Quiz, changed: list[str], *, actor) -> Quiz:
    """Stores the quiz with the named fields changed; without a change nothing is written."""
    if changed:
        quiz.save()
        audit.record(actor, "quiz.changed", quiz, fields=sorted(changed))
        log(instance=quiz, action="wagtail.edit", user=actor)
    return quiz


@transaction.atomic
def delete_quiz(quiz: Quiz, *, actor) -> None:
    """Deletes a quiz nobody has attempted and no course ends with. Raises ProtectedError otherwise."""
    audit.record(actor, "quiz.deleted", quiz, code=quiz.code)
    log(instance=quiz, action="wagtail.delete", user=actor, deleted=True)
    quiz.delete()
