"""Questions from and to files of our own format: all or nothing, every mistake with its line."""

from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command

from quizzes.kinds.registry import all_kinds
from quizzes.models import Question
from tests.quizzes.kinds.examples import minimal_source


@pytest.fixture
def file(tmp_path):
    def write(text: str):
        path = tmp_path / "questions.yaml"
        path.write_text(text, "utf-8")
        return path

    return write


def everything() -> str:
    questions = [
        {"id": kind.name, "points": "1.5", "tags": ["difficulty/easy"]} | minimal_source(kind.name)
        for kind in all_kinds()
    ]
    return yaml.safe_dump({"questions": questions}, allow_unicode=True)


def test_every_kind_goes_out_and_comes_back_unchanged(tree, file):
    call_command("import_questions", file(everything()), bank="XA", stdout=StringIO())
    assert Question.objects.filter(bank=tree["commune"], tags__code="easy").count() == len(all_kinds())
    out = StringIO()
    call_command("export_questions", bank="XA", stdout=out)
    call_command("import_questions", file(out.getvalue()), bank="PHUONG", stdout=StringIO())
    for question in Question.objects.filter(bank=tree["ward"]).select_related("current"):
        twin = Question.objects.get(bank=tree["commune"], code=question.code).current
        current = question.current
        assert (current.content, current.key, current.feedback) == (twin.content, twin.key, twin.feedback)
        assert current.points == twin.points and question.tags.get().code == "easy"
    call_command("import_questions", file(out.getvalue()), bank="PHUONG", stdout=StringIO())
    assert not Question.objects.filter(current__number__gt=1).exists()  # loading again changes nothing


def test_a_faulty_file_loads_nothing_and_tells_every_line(tree, file):
    path = file(
        "questions:\n"
        "  - id: A1\n"
        "    type: true_false\n"
        "    stem: Đúng?\n"
        "    answer: true\n"
        "  - id: A1\n"
        "    type: single_choice\n"
        "    points: 0\n"
        "    tags: [difficulty/none]\n"
        "    stem: Mấy?\n"
        "    answer: c\n"
        "    options:\n"
        "      - {id: a, vi: Một}\n"
        "      - {id: b, vi: Một}\n"
    )
    with pytest.raises(CommandError) as caught:
        call_command("import_questions", path, bank="XA")
    told = str(caught.value)
    for line in ("line 6", "line 8", "line 9", "line 11", "line 14"):
        assert f"questions.yaml, {line}" in told, told
    assert not Question.objects.exists()


@pytest.mark.parametrize("text", ["", "questions: []", "questions: {a: 1}", "questions:\n  - 5\n", "a: [\n", "- x"])
def test_what_is_no_list_of_questions(tree, file, text):
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("import_questions", file(text), bank="XA")
    with pytest.raises(CommandError, match="no bank"):
        call_command("import_questions", file(text), bank="NICHTS")
