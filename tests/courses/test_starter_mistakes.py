"""A starter file with a mistake: the message names file, line and field, and nothing is loaded at all."""

import shutil
from io import StringIO
from os.path import commonprefix

import pytest
from django.core.management import CommandError, call_command

from courses.management.commands.load_starter import LIBRARY
from tests.courses import stage

COURSES = ()
NAME = stage.COURSE_A
OTHER = "ky-nang-so-cbccvc"
MAIN = f"{NAME}.yaml"
BODY = "M1.L1.yaml"

# name: (file, text in it, what stands there instead, field named, a word of the message). The line is that of
# the text replaced.
MISTAKES = {
    "unknown field at the top": (
        MAIN,
        "schema_version: 1\n",
        "schema_version: 1\nextras: 1\n",
        "extras",
        "extras",
    ),
    "unknown field of the course": (
        MAIN,
        "  language: vi\n",
        "  langauge: vi\n",
        "course.langauge",
        "not known",
    ),
    "unknown field of a text": (
        MAIN,
        'title: {vi: "Văn hóa công vụ theo Đề án 1847", en',
        'title: {vi: "Văn hóa công vụ theo Đề án 1847", fr',
        "course.title.fr",
        "not known",
    ),
    "unknown field of a source": (
        MAIN,
        "seed-000: {kind: seed, cite",
        "seed-000: {king: seed, cite",
        "sources.seed-000.king",
        "not known",
    ),
    "unknown field of the review": (
        MAIN,
        "review: {status: draft",
        "review: {state: draft",
        "course.review.state",
        "not known",
    ),
    "unknown field of a module": (
        MAIN,
        "    for: managers",
        "    fore: managers",
        "modules[5].fore",
        "not known",
    ),
    "unknown field of a lesson": (
        MAIN,
        "        minutes: 8\n",
        "        minute: 8\n",
        "modules[0].lessons[0].minute",
        "not known",
    ),
    "unknown field of a block": (
        BODY,
        '      note: "Nên',
        '      notes: "Nên',
        "body[4].legal_basis.notes",
        "not known",
    ),
    "unknown block": (BODY, '  - heading: "Từ', '  - headline: "Từ', "body[0].headline", "not a block"),
    "unknown review status": (MAIN, "status: draft", "status: aproved", "course.review.status", "draft"),
    "unknown version of the format": (MAIN, "schema_version: 1", "schema_version: 2", "schema_version", "1"),
    "unknown rule of completion": (
        MAIN,
        "all_lessons_required: true",
        "all_lessons_required: false",
        "course.completion.all_lessons_required",
        "true",
    ),
    "text in place of a number": (
        MAIN,
        "duration_minutes: 145",
        "duration_minutes: lâu",
        "course.duration_minutes",
        "whole number",
    ),
    "number in place of a text": (
        MAIN,
        "slug: van-hoa-cong-vu-de-an-1847",
        "slug: 1847",
        "course.slug",
        "text",
    ),
    "yes or no in place of a number": (
        MAIN,
        "quiz_pass_percent: 70",
        "quiz_pass_percent: true",
        "course.completion.quiz_pass_percent",
        "whole number",
    ),
    "no list": (
        MAIN,
        "sources: [seed-002, ext-1847-gov]",
        "sources: seed-002",
        "modules[0].lessons[0].key_points[0].sources",
        "list",
    ),
    "audience nobody belongs to": (MAIN, "for: managers", "for: bosses", "modules[5].for", "managers"),
    "source not defined": (
        MAIN,
        "sources: [seed-002, ext-1847-gov]",
        "sources: [seed-999, ext-1847-gov]",
        "modules[0].lessons[0].key_points[0].sources[0]",
        "seed-999",
    ),
    "lesson code used twice": (
        MAIN,
        "      - code: M1.L2\n",
        "      - code: M1.L1\n",
        "modules[0].lessons[1].code",
        "twice",
    ),
    "module code used twice": (MAIN, "  - code: M2\n", "  - code: M1\n", "modules[1].code", "twice"),
    "lesson title used twice": (
        MAIN,
        'title: {vi: "Ý thức tổ chức kỷ luật và tinh thần trách nhiệm"',
        'title: {vi: "Đề án 1847: vì sao và gồm những gì"',
        "modules[0].lessons[1].title",
        "twice",
    ),
    "field written twice": (
        MAIN,
        "  language: vi\n",
        "  language: vi\n  code: VHCV\n",
        "course.code",
        "twice",
    ),
    "body of another lesson": (BODY, "lesson: M1.L1", "lesson: M1.L2", "lesson", "M1.L1"),
}


@pytest.fixture
def library(tmp_path):
    """A copy of two courses to make mistakes in."""
    for name in (NAME, OTHER):
        shutil.copyfile(LIBRARY / f"{name}.yaml", tmp_path / f"{name}.yaml")
        shutil.copytree(LIBRARY / name, tmp_path / name, copy_function=shutil.copyfile)
    return tmp_path


def file_in(library, file: str):
    return library / file if file.endswith(MAIN) or file.startswith(OTHER) else library / NAME / file


def spoil(library, file: str, old: str, new: str) -> int:
    """Replaces the first `old` of the file by `new`; returns the line at which they begin to differ."""
    path = file_in(library, file)
    text = path.read_text(encoding="utf-8")
    place = text.index(old)
    same = len(commonprefix([old, new]))  # noqa: RUF071 - two texts, not two paths
    path.write_text(text[:place] + new + text[place + len(old) :], encoding="utf-8")
    return text[: place + same].count("\n") + 1


def load(library, *names: str) -> str:
    said = StringIO()
    call_command("load_starter", *(library / f"{name}.yaml" for name in names), stdout=said)
    return said.getvalue()


