"""Questions: a changed one becomes a new version, an unchanged one stays as it is; copied, moved, retired."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain import audit
from quizzes.kinds.base import QuestionBody
from quizzes.models import Bank, Question, QuestionVersion, Quiz
from shared.errors import DomainError
from shared.text.fold import fold


@transaction.atomic
def save_question(
    bank: Bank, code: str, kind: str, points: Decimal, body: QuestionBody, *, actor=None, note: str = ""
) -> Question:
    """Creates the question or, if anything differs from its current version, adds a version and makes it current.

    `actor` wrote it (None: a file was loaded) and may leave a note on what changed.
    """
    question, _created = Question.objects.select_for_update().get_or_create(bank=bank, code=code)
    current = question.current
    wanted = (kind, Decimal(points), body.content, body.key, body.feedback)
    if current and (current.kind, current.points, current.content, current.key, current.feedback) == wanted:
        return question
    question.current = QuestionVersion.objects.create(
        question=question,
        number=(current.number + 1) if current else 1,
        kind=kind,
        points=points,
        content=body.content,
        key=body.key,
        feedback=body.feedback,
        created_by=actor,
        note=note,
    )
    question.search_key = search_key(code, body.content)
    question.save(update_fields=["current", "search_key"])
    if actor is not None:
        audit.record(actor, "question.saved", question, code=code, version=question.current.number)
    return question


def search_key(code: str, content: dict) -> str:
    """The folded code and wording, in both languages, by which a question is found."""
    return fold(" ".join([code, *content.get("scenario", {}).values(), *content["stem"].values()]))


def free_code(bank: Bank, wanted: str = "") -> str:
    """A code no question of the bank has: the wanted one, that with a number, or the next number."""
    taken = set(Question.objects.filter(bank=bank).values_list("code", flat=True))
    if wanted and wanted not in taken:
        return wanted
    stem = f"{wanted[:50]}-" if wanted else "CH"
    number = 2 if wanted else len(taken) + 1
    while (code := f"{stem}{number}" if wanted else f"{stem}{number:03}") in taken:
        number += 1
    return code


@transaction.atomic
def tag(question: Question, tags, *, actor) -> None:
    """Makes these the question's tags."""
    wanted, known = {one.pk for one in tags}, set(question.tags.values_list("pk", flat=True))
    if wanted == known:
        return
    question.tags.set(wanted)
    audit.record(actor, "question.tagged", question, old={"tags": sorted(known)}, new={"tags": sorted(wanted)})


@transaction.atomic
def duplicate(question: Question, bank: Bank, *, actor) -> Question:
    """A question of its own with the same wording, key and tags; its history begins with the copy."""
    version = question.current
    body = QuestionBody(version.content, version.key, version.feedback)
    copy = save_question(
        bank, free_code(bank, question.code), version.kind, version.points, body, actor=actor, note=str(question)
    )
    copy.tags.set(question.tags.all())
    return copy


@transaction.atomic
def move(question: Question, bank: Bank, *, actor) -> Question:
    """Puts the question into another bank, with its history; it gets another code if its own is taken there."""
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if question.bank_id == bank.pk:
        return question
    before = question.bank_id
    question.code = free_code(bank, question.code)
    question.bank = bank
    if question.current:
        question.search_key = search_key(question.code, question.current.content)
    question.save(update_fields=["bank", "code", "search_key"])
    audit.record(actor, "question.moved", question, old={"bank": before}, new={"bank": bank.pk})
    return question


@transaction.atomic
def retire(question: Question, *, actor) -> None:
    """From now on the question is drawn no more; attempts that have it keep it.

    Raises DomainError while a quiz asks it as a fixed question: that quiz would silently grow shorter.
    """
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    titles = quizzes_asking(question).values_list("title", flat=True)
    if titles:
        raise DomainError(
            _("Take the question out of these quizzes first: %(titles)s.") % {"titles": ", ".join(titles)}
        )
    if question.retired_at is None:
        question.retired_at = timezone.now()
        question.save(update_fields=["retired_at"])
        audit.record(actor, "question.retired", question, code=question.code)


@transaction.atomic
def restore(question: Question, *, actor) -> None:
    """A retired question can be drawn again."""
    if Question.objects.filter(pk=question.pk, retired_at__isnull=False).update(retired_at=None):
        audit.record(actor, "question.restored", question, code=question.code)


def quizzes_asking(question: Question):
    """The quizzes with the question among their fixed ones."""
    return Quiz.objects.filter(sections__section_questions__question=question).distinct().order_by("title")


def versions(ids) -> list[QuestionVersion]:
    """Versions in the order of `ids`; those not yet in memory are read in one query."""
    ids = list(ids)
    known = _known(ids)
    return [known[version_id] for version_id in ids]


_held: dict[int, QuestionVersion] = {}
_HELD_AT_MOST = 20_000


def _known(ids: list[int]) -> dict[int, QuestionVersion]:
    known = {version_id: _held.get(version_id) for version_id in ids}
    missing = [version_id for version_id, version in known.items() if version is None]
    if missing:
        read = QuestionVersion.objects.in_bulk(missing)
        if len(_held) > _HELD_AT_MOST:
            _held.clear()
        _held.update(read)
        known |= read
    return known
