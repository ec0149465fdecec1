"""Questions as a learner sees them, drawn by the same templates; nothing of key or feedback gets this far."""

import random
from dataclasses import dataclass
from decimal import Decimal

from django.shortcuts import render
from django.utils.translation import get_language

from quizzes.domain.papers import points_of
from quizzes.domain.questions import versions
from quizzes.forms import prefix_of
from quizzes.kinds.base import QuestionBody, QuestionKind
from quizzes.kinds.registry import kind_of


@dataclass
class Asked:
    """One question with the order of its parts."""

    kind: QuestionKind
    content: dict
    arrangement: list
    points: Decimal


def asked_once(kind: QuestionKind, body: QuestionBody, points: Decimal, seed: int = 1) -> Asked:
    """The question in one possible order of its parts. Raises as the kind does for an unfinished draft."""
    arrangement = kind.arrange(body.content, body.key, random.Random(seed))  # noqa: S311  any order will do
    return Asked(kind, body.content, arrangement, points)


def asked_in(paper: dict) -> list[Asked]:
    """The questions of a drawn paper."""
    slots = paper["slots"]
    return [
        Asked(kind_of(question.kind), question.content, slot["arrangement"], points_of(slot, question))
        for slot, question in zip(slots, versions(slot["version"] for slot in slots), strict=True)
    ]


def show(request, asked: list[Asked], title: str, note: str = ""):
    """A page of the public site's looks with the questions on it; its fields go nowhere."""
    language = request.GET.get("language") or get_language() or "vi"
    parts = [
        {
            "slot": slot,
            "number": slot + 1,
            "question": one.kind.present(one.content, one.arrangement, None, language),
            "template": f"quizzes/kinds/{one.kind.name}.html",
            "points": one.points,
            "prefix": prefix_of(slot),
        }
        for slot, one in enumerate(asked)
    ]
    context = {"parts": parts, "count": len(parts), "title": title, "note": note}
    return render(request, "quizzes/desk/preview.html", context)
