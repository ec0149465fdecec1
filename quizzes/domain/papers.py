"""The paper of an attempt: drawn once when it starts, the same for ever after, and so kept in memory."""

import json
import random
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Sum
from django.utils.translation import gettext as _

from quizzes.domain.drawing import draw_distinct
from quizzes.domain.questions import versions
from quizzes.kinds.registry import kind_of
from quizzes.models import Attempt, Question, QuestionVersion, Quiz, SectionDraw, SectionQuestion
from shared.content_version import remembered
from shared.errors import DomainError
from shared.kept import kept
from shared.prepared import prepared


@dataclass(frozen=True)
class Paper:
    """What never changes of an attempt: its title, its slots (see Attempt.paper) and how it is taken."""

    title: str
    slots: list[dict]
    page_size: int = 1
    one_way: bool = False
    practice: bool = False

    @property
    def is_guarded(self) -> bool:
        """Whether some answers may be closed while the attempt is open: see quizzes.domain.guarded."""
        return self.one_way or self.practice

    def page_of(self, slot: int) -> range:
        """The slots on the page with this one (0-based); a page size of 0 puts all on one page."""
        size = self.page_size or len(self.slots)
        first = slot // size * size
        return range(first, min(first + size, len(self.slots)))

    def question(self, slot: int) -> QuestionVersion:
        """The question in a slot (0-based). Raises IndexError."""
        if slot < 0:
            raise IndexError(slot)
        return versions([self.slots[slot]["version"]])[0]

    def questions(self) -> list[QuestionVersion]:
        """All questions in the order of the slots."""
        return versions(slot["version"] for slot in self.slots)


def paper_of(person, attempt_id: int) -> Paper:
    """The paper of the person's own attempt. Raises Attempt.DoesNotExist for anybody else's."""
    return _paper(attempt_id, person.pk)


_just_drawn: ContextVar[Attempt | None] = ContextVar("just_drawn", default=None)


def remember_paper(attempt: Attempt) -> None:
    """Spares the first page of a fresh attempt the query for its paper. Call it once the attempt is committed."""
    token = _just_drawn.set(attempt)
    try:
        _paper(attempt.pk, attempt.person_id)
    finally:
        _just_drawn.reset(token)


@kept(1000)
def _paper(attempt_id: int, person_id: int) -> Paper:
    fresh = _just_drawn.get()
    if fresh is not None:
        paper = json.loads(json.dumps(fresh.paper))  # as the database would hand it out
        return Paper(paper["title"], paper["slots"], fresh.questions_per_page, fresh.one_way, fresh.practice)
    taken = Attempt.objects.values_list("paper", "questions_per_page", "one_way", "practice")
    paper, *how = taken.get(pk=attempt_id, person=person_id)
    return Paper(paper["title"], paper["slots"], *how)


def points_of(slot: dict, question: QuestionVersion) -> Decimal:
    """What a slot is worth in its paper: the quiz may say otherwise than the question."""
    return Decimal(slot["points"]) if "points" in slot else question.points


def size(quiz: Quiz) -> int:
    """How many questions a paper of the quiz has, fixed and drawn."""
    drawn = SectionDraw.objects.filter(section__quiz=quiz).aggregate(total=Sum("count"))["total"] or 0
    return SectionQuestion.objects.filter(section__quiz=quiz).count() + drawn


@dataclass
class _Place:
    """One question of a paper to be."""

    topic: str
    points: Decimal | None
    version: int


def draw(quiz: Quiz, rng: random.Random, viewer=None) -> tuple[dict, Decimal]:
    """A fresh paper (as Attempt.paper) and its highest possible points; the same for the same quiz and state of `rng`.

    `viewer`, if it was read with a session, spares the query for the fixed questions (`shared.content_version`).
    Raises DomainError without questions, or if a bank holds too few for a draw.
    """
    sections = _drawn_sections(quiz, rng, viewer)
    if quiz.shuffle_questions:
        for places in sections:
            rng.shuffle(places)
    places = [place for section in sections for place in section]
    if not places:
        raise DomainError(_("This quiz has no questions yet."))
    slots = []
    max_points = Decimal(0)
    for place, question in zip(places, versions(place.version for place in places), strict=True):
        kind = kind_of(question.kind)
        arrange = kind.arrange if quiz.shuffle_options else kind.arrange_as_written
        slot = {
            "version": question.pk,
            "arrangement": arrange(question.content, question.key, rng),
            "topic": place.topic,
        }
        if place.points is not None and place.points != question.points:
            slot["points"] = str(place.points)
        slots.append(slot)
        max_points += points_of(slot, question)
    return {"title": quiz.title, "slots": slots}, max_points


