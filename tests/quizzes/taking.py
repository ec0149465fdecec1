"""Ways to take an attempt in the tests: through the browser's doors, with answers as the forms post them."""

from django.urls import reverse

from quizzes.domain.questions import versions
from quizzes.models import Attempt, QuestionVersion, Response
from tests.cast import right_answer

JSON = {"headers": {"accept": "application/json"}}


def question_address(attempt: Attempt, number: int = 1) -> str:
    return reverse("quizzes:question", args=[attempt.pk, number])


def submit_address(attempt: Attempt) -> str:
    return reverse("quizzes:submit", args=[attempt.pk])


def result_address(attempt: Attempt) -> str:
    return reverse("quiz_result", args=[attempt.pk])


def addresses(attempt: Attempt) -> list[str]:
    """Every address of an attempt."""
    return [
        reverse("quizzes:attempt", args=[attempt.pk]),
        question_address(attempt),
        submit_address(attempt),
        result_address(attempt),
    ]


def version_at(attempt: Attempt, slot: int) -> QuestionVersion:
    return versions([attempt.slots[slot]["version"]])[0]


def slot_of_kind(attempt: Attempt, *kinds: str) -> int:
    """The first slot with a question of one of the kinds."""
    return next(i for i in range(len(attempt.slots)) if version_at(attempt, i).kind in kinds)


def form_of(version: QuestionVersion, answer) -> dict:
    """The fields in which the question's form posts the answer."""
    if version.kind == "ordering":
        return {"order": answer}
    if version.kind == "matching":
        return {f"pair-{left}": choice for left, choice in answer.items()}
    if version.kind == "essay":
        return {"text": answer}
    if version.kind in ("fill_blank", "cloze_select"):
        return {f"blank-{number}": text for number, text in answer.items()}
    return {"choices" if version.kind == "multiple_choice" else "choice": answer}


def right_form(attempt: Attempt, slot: int) -> dict:
    version = version_at(attempt, slot)
    return form_of(version, right_answer(version, attempt.slots[slot]["arrangement"]))


def state_of(attempt: Attempt) -> tuple:
    """Everything stored of an attempt, to be compared before and after."""
    return (
        Attempt.objects.filter(pk=attempt.pk).values().get(),
        list(Response.objects.filter(attempt=attempt).order_by("slot").values()),
    )
