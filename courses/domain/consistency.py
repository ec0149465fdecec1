"""Recomputes what is stored of completions and of the register of certificates."""

from collections.abc import Iterator

from django.db.models import Count, Max, Min

from courses.models import Certificate, Completion, RegisterCounter
from quizzes.domain.consistency import Difference
from quizzes.models import ScoreChange

_READ_AT_A_TIME = 500


def differences() -> Iterator[Difference]:
    """Everything that does not agree, over all completions and registers."""
    after = 0
    while True:
        found = Completion.objects.filter(pk__gt=after).select_related("enrolment", "attempt", "certificate")
        completions = list(found.order_by("pk")[:_READ_AT_A_TIME])
        if not completions:
            break
        after = completions[-1].pk
        changes = _changes([completion.attempt_id for completion in completions])
        for completion in completions:
            yield from _completion(completion, changes.get(completion.attempt_id, []))
    yield from _registers()


def _changes(attempts) -> dict[int, list[ScoreChange]]:
    changes: dict[int, list[ScoreChange]] = {}
    for change in ScoreChange.objects.filter(attempt__in=[pk for pk in attempts if pk]).order_by("pk"):
        changes.setdefault(change.attempt_id, []).append(change)
    return changes


def _completion(completion: Completion, changes: list[ScoreChange]) -> Iterator[Difference]:
    """A completion keeps the result its attempt had at that moment; a later regrade does not rewrite it."""
    expected = {"enrolment": (completion.enrolment.completed_at, completion.completed_at)}
    if completion.attempt:
        then = next((one for one in changes if one.changed_at > completion.completed_at), None)
        score, highest, passed = (
            (then.old_score, then.old_max_points, then.old_passed)
            if then
            else (completion.attempt.score, completion.attempt.max_points, completion.attempt.passed)
        )
        expected |= {
            "score": (completion.score, score),
            "max_points": (completion.max_points, highest),
            "passed": (True, passed),
        }
    certificate = getattr(completion, "certificate", None)
    if certificate:
        expected["holder"] = (certificate.person_id, completion.person_id)
    for what, (stored, right) in expected.items():
        if stored != right:
            yield Difference("completion", completion.pk, what, str(stored), str(right))


def _registers() -> Iterator[Difference]:
    """Numbers of a register run from 1 without gap or repetition to the counter's last."""
    numbers = Certificate.objects.order_by().values_list("issuer", "year")
    counted = numbers.annotate(count=Count("number", distinct=True), first=Min("number"), last=Max("number"))
    found = {(issuer, year): rest for issuer, year, *rest in counted}
    for counter in RegisterCounter.objects.all():
        count, first, last = found.pop((counter.issuer, counter.year), (0, 1, 0))
        if (count, first, last) != (counter.last_number, 1, counter.last_number):
            told = f"{count} numbers from {first} to {last}"
            yield Difference("register", counter.pk, "numbers", told, f"1 to {counter.last_number}")
    for issuer, year in found:
        yield Difference("register", 0, f"counter of {issuer} {year}", "missing", "there")
