"""What the room of quizzes enters in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from people.personal_data import EDITING, DataClass, Fate, Holding, register

RESULTS = DataClass(
    key="results",
    label=_("Quizzes"),
    what=_(
        "Attempts with their times and results, the answers, what examiners wrote to them, and other conditions that "
        "were granted."
    ),
    why=_(
        "To grade, to prove the result, and to show people what they got wrong. Written answers are read by the "
        "examiner who marks them, other answers by the examiner who decides about a wrong key or a reopened attempt."
    ),
    kept=_("As long as training records must be kept."),
    place=42,
)


def declare() -> None:
    register(
        RESULTS,
        Holding(
            "quizzes.Attempt",
            Fate.KEPT,
            person=("person",),
            shows={
                "quiz__title": _("Quiz"),
                "number": _("Attempt"),
                "state": _("State"),
                "started_at": _("Begun"),
                "submitted_at": _("Handed in"),
                "score": _("Score"),
                "max_points": _("Out of"),
                "passed": _("Passed"),
            },
        ),
        Holding(
            "quizzes.Response",
            Fate.KEPT,
            person=("attempt__person",),
            shows={
                "attempt__quiz__title": _("Quiz"),
                "attempt__number": _("Attempt"),
                "slot": _("Question"),
                "answer": _("Answer"),
                "saved_at": _("Saved"),
            },
        ),
        Holding(
            "quizzes.AnswerEvent",
            Fate.KEPT,
            person=("attempt__person",),
            shows={
                "attempt__quiz__title": _("Quiz"),
                "attempt__number": _("Attempt"),
                "slot": _("Question"),
                "answer": _("Answer"),
            },
        ),
        Holding(
            "quizzes.Mark",
            Fate.KEPT,
            person=("attempt__person",),
            shows={
                "attempt__quiz__title": _("Quiz"),
                "attempt__number": _("Attempt"),
                "slot": _("Question"),
                "comment": _("Comment of the examiner"),
                "marked_at": _("Marked"),
            },
        ),
        Holding(
            "quizzes.ScoreChange",
            Fate.KEPT,
            person=("attempt__person",),
            shows={
                "attempt__quiz__title": _("Quiz"),
                "attempt__number": _("Attempt"),
                "changed_at": _("Changed"),
                "reason": _("Reason"),
                "old_score": _("Score before"),
                "new_score": _("Score"),
            },
        ),
        Holding(
            "quizzes.Accommodation",
            Fate.ANONYMISED,
            person=("person",),
            shows={
                "quiz__title": _("Quiz"),
                "extra_minutes": _("Extra minutes"),
                "extra_attempts": _("Extra attempts"),
                "reason": _("Reason"),
                "valid_from": _("From"),
                "valid_until": _("Until"),
            },
            erase=_empty_reasons,
        ),
    )
    register(EDITING, Holding("quizzes.QuestionVersion", Fate.KEPT), Holding("quizzes.Ruling", Fate.KEPT))


def _empty_reasons(person) -> None:
    """Why somebody needed other conditions may tell of their health."""
    from quizzes.models import Accommodation

    Accommodation.objects.filter(person=person).update(reason="")
