"""Writing questions on the desk: every kind from nothing, faults beside their fields, versions, a kind nobody knew."""

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

import pytest
from django.urls import reverse

from quizzes.domain.questions import search_key
from quizzes.kinds import registry
from quizzes.kinds.base import QuestionKind
from quizzes.kinds.editor import Line
from quizzes.kinds.registry import all_kinds, kind_of
from quizzes.models import Question, Tag
from tests.courses.stage import queries_of
from tests.quizzes.kinds.examples import minimal_source
from tests.quizzes.kinds.test_editor import typed_in

from .conftest import make_question, make_quiz


def screen(kind, **about) -> dict:
    """What a browser posts of a filled screen."""
    return typed_in(kind, kind.to_source(kind.from_source(minimal_source(kind.name)))) | {"points": "2", **about}


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_every_kind_is_written_from_nothing_and_previewed_as_learners_see_it(tree, desk, kind):
    browser = desk("tam")
    page = browser.get(reverse("exam_write_question", args=[kind.name]))
    assert page.status_code == 200
    tags = list(Tag.objects.filter(code__in=["conduct", "easy"]).values_list("pk", flat=True))
    answer = browser.post(
        reverse("exam_write_question", args=[kind.name]), screen(kind, bank=tree["commune"].pk, code="MOI", tags=tags)
    )
    question = Question.objects.get(code="MOI")
    assert answer.status_code == 302 and answer.url == reverse("exam_question", args=[question.pk])
    body = kind.from_source(minimal_source(kind.name))
    current = question.current
    assert (current.content, current.key, current.feedback) == (body.content, body.key, body.feedback)
    assert (current.number, current.points, current.created_by.username) == (1, Decimal(2), "tam")
    assert set(question.tags.values_list("pk", flat=True)) == set(tags)
    assert question.search_key == search_key("MOI", body.content)
    shown = browser.get(reverse("exam_preview_question", args=[question.pk])).content.decode()
    assert "2 points" in shown and "<script" not in shown
    edit = browser.get(reverse("exam_edit_question", args=[question.pk]))
    assert edit.status_code == 200 and edit.context["body"].source == kind.to_source(body)


def test_a_draft_is_previewed_without_its_key_and_stored_nowhere(tree, desk):
    browser, kind = desk("tam"), kind_of("single_choice")
    typed = {
        "stem.vi": "Đang viết",
        "options[0].vi": "Một",
        "options[0].why.vi": "LÝ-DO",
        "feedback.correct.vi": "LỜI-KHEN",
    }
    shown = browser.post(reverse("exam_preview_draft", args=[kind.name]), typed).content.decode()
    assert "Đang viết" in shown and "Một" in shown
    assert "LÝ-DO" not in shown and "LỜI-KHEN" not in shown
    for one in all_kinds():  # an empty screen shows no error page
        assert browser.post(reverse("exam_preview_draft", args=[one.name]), {"points": "x"}).status_code == 200
    assert not Question.objects.exists()


def test_faults_stand_beside_their_fields_and_nothing_is_lost(tree, desk):
    browser = desk("tam")
    typed = {
        "stem.vi": "Câu hỏi dở",
        "options[0].vi": "Một",
        "options[1].vi": "Một",
        "bank": tree["commune"].pk,
        "points": "1",
    }
    page = browser.post(reverse("exam_write_question", args=["single_choice"]), typed)
    assert page.status_code == 422
    faults = {(label, text) for _id, label, text in page.context["problems"]}
    assert ("Option", "Has the same text as an earlier option") in faults
    assert any("missing" in text for _label, text in faults)  # no right option was marked
    text = page.content.decode()
    assert ">Câu hỏi dở</textarea>" in text and 'aria-invalid="true"' in text
    assert not Question.objects.exists()


