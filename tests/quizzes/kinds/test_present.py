import json

from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds.registry import read_question

from .examples import an_arrangement, answers, minimal, right_answer, sources, starter


def presented(question, answer=None, language="vi"):
    kind, body = question
    return kind.present(body.content, an_arrangement(kind, body), answer, language)


def test_single_choice():
    kind, body = question = starter("A01")
    drawn = presented(question, right_answer(kind, body))
    assert drawn["kind"] == "single_choice"
    assert drawn["instruction"] == "Chọn một câu trả lời."
    assert drawn["stem_lang"] == "vi"
    assert drawn["field"] == "choice"
    assert [(option["text"], option["checked"]) for option in drawn["options"]] == [
        ("Hai", False),
        ("Ba", False),
        ("Bốn", True),
        ("Năm", False),
    ]


def test_english_where_there_is_english_and_the_language_of_each_text():
    drawn = presented(starter("A01"), language="en")
    assert drawn["instruction"] == "Choose one answer."
    assert (drawn["stem"], drawn["stem_lang"]) == (
        "How many basic strands does civil-service culture have?",
        "en",
    )
    assert {option["lang"] for option in drawn["options"]} == {"vi"}


def test_true_false_is_drawn_in_the_language():
    assert [option["text"] for option in presented(starter("A03"))["options"]] == ["Đúng", "Sai"]
    drawn = presented(starter("A03"), "false", language="en")
    assert [(option["text"], option["checked"]) for option in drawn["options"]] == [
        ("True", False),
        ("False", True),
    ]


def test_multiple_choice():
    kind, body = question = minimal("multiple_choice")
    drawn = presented(question, right_answer(kind, body))
    assert drawn["field"] == "choices"
    checked = {option["text"] for option in drawn["options"] if option["checked"]}
    assert checked == {"Phương án a", "Phương án b"}


def test_scenario():
    drawn = presented(starter("B11"))
    assert drawn["scenario"].startswith("Anh Bình nhận tin nhắn")
    assert drawn["scenario_lang"] == "vi"
    assert not any(option["checked"] for option in drawn["options"])


def test_matching():
    kind, body = question = minimal("matching")
    arrangement = an_arrangement(kind, body)
    left, right = next(iter(body.key["pairs"].items()))
    drawn = presented(question, {left: right})
    assert [row["text"] for row in drawn["rows"]] == ["Trái 1", "Trái 2", "Trái 3"]
    assert [row["selected"] for row in drawn["rows"]] == [right, "", ""]
    assert drawn["rows"][0]["field"] == f"pair-{left}"
    for row in drawn["rows"]:
        assert [choice["id"] for choice in row["choices"]] == arrangement
        assert [choice["id"] for choice in row["choices"] if choice["selected"]] == (
            [right] if row["id"] == left else []
        )


def test_ordering_starts_in_the_frozen_order_and_then_follows_the_answer():
    kind, body = question = minimal("ordering")
    drawn = presented(question)
    assert [item["id"] for item in drawn["items"]] == an_arrangement(kind, body)
    assert [item["position"] for item in drawn["items"]] == [1, 2, 3, 4]
    assert [item["first"] for item in drawn["items"]] == [True, False, False, False]
    assert [item["last"] for item in drawn["items"]] == [False, False, False, True]
    assert drawn["items"][0]["position_field"] == f"position-{drawn['items'][0]['id']}"
    answered = presented(question, right_answer(kind, body))
    assert [item["text"] for item in answered["items"]] == ["Bước một", "Bước hai", "Bước ba", "Bước bốn"]


def test_fill_blank():
    drawn = presented(minimal("fill_blank"), {"2": "giup do"})
    assert drawn["stem"] == "Luôn …, luôn …."
    assert drawn["parts"] == [
        {"text": "Luôn "},
        {"blank": "1", "field": "blank-1", "value": ""},
        {"text": ", luôn "},
        {"blank": "2", "field": "blank-2", "value": "giup do"},
        {"text": "."},
    ]


def test_blanks_stay_vietnamese_where_the_english_stem_has_none():
    drawn = presented(starter("A05"), language="en")
    assert (drawn["stem"], drawn["stem_lang"]) == ("Complete the four “luôn”.", "en")
    assert drawn["parts_lang"] == "vi"
    assert [part["blank"] for part in drawn["parts"] if "blank" in part] == ["1", "2"]


def test_blanks_follow_an_english_stem_that_has_them():
    drawn = presented(minimal("fill_blank", stem={"vi": "{{1}} và {{2}}", "en": "{{2}} and {{1}}"}), language="en")
    assert (drawn["stem"], drawn["parts_lang"]) == ("… and …", "en")
    assert [part.get("blank", part.get("text")) for part in drawn["parts"]] == ["2", " and ", "1"]


@given(st.data(), sources(), st.sampled_from(["vi", "en", "fr"]))
def test_presenting_is_json_and_changes_nothing(data, source, language):
    kind, body = read_question(source)
    arrangement = an_arrangement(kind, body)
    answer = data.draw(answers(kind, body))
    before = json.dumps([body.content, arrangement, answer])
    drawn = kind.present(body.content, arrangement, answer, language)
    assert json.loads(json.dumps(drawn)) == drawn
    assert json.dumps([body.content, arrangement, answer]) == before
