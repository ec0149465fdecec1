"""Our own format: a YAML file `questions: [{id, type, points, tags, …}]`, the rest of each as its kind reads it."""

from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from quizzes.formats import FileQuestion
from quizzes.kinds.errors import QuestionErrors
from quizzes.kinds.registry import kind_of, read_question
from quizzes.models import Bank, Question
from shared import yaml_source
from shared.text.fold import to_nfc
from shared.yaml_source import Problem, SourceProblems, YamlSource

_LONGEST_CODE = 60
_MOST_POINTS = 1000


def read(path: Path, known_tags: set[str]) -> list[FileQuestion]:
    """All questions of the file. Raises SourceProblems with every mistake: file, line, field."""
    source = yaml_source.read(path)
    entries = source.data.get("questions") if isinstance(source.data, dict) else None
    if not isinstance(entries, list) or not entries:
        raise SourceProblems([source.problem("questions", _("must be a list with at least one question"))])
    problems: list[Problem] = []
    found, seen = [], set()
    for index, entry in enumerate(entries):
        question = _read_one(source, f"questions[{index}]", entry, seen, known_tags, problems)
        if question:
            found.append(question)
    if problems:
        raise SourceProblems(problems)
    return found


def _read_one(source: YamlSource, at: str, entry, seen: set[str], known_tags: set[str], problems: list[Problem]):
    before = len(problems)
    fields = entry if isinstance(entry, dict) else {}
    code = to_nfc(str(fields.get("id") or ""))
    if not code or len(code) > _LONGEST_CODE:
        problems.append(
            source.problem(f"{at}.id", _("must be a text of 1 to %(most)s characters") % {"most": _LONGEST_CODE})
        )
    elif code in seen:
        problems.append(source.problem(f"{at}.id", _("is used by an earlier question too")))
    seen.add(code)
    points = _points(fields.get("points", 1))
    if points is None:
        problems.append(
            source.problem(f"{at}.points", _("must be a number above 0, at most %(most)s") % {"most": _MOST_POINTS})
        )
    tags = fields.get("tags") or []
    for number, tag in enumerate(tags if isinstance(tags, list) else [tags]):
        if tag not in known_tags:
            problems.append(source.problem(f"{at}.tags[{number}]", _("is no tag known here: %(tag)s") % {"tag": tag}))
    try:
        kind, body = read_question(entry)
    except QuestionErrors as faults:
        problems += [
            source.problem(f"{at}.{fault.field}".strip("."), _(fault.template) % fault.params) for fault in faults
        ]
        return None
    if len(problems) > before:
        return None
    return FileQuestion(code, kind.name, points, body, list(tags), source.line_of(at))


def _points(written) -> Decimal | None:
    try:
        points = Decimal(str(written)) if not isinstance(written, bool) else None
    except InvalidOperation:
        return None
    if points is None or not points.is_finite() or not 0 < points <= _MOST_POINTS:
        return None
    return points.quantize(Decimal("0.01"))


def write(bank: Bank) -> str:
    """The questions in use of the bank itself, as a file `read` reads back."""
    rows = Question.objects.filter(bank=bank, retired_at__isnull=True, current__isnull=False)
    rows = rows.select_related("current").prefetch_related("tags__vocabulary").order_by("code")
    data = {"questions": [_written(question) for question in rows]}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)


def _written(question: Question) -> dict:
    version = question.current
    points = version.points.normalize()
    head = {"id": question.code, "points": int(points) if points == int(points) else str(points)}
    tags = [f"{tag.vocabulary.code}/{tag.code}" for tag in question.tags.all()]
    return head | ({"tags": tags} if tags else {}) | kind_of(version.kind).to_source(version)
