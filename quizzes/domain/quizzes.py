"""Setting a quiz: its rules, its sections with fixed questions and draws. Attempts under way keep what they have."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from people.domain import audit
from quizzes.domain import papers
from quizzes.domain.questions import versions
from quizzes.kinds.registry import kind_of
from quizzes.models import Question, Quiz, QuizSection, SectionDraw, SectionQuestion
from shared.errors import DomainError


@transaction.atomic
def create_quiz(quiz: Quiz, *, actor) -> Quiz:
    """Stores a new quiz with one empty section."""
    quiz.save()
    QuizSection.objects.create(quiz=quiz, position=1)
    audit.record(actor, "quiz.created", quiz, code=quiz.code)
    log(instance=quiz, action="wagtail.create", user=actor)
    return quiz


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


@transaction.atomic
def add_section(quiz: Quiz, *, actor) -> QuizSection:
    """A further, empty section at the end."""
    last = quiz.sections.aggregate(last=Max("position"))["last"] or 0
    section = QuizSection.objects.create(quiz=quiz, position=last + 1)
    return _noted(section, quiz, actor)


@transaction.atomic
def add_questions(section: QuizSection, questions: list[Question], *, actor) -> int:
    """Adds fixed questions at the end of a section; those the quiz asks already are left out. Returns how many."""
    asked = set(SectionQuestion.objects.filter(section__quiz=section.quiz_id).values_list("question", flat=True))
    fresh = [one for one in questions if one.pk not in asked and one.retired_at is None]
    place = _last_place(section)
    SectionQuestion.objects.bulk_create(
        SectionQuestion(section=section, question=one, position=place + index)
        for index, one in enumerate(fresh, start=1)
    )
    if fresh:
        _noted(section, section.quiz, actor)
    return len(fresh)


@transaction.atomic
def save_draw(draw: SectionDraw, tags, *, actor) -> SectionDraw:
    """Stores a new or changed draw; a new one comes last in its section."""
    if draw.position is None:
        draw.position = _last_place(draw.section) + 1
    draw.save()
    draw.tags.set(tags)
    return _noted(draw, draw.section.quiz, actor)


@transaction.atomic
def change_part(part: SectionQuestion | SectionDraw | QuizSection, *, actor) -> None:
    """Stores changed points, topic or title of a section or something in it."""
    part.save()
    _noted(part, _quiz_of(part), actor)


@transaction.atomic
def remove(part: SectionQuestion | SectionDraw | QuizSection, *, actor) -> None:
    """Takes a question, a draw or a section with all in it out of the quiz. A quiz keeps at least one section."""
    quiz = _quiz_of(part)
    if isinstance(part, QuizSection) and quiz.sections.count() == 1:
        raise DomainError(_("A quiz needs at least one section."))
    part.delete()
    _noted(quiz, quiz, actor)


@transaction.atomic
def step(part: SectionQuestion | SectionDraw, up: bool, *, actor) -> None:
    """Moves a question or draw by one place within its section; at either end it stays."""
    section = QuizSection.objects.select_for_update().get(pk=part.section_id)
    parts = parts_of(section)
    place = parts.index(part)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(parts):
        return
    parts[place], parts[other] = parts[other], parts[place]
    for position, one in enumerate(parts, start=1):
        if one.position != position:
            type(one).objects.filter(pk=one.pk).update(position=position)
    _noted(section, section.quiz, actor)


def parts_of(section: QuizSection) -> list[SectionQuestion | SectionDraw]:
    """Questions and draws of a section in their order."""
    parts = [
        *section.section_questions.select_related("question__current", "question__bank"),
        *section.draws.select_related("bank").prefetch_related("tags"),
    ]
    return sorted(parts, key=lambda part: (part.position, part.pk))


def problems(quiz: Quiz) -> list[str]:
    """What keeps the quiz from being taken, or may surprise its author, in words."""
    found = []
    if not SectionQuestion.objects.filter(section__quiz=quiz).exists() and not (
        SectionDraw.objects.filter(section__quiz=quiz).exists()
    ):
        found.append(_("This quiz has no questions yet."))
    for draw, available in papers.shortages(quiz):
        found.append(
            ngettext(
                "“%(bank)s”: %(wanted)s questions are to be drawn, only %(count)s fits and is not asked elsewhere.",
                "“%(bank)s”: %(wanted)s questions are to be drawn, only %(count)s fit and are not asked elsewhere.",
                available,
            )
            % {"bank": draw.bank, "wanted": draw.count, "count": available}
        )
    fixed = SectionQuestion.objects.filter(section__quiz=quiz).values_list("question__current", flat=True)
    if any(kind_of(one.kind).marked_by_people for one in versions(fixed)):
        found.append(_("Some answers are marked by an examiner: the result comes when that is done."))
    return found


def _quiz_of(part) -> Quiz:
    return part.quiz if isinstance(part, QuizSection) else part.section.quiz


def _last_place(section: QuizSection) -> int:
    return max((part.position for part in parts_of(section)), default=0)


def _noted(thing, quiz: Quiz, actor):
    audit.record(actor, "quiz.questions_changed", quiz, code=quiz.code)
    return thing
