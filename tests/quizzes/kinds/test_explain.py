import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds.registry import read_question

from .examples import an_arrangement, answers, minimal, right_answer, sources, starter, starter_ids


def explain(question, answer, language="vi"):
    kind, body = question
    return kind.explain(body.content, body.key, body.feedback, an_arrangement(kind, body), answer, language)


@pytest.mark.parametrize("question_id", starter_ids())
def test_starter_questions(question_id):
    kind, body = question = starter(question_id)
    right = explain(question, right_answer(kind, body))
    assert (right["correct"], right["outcome"]) == (True, "right")
    assert right["feedback"] == body.feedback["correct"]["vi"]
    assert len(right["given"]) == len(right["expected"]) > 0
    if kind.name != "fill_blank":
        assert right["given"] == right["expected"]
    empty = explain(question, None)
    assert (empty["correct"], empty["outcome"], empty["given"]) == (False, "unanswered", [])
    assert empty["feedback"] == body.feedback["incorrect"]["vi"]
    assert empty["expected"] == right["expected"]


@given(st.data(), sources(), st.sampled_from(["vi", "en"]))
def test_explaining_is_json_and_agrees_with_the_grade(data, source, language):
    kind, body = read_question(source)
    answer = data.draw(answers(kind, body))
    explained = kind.explain(body.content, body.key, body.feedback, an_arrangement(kind, body), answer, language)
    share = kind.grade(body.content, body.key, answer)
    assert json.loads(json.dumps(explained)) == explained
    assert explained["correct"] == (share == 1)
    assert explained["outcome"] == (
        "unanswered" if answer is None else "right" if share == 1 else "partly" if share > 0 else "wrong"
    )
    assert all(isinstance(text, str) and text for text in explained["given"] + explained["expected"])


def test_points_below_nothing_are_wrong_and_not_partly_right():
    kind, body = question = minimal("multiple_choice", scoring="negative")
    wrong = sorted(body.content["options"].keys() - set(body.key["answer"]))
    assert kind.grade(body.content, body.key, wrong) < 0
    assert explain(question, wrong)["outcome"] == "wrong"


def test_scenario_says_why_of_every_option():
    kind, body = question = starter("B07")
    wrong = body.key["authored"][0]
    explained = explain(question, wrong)
    assert (explained["outcome"], explained["feedback"]) == (
        "wrong",
        "Hãy hướng dẫn để người dân tự làm và giữ an toàn tài khoản.",
    )
    assert explained["scenario"].startswith("Bà Sáu")
    rows = {row["id"]: row for row in explained["options"]}
    assert rows[wrong]["chosen"] is True
    assert rows[wrong]["right"] is False
    assert rows[wrong]["why"] == "Nắm giữ tài khoản của người khác là không an toàn và không đúng."
    assert rows[right_answer(kind, body)] | {"text": ""} == {
        "id": right_answer(kind, body),
        "text": "",
        "lang": "vi",
        "chosen": False,
        "right": True,
        "why": "Vừa tận tình, vừa giữ an toàn.",
    }
    assert explained["given"] == [rows[wrong]["text"]]


def test_options_are_explained_in_the_order_they_were_seen_in():
    kind, body = question = starter("A02")
    assert [row["id"] for row in explain(question, None)["options"]] == an_arrangement(kind, body)


def test_multiple_choice_partly_right():
    _, body = question = starter("B02")
    explained = explain(question, body.key["answer"][:1])
    assert explained["outcome"] == "partly"
    assert explained["correct"] is False
    assert sum(row["right"] for row in explained["options"]) == 3
    assert len(explained["given"]) == 1


def test_true_false():
    explained = explain(starter("C01"), "true")
    assert (explained["given"], explained["expected"]) == (["Đúng"], ["Sai"])
    assert explain(starter("C01"), "true", "en")["expected"] == ["False"]


def test_matching():
    pairs = [{"left": "Một", "right": "Lẻ", "why": "Chia 2 dư 1."}, {"left": "Hai", "right": "Chẵn"}]
    _, body = question = minimal("matching", pairs=pairs, distractors=["Thừa"], scoring="partial")
    one, two = (row["id"] for row in body.content["rows"])
    odd = body.key["pairs"][one]
    explained = explain(question, {one: odd, two: odd})
    assert explained["outcome"] == "partly"
    assert explained["rows"] == [
        {
            "id": one,
            "text": "Một",
            "lang": "vi",
            "chosen": "Lẻ",
            "expected": "Lẻ",
            "right": True,
            "why": "Chia 2 dư 1.",
        },
        {
            "id": two,
            "text": "Hai",
            "lang": "vi",
            "chosen": "Lẻ",
            "expected": "Chẵn",
            "right": False,
            "why": "",
        },
    ]
    assert explained["given"] == ["Một → Lẻ", "Hai → Lẻ"]
    assert explained["expected"] == ["Một → Lẻ", "Hai → Chẵn"]
    assert explain(question, {two: odd})["given"] == ["Hai → Lẻ"]


def test_ordering():
    items = ["Bước một", {"vi": "Bước hai", "why": "Sau bước một."}, "Bước ba"]
    _, body = question = minimal("ordering", items=items)
    one, two, three = body.key["order"]
    explained = explain(question, [two, one, three])
    rows = [(row["text"], row["chosen"], row["expected"], row["right"], row["why"]) for row in explained["items"]]
    assert rows == [
        ("Bước hai", 1, 2, False, "Sau bước một."),
        ("Bước một", 2, 1, False, ""),
        ("Bước ba", 3, 3, True, ""),
    ]
    assert explained["given"] == ["Bước hai", "Bước một", "Bước ba"]
    assert explained["expected"] == ["Bước một", "Bước hai", "Bước ba"]
    unanswered = explain(question, None)["items"]
    assert {(row["chosen"], row["right"]) for row in unanswered} == {(None, False)}


def test_fill_blank():
    explained = explain(minimal("fill_blank"), {"2": "ho tro"})
    assert explained["outcome"] == "partly"
    assert explained["blanks"] == [
        {
            "id": "1",
            "chosen": "",
            "expected": "lắng nghe",
            "accepted": ["lắng nghe"],
            "right": False,
            "why": "",
        },
        {
            "id": "2",
            "chosen": "ho tro",
            "expected": "giúp đỡ",
            "accepted": ["giúp đỡ", "hỗ trợ"],
            "right": True,
            "why": "",
        },
    ]
    assert explained["given"] == ["…", "ho tro"]
    assert explained["expected"] == ["lắng nghe", "giúp đỡ / hỗ trợ"]
    assert explained["stem"] == "Luôn …, luôn …."


def test_without_feedback_the_text_is_empty():
    explained = explain(minimal("single_choice"), None)
    assert (explained["feedback"], explained["feedback_lang"]) == ("", "vi")


def test_feedback_in_english_where_it_was_written():
    feedback = {"correct": {"vi": "Đúng.", "en": "Right."}, "incorrect": "Chưa đúng."}
    kind, body = question = minimal("true_false", feedback=feedback)
    right = explain(question, right_answer(kind, body), "en")
    assert (right["feedback"], right["feedback_lang"]) == ("Right.", "en")
    wrong = explain(question, None, "en")
    assert (wrong["feedback"], wrong["feedback_lang"]) == ("Chưa đúng.", "vi")
