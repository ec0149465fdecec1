"""Reads a starter course and the bodies of its lessons; every mistake is found before anything is loaded."""

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from courses.enums import Audience
from quizzes.kinds.base import QuestionBody
from quizzes.kinds.errors import QuestionErrors
from quizzes.kinds.registry import read_question
from shared import yaml_source
from shared.text.fold import drop_marks

from .checking import Checker
from .lesson_body import read_body


@dataclass
class StarterLesson:
    code: str
    title: str
    slug: str
    minutes: int
    introduction: str
    blocks: list[dict]


@dataclass
class StarterModule:
    code: str
    title: str
    audience: Audience
    lessons: list[StarterLesson]


@dataclass
class StarterQuestion:
    code: str
    kind: str
    topic: str
    points: Decimal
    body: QuestionBody


@dataclass
class StarterCover:
    """The picture on the course's card: cover.jpg beside the lessons."""

    file: Path
    alt_text: str
    credit: str


@dataclass
class StarterCourse:
    """A whole course, checked and ready to load. `fingerprint` changes when any of its files does."""

    code: str
    slug: str
    title: str
    summary: str
    audience_note: str
    duration_minutes: int
    pass_percent: int
    max_attempts: int
    awards_certificate: bool
    is_draft: bool
    cover: StarterCover | None
    modules: list[StarterModule]
    quiz_code: str
    quiz_title: str
    time_limit_minutes: int | None
    shuffle: bool
    questions: list[StarterQuestion]
    fingerprint: str


def read_course(path: Path) -> StarterCourse:
    """Reads `path` and the lesson files in the folder of the same name.

    Raises SourceProblems with every mistake found: file, line, field and what is expected.
    """
    source = yaml_source.read(path)
    check = Checker(source)
    check.mapping("", {"schema_version", "course", "sources", "modules", "quiz"}, needed={"course", "modules", "quiz"})
    check.stop_if_any()
    if check.value("schema_version") not in (None, 1):
        check.fault("schema_version", "must be 1, the only format known here")
    course = _head(check)
    sources = _sources(check)
    modules = _modules(check, sources, path.with_suffix(""))
    quiz = _quiz(check, {module.code for module in modules})
    check.stop_if_any()
    _name_lessons(modules, quiz["questions"])
    return StarterCourse(**course, modules=modules, **quiz, fingerprint=fingerprint(path))


def _head(check: Checker) -> dict:
    fields = {"code", "slug", "language", "title", "summary", "audience", "duration_minutes", "completion"}
    fields |= {"review", "cover"}
    check.mapping("course", fields, needed={"code", "slug", "title", "summary", "duration_minutes", "completion"})
    check.mapping(
        "course.completion",
        {"all_lessons_required", "quiz_pass_percent", "max_attempts", "certificate"},
        needed={"quiz_pass_percent"},
    )
    if not check.flag("course.completion.all_lessons_required", default=True):
        check.fault("course.completion.all_lessons_required", "must be true, no other rule is known here")
    check.choice("course.language", ["vi"], default="vi")
    if "review" in check.keys("course"):
        check.mapping("course.review", {"status", "needs"})
    return {
        "code": check.text("course.code", longest=40),
        "slug": check.slug("course.slug"),
        "title": check.translated("course.title", longest=200),
        "summary": check.translated("course.summary", longest=600),
        "audience_note": check.translated("course.audience", longest=300, optional=True),
        "duration_minutes": check.number("course.duration_minutes", 1, 6000),
        "pass_percent": check.number("course.completion.quiz_pass_percent", 1, 100),
        "max_attempts": check.number("course.completion.max_attempts", 1, 50, default=3),
        "awards_certificate": check.flag("course.completion.certificate", default=True),
        "cover": _cover(check),
        "is_draft": check.choice("course.review.status", ["draft", "approved"], default="draft") == "draft",
    }


def _cover(check: Checker) -> StarterCover | None:
    if "cover" not in check.keys("course"):
        return None
    check.mapping("course.cover", {"alt_text", "credit"}, needed={"alt_text", "credit"})
    file = check.source.path.with_suffix("") / "cover.jpg"
    if not file.exists():
        check.fault("course.cover", f"the picture is missing: {file.name} in the folder {file.parent.name}")
    return StarterCover(file, check.text("course.cover.alt_text", 250), check.text("course.cover.credit", 120))


def _sources(check: Checker) -> dict[str, str]:
    """The name by which a reader knows each source."""
    check.mapping("sources", None)
    names = {}
    for key in check.keys("sources"):
        check.mapping(f"sources.{key}", {"kind", "cite", "file", "url", "ref", "note"})
        names[key] = check.text(f"sources.{key}.cite", longest=200)
    return names


