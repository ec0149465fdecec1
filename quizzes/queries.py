"""Attempts as their owner may see them; banks, questions, quizzes and answers to mark as their authors may.

Rights on a bank come from its owner unit or a share (`BankShare`), and hold for everything below it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from people.enums import Role
from people.models import Unit, UnitClosure
from people.queries import current_on, roles_of, units_for
from quizzes.enums import AttemptState, BankRight
from quizzes.models import Accommodation, Attempt, Bank, BankShare, Question, Quiz, Response, Ruling
from shared.prepared import prepared
from shared.rows import Rows, moment, value

_AUTHORING = (Role.COURSE_AUTHOR,)
_KEYS = (BankRight.KEYS, BankRight.EDIT)


@dataclass(frozen=True)
class Given:
    """One answer as it stands: what pages need of a Response."""

    COLUMNS = ("slot", "sequence", "answer", "saved_at", "checked_at")

    slot: int
    sequence: int
    answer: object
    saved_at: datetime
    checked_at: datetime | None

    @classmethod
    def read(cls, row: list) -> "Given":
        slot, sequence, answer, saved_at, checked_at = row
        return cls(slot, sequence, value(answer), moment(saved_at), moment(checked_at))


def attempts_for(viewer):
    return Attempt.objects.filter(person=viewer)


_attempts_at = prepared(
    lambda person, quiz: Attempt.objects.filter(person=person, quiz=quiz).defer("paper").order_by("-number"), int, int
)
_answers_of = prepared(lambda attempt: Response.objects.filter(attempt=attempt), int)


_answers_to_grade = prepared(
    lambda attempt: Response.objects.filter(attempt=attempt).annotate(
        has_rulings=Exists(Ruling.objects.filter(quiz=OuterRef("attempt__quiz"), confirmed_at__isnull=False))
    ),
    int,
)
_own_attempts = prepared(
    lambda person, attempt: (
        Attempt.objects.filter(person=person, pk=attempt)
        .defer("paper")
        .annotate(answers=Rows(Response.objects.filter(attempt=OuterRef("pk")), *Given.COLUMNS))
    ),
    int,
    int,
)


def own_attempt(viewer, attempt_id: int) -> tuple[Attempt | None, dict[int, Given]]:
    """The viewer's own attempt, without its paper, and its answers by slot, in one query; None for anybody else's."""
    return _with_answers(_own_attempts(viewer.pk, attempt_id))


_whole_attempts = prepared(
    lambda person, attempt: (
        Attempt.objects.filter(person=person, pk=attempt)
        .select_related("quiz")
        .annotate(answers=Rows(Response.objects.filter(attempt=OuterRef("pk")), *Given.COLUMNS))
    ),
    int,
    int,
)


def closed_attempt(viewer, attempt_id: int) -> tuple[Attempt | None, dict[int, Given]]:
    """As `own_attempt`, with its paper and its quiz: for the review."""
    return _with_answers(_whole_attempts(viewer.pk, attempt_id))


def _with_answers(found: list) -> tuple[Attempt | None, dict[int, Given]]:
    if not found:
        return None, {}
    given = [Given.read(row) for row in (found[0].answers or ())]
    return found[0], {one.slot: one for one in given}


def attempts_at(viewer, quiz_id: int) -> list[Attempt]:
    """The viewer's attempts at a quiz, newest first, without their papers."""
    return _attempts_at(viewer.pk, quiz_id)


def answers_of(attempt: Attempt) -> dict[int, Response]:
    """Responses by slot, in one query."""
    return {response.slot: response for response in _answers_of(attempt.pk)}


def answers_to_grade(attempt: Attempt) -> tuple[dict[int, Response], list[Ruling]]:
    """Responses by slot, and the decisions in force about questions of the quiz, which most quizzes have none of."""
    responses = {response.slot: response for response in _answers_to_grade(attempt.pk)}
    is_spared = responses and not any(response.has_rulings for response in responses.values())
    return responses, [] if is_spared else rulings_in_force(attempt.quiz_id)


_accommodations_of = prepared(
    lambda person, quiz, day: Accommodation.objects.filter(
        Q(valid_from__lte=day), Q(valid_until__gte=day), person=person, quiz=quiz, withdrawn_at__isnull=True
    ),
    int,
    int,
    date,
)


def accommodations_of(person_id: int, quiz_id: int, day: date) -> list[Accommodation]:
    """What is granted to the person at the quiz and valid on the day."""
    return _accommodations_of(person_id, quiz_id, day)


_rulings_in_force = prepared(
    lambda quiz: Ruling.objects.filter(quiz=quiz, confirmed_at__isnull=False).order_by("confirmed_at", "pk"), int
)


def rulings_in_force(quiz_id: int) -> list[Ruling]:
    """The confirmed decisions about questions of the quiz, the latest last."""
    return _rulings_in_force(quiz_id)


# --- For examiners ------------------------------------------------------------------------------------------