def test_rows_are_added_moved_and_removed_without_a_script(tree, desk):
    browser = desk("tam")
    address = reverse("exam_write_question", args=["ordering"])
    typed = {f"items[{index}].vi": text for index, text in enumerate(["Một", "Ba", "Hai"])} | {"points": "1"}

    def rows(command):
        part = next(part for part in browser.post(address, typed | {"row": command}).context["body"].parts if part.rows)
        return [row.controls[0].control.value for row in part.rows]

    assert rows("add:items") == ["Một", "Ba", "Hai", ""]
    assert rows("up:items:2") == ["Một", "Hai", "Ba"]
    assert rows("down:items:2") == ["Một", "Ba", "Hai"]
    assert rows("drop:items:1") == ["Một", "Hai"]
    assert rows("burn:items:1") == ["Một", "Ba", "Hai"]
    assert not Question.objects.exists()


def test_a_change_makes_a_version_and_the_difference_is_told(cast, tree, desk):
    question = make_question(tree["commune"], "CU")
    first, browser = question.current, desk("hung")
    kind = kind_of("single_choice")
    address = reverse("exam_edit_question", args=[question.pk])
    same = typed_in(kind, kind.to_source(first)) | {"points": "1"}
    browser.post(address, same)
    assert question.versions.count() == 1  # nothing was changed
    browser.post(address, same | {"stem.vi": "Mấy cái?", "stem.en": "How many?", "note": "Rõ hơn"})
    question.refresh_from_db()
    assert question.current.number == 2 and question.current.content["stem"] == {"vi": "Mấy cái?", "en": "How many?"}
    late = browser.post(address, same | {"version": "1", "stem.vi": "Của người khác"})
    assert late.status_code == 422 and "Version 2 was saved by somebody else" in late.content.decode()
    assert 'name="version" value="2"' in late.content.decode() and question.versions.count() == 2
    first.refresh_from_db()
    assert first.content["stem"] == {"vi": "Mấy?"}
    page = browser.get(reverse("exam_compare_question", args=[question.pk, 2]))
    changed = {label: (before, after) for label, before, after, is_changed in page.context["rows"] if is_changed}
    assert changed == {"Question": ("Mấy?", "Mấy cái?"), "Question · English": ("", "How many?")}
    history = browser.get(reverse("exam_question", args=[question.pk])).content.decode()
    assert "Rõ hơn" in history and cast["hung"].full_name in history
    english = browser.get(reverse("exam_preview_question", args=[question.pk]) + "?language=en").content.decode()
    assert "How many?" in english
    assert "Mấy?" in browser.get(reverse("exam_preview_question", args=[question.pk]) + "?version=1").content.decode()


def test_questions_are_found_without_marks_and_by_filter(tree, desk):
    browser = desk("tam")
    for bank, code, kind, stem in (
        (tree["province"], "A", "single_choice", "Lắng nghe người dân"),
        (tree["commune"], "B", "true_false", "Trang phục công sở"),
        (tree["ward"], "C", "true_false", "Lắng nghe đồng nghiệp"),
    ):
        make_question(bank, code, kind, stem=stem)
    Question.objects.get(code="C").tags.add(Tag.objects.get(code="colleagues"))

    def found(**asked) -> set[str]:
        page = browser.get(reverse("exam_questions"), asked)
        return {question.code for question in page.context["object_list"]}

    assert found(q="lang nghe") == {"A", "C"}
    assert found(bank=tree["province"].pk) == {"A", "B"}
    assert found(kind="true_false") == {"B", "C"}
    assert found(tags=[Tag.objects.get(code="colleagues").pk]) == {"C"}
    assert found(q="LẮNG", bank=tree["ward"].pk) == {"C"}


def test_the_lists_take_as_many_queries_for_three_as_for_one(tree, desk):
    browser = desk("tam")
    make_question(tree["province"], "Q0").tags.add(Tag.objects.first())
    addresses = [reverse("exam_questions"), reverse("exam_banks")]
    few = [queries_of(lambda address=address: browser.get(address)) for address in addresses]
    for number in (1, 2):
        make_question(tree["commune"], f"Q{number}").tags.add(*Tag.objects.all()[:3])
    assert [queries_of(lambda address=address: browser.get(address)) for address in addresses] == few


