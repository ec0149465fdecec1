"""The editing screen's fields: what a kind describes can be filled in, read back and blamed, field by field."""

import pytest
from hypothesis import given

from quizzes.kinds.editor import Rows
from quizzes.kinds.errors import QuestionErrors
from quizzes.kinds.registry import all_kinds, kind_of, read_question

from .examples import minimal_source, sources, starter_ids, starter_sources


def typed_in(kind, source) -> dict:
    """What a browser posts of the screen that shows the source."""
    typed: dict = {}
    for part in kind.editor_parts():
        for control in part.controls(source):
            if control.shape in ("tick", "pick") and not control.checked:
                continue
            if control.name.endswith("[]"):
                typed.setdefault(control.name, []).append(control.value)
            else:
                typed[control.name] = control.value
    return typed


def read_back(kind, typed) -> dict:
    source = {"type": kind.name}
    for part in kind.editor_parts():
        part.read(typed, source)
    return source


@pytest.mark.parametrize("question_id", starter_ids())
def test_a_question_comes_back_from_its_screen_unchanged(question_id):
    source = next(source for source in starter_sources() if source["id"] == question_id)
    kind, body = read_question(source)
    shown = kind.to_source(body)
    assert kind.from_source(read_back(kind, typed_in(kind, shown))) == body


@given(sources())
def test_any_question_comes_back_from_its_screen_unchanged(source):
    kind, body = read_question(source)
    assert kind.from_source(read_back(kind, typed_in(kind, kind.to_source(body)))) == body


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_an_empty_screen_is_faulted_in_fields_it_has(kind):
    typed = typed_in(kind, {})
    given = [name for name, value in typed.items() if value and not name.endswith(".n")]
    assert [name for name in given if not name.startswith(("scoring", "match.", "shuffle_options"))] == []
    with pytest.raises(QuestionErrors) as caught:
        kind.from_source(read_back(kind, typed))
    names = {part.name for part in kind.editor_parts()} | {"answer"}
    assert {error.field.split(".")[0].split("[")[0] for error in caught.value} <= names


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_every_field_has_words_in_both_languages_and_a_name_of_its_own(kind):
    for part in kind.editor_parts():
        assert part.label["vi"] and part.label["en"]
        controls = part.controls(minimal_source(kind.name))
        assert all(control.label["vi"] and control.label["en"] for control in controls)
        alone = [control.name for control in controls if control.shape not in ("tick", "pick")]
        assert len(alone) == len(set(alone))


def test_empty_rows_are_dropped_and_the_mark_stays_with_its_row():
    kind = kind_of("single_choice")
    typed = {"stem.vi": "Hỏi", "options[0].vi": "Một", "options[3].vi": "Bốn", "answer": "options[3]"}
    source = read_back(kind, typed)
    assert [option["vi"] for option in source["options"]] == ["Một", "Bốn"]
    body = kind.from_source(source)
    assert body.content["options"][body.key["answer"]]["vi"] == "Bốn"


def test_rows_are_shown_on_request_and_numbered():
    rows = next(part for part in kind_of("fill_blank").editor_parts() if isinstance(part, Rows))
    shown = rows.rows({"blanks": [{"n": 1, "accept": ["a"]}]}, shown=3)
    assert [row.controls[0].value for row in shown] == ["1", "2", "3"]


def test_a_list_in_two_languages_is_joined_line_by_line():
    kind = kind_of("matching")
    typed = {"distractors.vi": "Một\nHai", "distractors.en": "\nTwo"}
    assert read_back(kind, typed)["distractors"] == [{"vi": "Một"}, {"vi": "Hai", "en": "Two"}]
