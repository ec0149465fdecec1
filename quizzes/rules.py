"""May this person do that with this bank, question, quiz or attempt? The lists in `queries` agree with it."""

from people.enums import Role
from people.queries import roles_of
from people.rules import can_administer_people
from quizzes import queries

AUTHORS = frozenset({Role.COURSE_AUTHOR, Role.ADMINISTRATOR})


def can_author(actor) -> bool:
    """Open the screens of banks, questions and quizzes: course authors and administrators."""
    return actor.is_authenticated and (actor.is_superuser or bool(roles_of(actor) & AUTHORS))


def can_keep_tags(actor) -> bool:
    """Change the vocabularies of tags, which all units share: administrators."""
    return can_administer_people(actor)


def can_use_bank(actor, bank) -> bool:
    """Put the bank's questions into quizzes and draw from it, without seeing keys: `queries.banks_for`."""
    return _among(bank, queries.banks_for(actor))


def can_see_keys_of(actor, bank) -> bool:
    """See right answers and explanations of the bank's questions: `queries.banks_with_keys_for`."""
    return _among(bank, queries.banks_with_keys_for(actor))


def can_edit_bank(actor, bank) -> bool:
    """Write, move and retire questions of the bank: `queries.edited_banks_for`."""
    return _among(bank, queries.edited_banks_for(actor))


def can_keep_bank(actor, bank) -> bool:
    """Rename, move, share and delete the bank: `queries.kept_banks_for`."""
    return _among(bank, queries.kept_banks_for(actor))


def can_use_question(actor, question) -> bool:
    """Put the question into a quiz: `queries.questions_for`."""
    return _among(question, queries.questions_for(actor))


def can_edit_question(actor, question) -> bool:
    """Change the question: `queries.edited_questions_for`."""
    return _among(question, queries.edited_questions_for(actor))


def can_edit_quiz(actor, quiz) -> bool:
    """Set the quiz's rules and questions: `queries.edited_quizzes_for`."""
    return _among(quiz, queries.edited_quizzes_for(actor))


def can_mark(actor, attempt) -> bool:
    """Mark the written answers of the attempt: `queries.marked_attempts_for`."""
    return _among(attempt, queries.marked_attempts_for(actor))


def can_examine(actor, quiz) -> bool:
    """Answer for what follows an examination: authors of the quiz's unit: `queries.examined_quizzes_for`."""
    return _among(quiz, queries.examined_quizzes_for(actor))


def can_regrade(actor, ruling) -> bool:
    """See, confirm and discard a decision about a question: `queries.rulings_for`."""
    return _among(ruling, queries.rulings_for(actor))


def can_accommodate(actor, accommodation) -> bool:
    """See and withdraw other conditions granted to somebody: `queries.accommodations_for`."""
    return _among(accommodation, queries.accommodations_for(actor))


def can_see_answers(actor, attempt) -> bool:
    """Read somebody's answers and reopen the attempt, never one's own: `queries.examined_attempts_for`."""
    return _among(attempt, queries.examined_attempts_for(actor))


def _among(thing, listed) -> bool:
    return listed.filter(pk=thing.pk).exists()