def refusal(library, *names: str) -> str:
    """What the command says when it refuses the files; it must not have written a row."""
    before = stage.rows()
    with pytest.raises(CommandError) as problem:
        load(library, *names)
    assert stage.rows() == before
    return str(problem.value)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_by_file_line_and_field_and_nothing_is_loaded(stage_of_site, library, mistake):
    file, old, new, field, word = MISTAKES[mistake]
    line = spoil(library, file, old, new)
    said = refusal(library, OTHER, NAME)
    told = [text for text in said.splitlines() if f"{file}, line {line}, {field}: " in text]
    assert told, said
    assert word in told[0]


@pytest.fixture
def stage_of_site(site, cast):
    """The catalogue without any course."""


def test_the_untouched_copies_are_loaded(stage_of_site, library):
    before = stage.rows()
    said = load(library, OTHER, NAME)
    after = stage.rows()
    assert said.count("loaded: ") == 2
    assert after["courses.LessonPage"] - before["courses.LessonPage"] == 28
    assert after["quizzes.QuestionVersion"] - before["quizzes.QuestionVersion"] == 28


def test_bad_syntax_is_named_by_file_and_line(stage_of_site, library):
    line = spoil(library, MAIN, '"Văn hóa công vụ theo Đề án 1847", en', '"Văn hóa công vụ" theo Đề án 1847, en')
    said = refusal(library, OTHER, NAME)
    assert f"{MAIN}, line {line}, file: " in said
    assert "YAML" in said


def test_a_file_that_is_not_utf8_is_named_with_the_line(stage_of_site, library):
    path = file_in(library, BODY)
    text = path.read_text(encoding="utf-8")
    line = text[: text.index("Thủ tướng")].count("\n") + 1
    path.write_bytes(text.replace("Thủ tướng", "Th\udcfa t\udcfeng").encode("utf-8", "surrogateescape"))
    said = refusal(library, OTHER, NAME)
    assert f"{BODY}, line {line}, file: " in said
    assert "UTF-8" in said


def test_a_course_file_that_is_not_utf8_is_named(stage_of_site, library):
    path = library / MAIN
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-16")
    assert f"{MAIN}, line 1, file: " in refusal(library, OTHER, NAME)


def test_a_missing_lesson_body_is_named(stage_of_site, library):
    (library / NAME / "M2.L3.yaml").unlink()
    said = refusal(library, OTHER, NAME)
    assert "M2.L3.yaml, line 1, file: " in said
    assert str(library / NAME / "M2.L3.yaml") in said


QUESTION = """\
    - id: {id}
      type: single_choice
      module: M1
      points: {points}
      stem: {{vi: "Câu hỏi thử?"}}
      options:
        - {{id: a, vi: "Một"}}
        - {{id: b, vi: "Hai"}}
      answer: {answer}
"""


@pytest.mark.parametrize(
    ("question", "field", "offset", "word"),
    [
        ({"answer": "z"}, "answer", 8, "no option"),
        ({"answer": "[a, b]"}, "answer", 8, "one option"),
        ({"points": "nhiều"}, "points", 3, "number"),
        ({"points": ".nan"}, "points", 3, "number"),
        ({"points": "[2]"}, "points", 3, "number"),
        ({"id": "A01"}, "id", 0, "twice"),
        ({"answer": "a\n      hint: x"}, "hint", 9, "not known"),
    ],
)
def test_a_mistake_in_a_question_is_named(stage_of_site, library, question, field, offset, word):
    path = library / MAIN
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
    count = text.count("\n    - id: ")
    first_id = text.split("\n    - id: ")[1].split()[0]
    values = {"id": "MOI", "points": "2", "answer": "a"} | question
    values["id"] = first_id if values["id"] == "A01" else values["id"]
    path.write_text(text + QUESTION.format(**values), encoding="utf-8")
    line = text.count("\n") + 1 + offset
    said = refusal(library, OTHER, NAME)
    told = [entry for entry in said.splitlines() if f"{MAIN}, line {line}, quiz.questions[{count}].{field}: " in entry]
    assert told, said
    assert word in told[0]


def test_every_mistake_is_told_at_once(stage_of_site, library):
    for mistake in ("unknown field of the course", "source not defined", "unknown block"):
        file, old, new, _field, _word = MISTAKES[mistake]
        spoil(library, file, old, new)
    said = refusal(library, NAME)
    assert all(field in said for field in ("course.langauge", "seed-999", "body[0].headline"))


@pytest.mark.parametrize(("field", "part"), [("course.code", 0), ("course.slug", 0), ("quiz.code", 1)])
def test_two_files_may_not_share_a_code_or_an_address(stage_of_site, library, field, part):
    def stated(file) -> tuple[list[str], int]:
        """The lines of the file, and which of them states the field."""
        lines = file.read_text(encoding="utf-8").splitlines()
        start = lines.index("quiz:") if part else lines.index("course:")
        name = field.split(".")[1]
        return lines, next(i for i in range(start, len(lines)) if lines[i].startswith(f"  {name}:"))

    lines, place = stated(library / MAIN)
    other_lines, other_place = stated(library / f"{OTHER}.yaml")
    other_lines[other_place] = lines[place]
    (library / f"{OTHER}.yaml").write_text("\n".join(other_lines), encoding="utf-8")
    said = refusal(library, NAME, OTHER)
    assert f"{OTHER}.yaml, line {other_place + 1}, {field}: " in said
    assert MAIN in said


def test_a_file_that_is_not_there_is_named(stage_of_site, tmp_path):
    assert str(tmp_path / "khong-co.yaml") in refusal(tmp_path, "khong-co")