def examined_quizzes_for(viewer) -> QuerySet[Quiz]:
    """The quizzes `viewer` answers for: `rules.can_examine`. Those of no unit are the administrators'."""
    if not _is_author(viewer):
        return Quiz.objects.none()
    if _sees_all(viewer):
        return Quiz.objects.all()
    return Quiz.objects.filter(owner_unit__in=units_for(viewer, _AUTHORING))


def rulings_for(viewer) -> QuerySet[Ruling]:
    """Decisions about questions of these quizzes: `rules.can_regrade`."""
    return Ruling.objects.filter(quiz__in=examined_quizzes_for(viewer))


def accommodations_for(viewer) -> QuerySet[Accommodation]:
    """Other conditions granted at these quizzes: `rules.can_accommodate`."""
    return Accommodation.objects.filter(quiz__in=examined_quizzes_for(viewer))


def examined_attempts_for(viewer) -> QuerySet[Attempt]:
    """Attempts at these quizzes but the viewer's own: `rules.can_see_answers`."""
    return Attempt.objects.filter(quiz__in=examined_quizzes_for(viewer)).exclude(person=viewer.pk)


# --- For authors ----------------------------------------------------------------------------------------


def banks_for(viewer) -> QuerySet[Bank]:
    """The banks whose questions `viewer` may use, keys unseen: `rules.can_use_bank`. Those of no unit serve all."""
    return _banks(viewer, tuple(BankRight), Q(owner_unit__isnull=True, parent__isnull=True))


def banks_with_keys_for(viewer) -> QuerySet[Bank]:
    """The banks whose right answers `viewer` may see: `rules.can_see_keys_of`."""
    return _banks(viewer, _KEYS)


def edited_banks_for(viewer) -> QuerySet[Bank]:
    """The banks in which `viewer` writes questions: `rules.can_edit_bank`."""
    return _banks(viewer, (BankRight.EDIT,))


def kept_banks_for(viewer) -> QuerySet[Bank]:
    """The banks `viewer` renames, moves, shares and deletes, as an author of the owner: `rules.can_keep_bank`."""
    return _banks(viewer, ())


def questions_for(viewer) -> QuerySet[Question]:
    """The questions `viewer` may use: `rules.can_use_question`."""
    return Question.objects.filter(bank__in=banks_for(viewer), current__isnull=False)


def edited_questions_for(viewer) -> QuerySet[Question]:
    """The questions `viewer` edits: `rules.can_edit_question`."""
    return Question.objects.filter(bank__in=edited_banks_for(viewer), current__isnull=False)


def edited_quizzes_for(viewer) -> QuerySet[Quiz]:
    """The quizzes `viewer` sets: of units in the scope, and those of no unit: `rules.can_edit_quiz`."""
    if not _is_author(viewer):
        return Quiz.objects.none()
    if _sees_all(viewer):
        return Quiz.objects.all()
    return Quiz.objects.filter(Q(owner_unit__in=units_for(viewer, _AUTHORING)) | Q(owner_unit__isnull=True))


def marked_attempts_for(viewer) -> QuerySet[Attempt]:
    """Attempts with answers that wait for `viewer` as examiner: authors of the quiz's unit, never one's own
    attempt: `rules.can_mark`."""
    if not _is_author(viewer):
        return Attempt.objects.none()
    waiting = Attempt.objects.filter(state=AttemptState.MARKING).exclude(person=viewer)
    return waiting if _sees_all(viewer) else waiting.filter(quiz__owner_unit__in=units_for(viewer, _AUTHORING))


def _is_author(viewer) -> bool:
    return viewer.is_authenticated and (
        viewer.is_superuser or bool(roles_of(viewer) & {*_AUTHORING, Role.ADMINISTRATOR})
    )


def _sees_all(viewer) -> bool:
    return viewer.is_superuser or Role.ADMINISTRATOR in roles_of(viewer)


def _banks(viewer, rights: tuple[str, ...], also: Q | None = None) -> QuerySet[Bank]:
    """The banks in a tree whose top, or any bank on the way down, gives one of the rights."""
    if not _is_author(viewer):
        return Bank.objects.none()
    if _sees_all(viewer):
        return Bank.objects.all()
    own = units_for(viewer, _AUTHORING)
    giving = Q(owner_unit__in=own) | Q(pk__in=BankShare.objects.filter(_reaches(own), right__in=rights).values("bank"))
    above = Bank.objects.annotate(below=ExpressionWrapper(OuterRef("path"), CharField()))
    above = above.filter(below__startswith=F("path")).filter(giving | also if also else giving)
    return Bank.objects.filter(Exists(above))


def _reaches(own: QuerySet[Unit]) -> Q:
    """Shares with a unit of the scope, and those with a unit above it: they hold for everything below."""
    above = UnitClosure.objects.filter(current_on(localdate()), descendant__in=own).values("ancestor")
    return Q(unit__in=own) | Q(unit__in=above)