def shortages(quiz: Quiz) -> list[tuple[SectionDraw, int]]:
    """The draws that ask for more than their banks hold, with how many they get when all are drawn together."""
    fixed, draws = _parts(quiz)
    drawn = _draw(draws, (row[4] for row in fixed), random.Random(0))  # noqa: S311  only counted
    return [(draw, len(found)) for draw, found in zip(draws, drawn, strict=True) if len(found) < draw.count]


def _drawn_sections(quiz: Quiz, rng: random.Random, viewer) -> list[list[_Place]]:
    """The places of each section in the author's order."""
    fixed, draws = _parts(quiz, viewer)
    placed = [(row[0], row[1], [_Place(row[2], row[3], row[5])]) for row in fixed]
    if draws:
        drawn = _draw(draws, (row[4] for row in fixed), rng)
        if any(len(found) < draw.count for draw, found in zip(draws, drawn, strict=True)):
            raise DomainError(
                _("This quiz cannot be started: its question banks hold too few questions. Its author can mend that.")
            )
        current = dict(
            Question.objects.filter(pk__in=[pk for found in drawn for pk in found]).values_list("pk", "current")
        )
        for draw, found in zip(draws, drawn, strict=True):
            places = [_Place(draw.topic, draw.points, current[pk]) for pk in found]
            placed.append((draw.section.position, draw.position, places))
    sections: dict[int, list[_Place]] = {}
    for section, _position, places in sorted(placed, key=lambda part: part[:2]):
        sections.setdefault(section, []).extend(places)
    return list(sections.values())


_fixed_questions = remembered(200)(
    prepared(
        lambda quiz: (
            SectionQuestion.objects.filter(section__quiz=quiz)
            .annotate(
                section_position=F("section__position"),
                version=F("question__current"),
                any_draw=Exists(SectionDraw.objects.filter(section__quiz=OuterRef("section__quiz"))),
            )
            .order_by("section_position", "position")
        ),
        int,
    )
)


def _parts(quiz: Quiz, viewer=None) -> tuple[list[tuple], list[SectionDraw]]:
    """The fixed questions (section, position, topic, points, question, version) and the draws; the latter are only
    asked for where there are some: most quizzes have none, and starting one is a learner's way."""
    found = _fixed_questions(viewer, quiz.pk)
    fixed = [(one.section_position, one.position, one.topic, one.points, one.question_id, one.version) for one in found]
    if found and not found[0].any_draw:
        return fixed, []
    draws = SectionDraw.objects.filter(section__quiz=quiz).order_by("section__position", "position")
    return fixed, list(draws.select_related("section", "bank").prefetch_related("tags"))


def candidates(draw: SectionDraw) -> list[int]:
    """The ids of all questions a draw may take, in a fixed order."""
    banks = {"bank__path__startswith": draw.bank.path} if draw.with_sub_banks else {"bank": draw.bank}
    found = Question.objects.filter(retired_at__isnull=True, current__isnull=False, **banks)
    by_vocabulary: dict[int, list] = {}
    for tag in draw.tags.all():
        by_vocabulary.setdefault(tag.vocabulary_id, []).append(tag.pk)
    for tags in by_vocabulary.values():
        found = found.filter(Exists(Question.tags.through.objects.filter(question=OuterRef("pk"), tag__in=tags)))
    return list(found.order_by("pk").values_list("pk", flat=True))


def _draw(draws: list[SectionDraw], fixed: Iterable[int], rng: random.Random) -> list[list[int]]:
    taken = set(fixed)
    pools = [([pk for pk in candidates(draw) if pk not in taken], draw.count) for draw in draws]
    return draw_distinct(pools, rng)