def test_a_question_is_copied_moved_retired_and_brought_back(cast, tree, desk):
    browser, question = desk("hung"), make_question(tree["commune"], "Q1")
    question.tags.add(Tag.objects.get(code="easy"))
    browser.post(reverse("exam_duplicate_question", args=[question.pk]), {"bank": tree["commune"].pk})
    copy = Question.objects.get(code="Q1-2")
    assert copy.current.content == question.current.content and copy.tags.get().code == "easy"
    browser.post(reverse("exam_move_question", args=[copy.pk]), {"bank": tree["ward"].pk})
    copy.refresh_from_db()
    assert copy.bank == tree["commune"]  # the ward's bank is not his to write in
    desk("tam").post(reverse("exam_move_question", args=[copy.pk]), {"bank": tree["ward"].pk})
    copy.refresh_from_db()
    assert copy.bank == tree["ward"]
    retire = reverse("exam_retire_question", args=[question.pk])
    quiz = make_quiz("KT")
    asked = quiz.sections.get().section_questions.create(question=question, position=1)
    assert "Bài KT" in browser.post(retire, {"retire": "1"}, follow=True).content.decode()
    assert Question.objects.get(pk=question.pk).retired_at is None
    asked.delete()
    browser.post(retire, {"retire": "1"})
    assert Question.objects.get(pk=question.pk).retired_at
    browser.post(retire)
    assert Question.objects.get(pk=question.pk).retired_at is None


# --- A kind nobody knew -------------------------------------------------------------------------------------


class Year(QuestionKind):
    """A toy: a year to be typed."""

    name = "year"
    label: ClassVar = {"vi": "Năm", "en": "Year"}
    instruction: ClassVar = {"vi": "Gõ năm.", "en": "Type the year."}
    fields = frozenset({"year"})
    editor = (Line("year", {"vi": "Năm đúng", "en": "Right year"}, number=True),)

    def _read(self, reader, body):
        body.key["year"] = reader.plain("year")

    def _written(self, body):
        return {"year": int(body.key["year"])}

    def arrange(self, content, key, rng):
        return []

    def present(self, content, arrangement, answer, language="vi"):
        return self._presented(content, language) | {"value": answer or ""}

    def parse(self, content, data):
        return next(iter(data.get("year") or []), None)

    def is_complete(self, content, answer):
        return bool(answer)

    def grade(self, content, key, answer):
        return Fraction(answer == key["year"])

    def explain(self, content, key, feedback, arrangement, answer, language="vi"):
        return self._explained(content, key, feedback, answer, language) | {"given": [], "expected": [key["year"]]}


def test_a_new_kind_needs_its_class_its_template_and_a_line_in_the_registry(
    tree, desk, monkeypatch, settings, tmp_path
):
    folder = tmp_path / "quizzes" / "kinds"
    folder.mkdir(parents=True)
    (folder / "year.html").write_text('<p>{{ question.stem }}</p><input name="{{ part.prefix }}year">', "utf-8")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [*settings.TEMPLATES[0].get("DIRS", []), str(tmp_path)]}]
    monkeypatch.setitem(registry._BY_NAME, "year", Year())
    browser = desk("tam")
    assert "Type the year." in browser.get(reverse("exam_new_question")).content.decode()
    address = reverse("exam_write_question", args=["year"])
    assert "Right year" in browser.get(address).content.decode()
    typed = {"stem.vi": "Đề án ra năm nào?", "bank": tree["province"].pk, "code": "NAM", "points": "1"}
    faulty = browser.post(address, typed)
    assert ("Right year", "Is missing") in {(label, text) for _id, label, text in faulty.context["problems"]}
    browser.post(address, typed | {"year": "2018"})
    question = Question.objects.get(code="NAM")
    shown = browser.get(reverse("exam_preview_question", args=[question.pk])).content.decode()
    assert "Đề án ra năm nào?" in shown and 'name="q0-year"' in shown and "2018" not in shown
    page = browser.get(reverse("exam_edit_question", args=[question.pk])).content.decode()
    assert 'value="2018"' in page
