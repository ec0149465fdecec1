import inspect

import pytest

from quizzes.kinds.base import QuestionKind
from quizzes.kinds.errors import UnknownKindError
from quizzes.kinds.registry import KINDS, kind_of, read_question

from .examples import minimal_source


def test_nine_kinds_each_in_its_own_file():
    names = [kind.name for kind in KINDS]
    assert names == [
        "single_choice",
        "multiple_choice",
        "true_false",
        "matching",
        "ordering",
        "fill_blank",
        "scenario",
        "cloze_select",
        "essay",
    ]
    assert [inspect.getmodule(type(kind)).__name__.rsplit(".", 1)[1] for kind in KINDS] == names


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_kinds_are_found_by_name_and_named_in_both_languages(kind):
    assert kind_of(kind.name) is kind
    assert isinstance(kind, QuestionKind)
    for texts in (kind.label, kind.instruction):
        assert texts["vi"]
        assert texts["en"]


def test_an_unknown_kind():
    with pytest.raises(UnknownKindError, match="drawing"):
        kind_of("drawing")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_question_is_read_by_the_kind_it_names(kind):
    found, body = read_question(minimal_source(kind.name))
    assert found is kind
    assert body == kind.from_source(minimal_source(kind.name))
