import json
import unicodedata

import pytest
from hypothesis import given

from quizzes.kinds.errors import QuestionErrors
from quizzes.kinds.neutral_ids import neutral_id
from quizzes.kinds.registry import kind_of, read_question

from .examples import minimal, minimal_source, sources, starter, starter_ids, starter_sources


def through_json(value):
    return json.loads(json.dumps(value))


def test_there_are_41_starter_questions_of_all_seven_kinds():
    assert len(starter_sources()) == 41
    assert {source["type"] for source in starter_sources()} == {
        "single_choice",
        "multiple_choice",
        "true_false",
        "matching",
        "ordering",
        "fill_blank",
        "scenario",
    }


@pytest.mark.parametrize("question_id", starter_ids())
def test_every_starter_question_is_read_and_survives_json(question_id):
    _, body = starter(question_id)
    assert body.content["stem"]["vi"]
    for part in (body.content, body.key, body.feedback):
        assert through_json(part) == part


@pytest.mark.parametrize("question_id", starter_ids())
def test_every_starter_question_is_written_back(question_id):
    kind, body = starter(question_id)
    assert kind.from_source(kind.to_source(body)) == body


@given(sources())
def test_any_question_is_written_back_even_when_the_order_of_keys_was_lost(source):
    kind, body = read_question(source)
    for part in (body.content, body.key, body.feedback):
        assert through_json(part) == part
        reordered = json.loads(json.dumps(part, sort_keys=True))
        part.clear()
        part.update(reordered)
    assert kind.from_source(kind.to_source(body)) == body


def test_single_choice():
    _, body = starter("A01")
    ids = [neutral_id("o", text) for text in ("Hai", "Ba", "Bốn", "Năm")]
    assert body.content["stem"]["en"] == "How many basic strands does civil-service culture have?"
    assert body.content["options"][ids[2]] == {"vi": "Bốn"}
    assert body.content["order"] == ids  # shuffle_options: false
    assert body.key == {"scoring": "all_or_nothing", "authored": ids, "answer": ids[2]}
    assert set(body.feedback) == {"correct", "incorrect"}


def test_shuffled_options_are_kept_in_no_telling_order():
    _, body = starter("A09")
    assert "order" not in body.content
    assert list(body.content["options"]) == sorted(body.content["options"])


def test_multiple_choice():
    _, body = starter("A06")
    right = [neutral_id("o", text) for text in ("Xin chào", "Xin lỗi", "Xin cảm ơn", "Xin phép")]
    assert body.key["answer"] == sorted(right)
    assert body.key["scoring"] == "all_or_nothing"


def test_true_false():
    assert starter("A03")[1].key["answer"] == "false"
    assert starter("A08")[1].key["answer"] == "true"


def test_scenario():
    _, body = starter("A07")
    assert body.content["scenario"]["vi"].startswith("Chị Mai hẹn trả kết quả")
    assert body.feedback["why"][body.key["answer"]] == {"vi": "Đủ “xin”, đủ “luôn”, có thông tin bằng văn bản."}


def test_matching():
    _, body = starter("A04")
    assert [row["text"]["vi"] for row in body.content["rows"]][:2] == ["Với người dân", "Với đồng nghiệp"]
    assert len(body.content["choices"]) == 5
    assert len(body.key["pairs"]) == 4
    for row in body.content["rows"]:
        assert body.key["pairs"][row["id"]] in body.content["choices"]


def test_two_pairs_may_share_their_right_side():
    pairs = [{"left": "Một", "right": "Lẻ"}, {"left": "Hai", "right": "Chẵn"}, {"left": "Ba", "right": "Lẻ"}]
    kind, body = minimal("matching", pairs=pairs, distractors=None)
    assert len(body.content["choices"]) == 2
    assert kind.from_source(kind.to_source(body)) == body


def test_ordering():
    _, body = starter("A10")
    texts = [body.content["items"][item_id]["vi"] for item_id in body.key["order"]]
    assert texts[0] == "Chào và mời ngồi"
    assert texts[-1] == "Cảm ơn và hẹn rõ bước tiếp theo"
    assert body.key["scoring"] == "all_or_nothing"


def test_fill_blank():
    _, body = starter("A05")
    assert body.content["blanks"] == ["1", "2"]
    assert body.key == {
        "scoring": "partial",
        "accept": {"1": ["lắng nghe"], "2": ["giúp đỡ"]},
        "match": {"casefold": True, "ignore_diacritics": True},
    }


def test_blanks_come_in_the_order_of_the_stem():
    _, body = minimal("fill_blank", stem="Trước {{2}} sau {{ 1 }}.")
    assert body.content["blanks"] == ["2", "1"]


@pytest.mark.parametrize("kind_name", ["single_choice", "scenario", "matching", "ordering", "fill_blank"])
def test_feedback_is_optional(kind_name):
    _, body = minimal(kind_name)
    assert body.feedback == {}


def test_decomposed_and_untidy_text_is_normalised():
    untidy = unicodedata.normalize("NFD", " Bốn\u00a0\u200b nội  dung ")
    options = [{"id": "a", "vi": untidy}, {"id": "b", "vi": "Ba"}]
    _, body = minimal("single_choice", options=options, answer="a")
    assert body.content["options"][body.key["answer"]] == {"vi": "Bốn nội dung"}


def test_numbers_may_stand_without_quotes():
    options = [{"id": 1, "vi": 2018}, {"id": 2, "vi": 2019}]
    _, body = minimal("single_choice", options=options, answer=1)
    assert body.content["options"][body.key["answer"]] == {"vi": "2018"}
    _, body = minimal("fill_blank", stem="Năm {{1}}.", blanks=[{"n": 1, "accept": [2018]}])
    assert body.key["accept"] == {"1": ["2018"]}


def test_long_texts_keep_their_paragraphs():
    _, body = minimal("scenario", scenario="Đoạn một. \r\n\r\n\r\n Đoạn hai.")
    assert body.content["scenario"] == {"vi": "Đoạn một.\n\nĐoạn hai."}


def test_ids_depend_on_the_text_alone():
    options = minimal_source("single_choice")["options"]
    _, one = minimal("single_choice", options=options)
    _, other = minimal("single_choice", options=options[::-1], stem="Câu khác", answer="a")
    assert one.content["options"] == other.content["options"]


def test_the_same_text_left_and_right_has_unrelated_ids():
    assert neutral_id("l", "Chào")[1:] != neutral_id("r", "Chào")[1:]


def test_a_kind_does_not_read_another_kinds_question():
    with pytest.raises(QuestionErrors):
        kind_of("single_choice").from_source(minimal_source("scenario"))
