"""What the kinds with options share: single choice, multiple choice and scenario.

In the terms of base.py:

    content   "options": {option id: texts}; "order": [option ids] only if the options must not be shuffled
    key       "authored": [option ids] in the order of the source
    arrangement   [option ids]
"""

from random import Random
from typing import Any

from quizzes.kinds.base import QuestionBody
from quizzes.kinds.editor import Flag, Part, Right, Rows, Text
from quizzes.kinds.errors import gettext_noop
from quizzes.kinds.feedback import read_why, why_of, written_why
from quizzes.kinds.neutral_ids import neutral_id
from quizzes.kinds.source import SourceReader
from quizzes.kinds.texts import MAIN_LANGUAGE, Texts, drawn
from quizzes.kinds.wording import WHY

OPTION_FIELDS = frozenset({"options", "answer", "shuffle_options"})

_OPTION = Text("", {"vi": "Phương án", "en": "Option"})
_SHUFFLE = Flag(
    "shuffle_options",
    {"vi": "Đảo thứ tự các phương án", "en": "Shuffle the options"},
    default=True,
    help={
        "vi": "Bỏ chọn khi thứ tự có ý nghĩa, ví dụ các con số tăng dần.",
        "en": "Untick where the order has a meaning, such as rising numbers.",
    },
)

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SAME_ID = gettext_noop("is used by an earlier option too: %(id)s")
_SAME_TEXT = gettext_noop("has the same text as an earlier option")
_NO_OPTION = gettext_noop("points at no option: %(found)s; expected one of: %(expected)s")


def read_options(reader: SourceReader, body: QuestionBody) -> dict[str, str]:
    """Takes the options into the body and returns the neutral id of each id written in the source."""
    ids: dict[str, str] = {}
    options: dict[str, Texts] = {}
    for option in reader.mappings("options", minimum=2):
        option.only(("id", "vi", "en", "why"))
        written_id, texts = option.plain("id"), option.own_texts()
        option_id = neutral_id("o", texts[MAIN_LANGUAGE])
        if written_id and written_id in ids:
            option.fault("id", _SAME_ID, id=written_id)
        if texts[MAIN_LANGUAGE] and option_id in options:
            option.fault(MAIN_LANGUAGE, _SAME_TEXT)
        if written_id:
            ids[written_id] = option_id
        options[option_id] = texts
        read_why(option, body.feedback, option_id)
    body.key["authored"] = list(options)
    body.content["options"] = dict(sorted(options.items()))
    if not reader.flag("shuffle_options", default=True):
        body.content["order"] = list(options)
    return ids


def options_editor(several: bool = False) -> tuple[Part, ...]:
    """Options as rows, each marked as right or not."""
    rows = Rows(
        "options",
        {"vi": "Các phương án trả lời", "en": "Options"},
        (Right(several), _OPTION, WHY),
        row_label={"vi": "Phương án", "en": "Option"},
        help={
            "vi": "Đánh dấu mọi phương án đúng." if several else "Đánh dấu phương án đúng.",
            "en": "Mark all right options." if several else "Mark the right option.",
        },
    )
    return (rows, _SHUFFLE)


def option_named(reader: SourceReader, field: str, written_id: Any, ids: dict[str, str]) -> str:
    """The neutral id of the option an answer names; a fault of `field` and "" if there is none.

    Where no option could be read, that is the fault to be told, and the answer is not blamed.
    """
    name = str(written_id) if isinstance(written_id, int) and not isinstance(written_id, bool) else written_id
    if isinstance(name, str) and name in ids:
        return ids[name]
    if ids:
        reader.fault(field, _NO_OPTION, found=written_id, expected=", ".join(ids))
    return ""


def written_options(body: QuestionBody) -> dict[str, Any]:
    """The fields options and shuffle_options of the source; options are lettered anew."""
    options = [
        {"id": letter, **body.content["options"][option_id], **written_why(body.feedback, option_id)}
        for letter, option_id in zip(_LETTERS, body.key["authored"], strict=False)
    ]
    return {"options": options} | ({"shuffle_options": False} if "order" in body.content else {})


def letter_of(body: QuestionBody, option_id: str) -> str:
    """The letter `written_options` gives the option."""
    return _LETTERS[body.key["authored"].index(option_id)]


def arrange_options(content: dict, rng: Random) -> list[str]:
    """The option ids shuffled, or in the author's order if the content fixes it."""
    if "order" in content:
        return list(content["order"])
    order = sorted(content["options"])
    rng.shuffle(order)
    return order


def present_options(content: dict, arrangement: list[str], chosen: list[str], language: str) -> list[dict]:
    """[{id, text, lang, checked}] in the order of the arrangement."""
    options = content["options"]
    return [
        {"id": option_id, **drawn(options[option_id], language), "checked": option_id in chosen}
        for option_id in arrangement
    ]


def explain_options(
    content: dict,
    feedback: dict,
    arrangement: list[str],
    chosen: list[str],
    right: list[str],
    language: str,
) -> dict[str, list]:
    """options: [{id, text, lang, chosen, right, why}], and the texts of the chosen and of the right ones."""
    options = content["options"]
    rows = [
        {
            "id": option_id,
            **drawn(options[option_id], language),
            "chosen": option_id in chosen,
            "right": option_id in right,
            "why": why_of(feedback, option_id, language),
        }
        for option_id in arrangement
    ]
    return {
        "options": rows,
        "given": [row["text"] for row in rows if row["chosen"]],
        "expected": [row["text"] for row in rows if row["right"]],
    }