def _modules(check: Checker, sources: dict[str, str], folder: Path) -> list[StarterModule]:
    modules = []
    codes: set[str] = set()
    slugs: set[str] = set()
    for index in check.indexes("modules"):
        field = f"modules[{index}]"
        check.mapping(field, {"code", "for", "title", "lessons"}, needed={"code", "title", "lessons"})
        code = check.unique(f"{field}.code", codes)
        modules.append(
            StarterModule(
                code=code,
                title=check.translated(f"{field}.title", longest=200),
                audience=Audience(check.choice(f"{field}.for", Audience.values, default=str(Audience.EVERYONE))),
                lessons=[
                    _lesson(check, f"{field}.lessons[{i}]", codes, slugs, sources, folder)
                    for i in check.indexes(f"{field}.lessons")
                ],
            )
        )
    return modules


def _lesson(
    check: Checker, field: str, codes: set[str], slugs: set[str], sources: dict[str, str], folder: Path
) -> StarterLesson:
    check.mapping(field, {"code", "title", "minutes", "key_points"}, needed={"code", "title", "minutes", "key_points"})
    code = check.unique(f"{field}.code", codes)
    points = []
    for i in check.indexes(f"{field}.key_points"):
        point = f"{field}.key_points[{i}]"
        check.mapping(point, {"vi", "en", "sources"}, needed={"vi", "sources"})
        named = []
        for s in check.indexes(f"{point}.sources"):
            key = check.text(f"{point}.sources[{s}]")
            if key not in sources:
                check.fault(f"{point}.sources[{s}]", f"names the source “{key}”, which is not under sources")
            elif sources[key] not in named:
                named.append(sources[key])
        points.append({"text": check.text(f"{point}.vi", longest=500), "sources": "; ".join(named)})
    introduction, blocks = read_body(folder / f"{code}.yaml", code, check)
    title = check.translated(f"{field}.title", longest=200)
    slug = _slug(title)
    if slug in slugs:
        check.fault(f"{field}.title", f"“{title}” is used twice: lessons are told apart by their titles")
    slugs.add(slug)
    return StarterLesson(
        code=code,
        title=title,
        slug=slug,
        minutes=check.number(f"{field}.minutes", 1, 600),
        introduction=introduction,
        blocks=[*blocks, {"type": "key_points", "value": {"points": points}}],
    )


def _slug(title: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in drop_marks(title).lower()).split()
    return "-".join(words)[:80].strip("-")


def _quiz(check: Checker, modules: set[str]) -> dict:
    check.mapping(
        "quiz",
        {"code", "title", "time_limit_minutes", "shuffle", "questions"},
        needed={"code", "title", "questions"},
    )
    codes: set[str] = set()
    questions = [_question(check, f"quiz.questions[{i}]", codes, modules) for i in check.indexes("quiz.questions")]
    return {
        "quiz_code": check.text("quiz.code", longest=60),
        "quiz_title": check.translated("quiz.title", longest=200),
        "time_limit_minutes": check.number("quiz.time_limit_minutes", 1, 600, optional=True),
        "shuffle": check.flag("quiz.shuffle", default=True),
        "questions": [question for question in questions if question],
    }


def _question(check: Checker, field: str, codes: set[str], modules: set[str]) -> StarterQuestion | None:
    code = check.unique(f"{field}.id", codes)
    topic = check.text(f"{field}.module", optional=True)
    if topic and topic not in modules:
        check.fault(f"{field}.module", f"names the module “{topic}”, which this course does not have")
    points = check.decimal(f"{field}.points", Decimal("0.25"), Decimal(100))
    try:
        kind, body = read_question(check.value(field))
    except QuestionErrors as faults:
        for fault in faults.errors:
            check.fault(f"{field}.{fault.field}" if fault.field else field, fault.message)
        return None
    return StarterQuestion(code, kind.name, topic, points, body)


_LESSON_CODE = re.compile(r"\b(?:bài )?(M\d+\.L\d+)")
_MODULE_CODE = re.compile(r"\bmodule (\d+)")


def _name_lessons(modules: list[StarterModule], questions: list[StarterQuestion]) -> None:
    """Learners know lessons by their titles: codes such as M1.L1 in feedback are replaced by them."""
    lessons = {lesson.code: lesson.title for module in modules for lesson in module.lessons}
    titles = {module.code: module.title for module in modules}

    def spoken(text: str) -> str:
        text = _LESSON_CODE.sub(lambda m: f"bài “{lessons.get(m[1], m[1])}”", text)
        return _MODULE_CODE.sub(lambda m: f"chuyên đề “{titles.get(f'M{m[1]}', m[1])}”", text)

    for question in questions:
        for name in ("correct", "incorrect"):
            texts = question.body.feedback.get(name)
            if texts:
                question.body.feedback[name] = {language: spoken(text) for language, text in texts.items()}


def fingerprint(path: Path) -> str:
    """A digest of the course file and everything in the folder of the same name."""
    digest = hashlib.sha256(path.read_bytes())
    for file in sorted(path.with_suffix("").glob("*.*")):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
