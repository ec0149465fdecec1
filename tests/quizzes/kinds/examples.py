"""Questions to test with: the starter courses', small hand-made ones, and drawn ones for property tests."""

import random
from functools import cache
from pathlib import Path

import yaml
from hypothesis import strategies as st

from quizzes.kinds.base import QuestionBody, QuestionKind
from quizzes.kinds.registry import kind_of, read_question

LIBRARY = Path(__file__).parents[3] / "courses" / "library"


@cache
def starter_sources() -> tuple[dict, ...]:
    """The 41 questions of the three starter courses, as they stand in the files."""
    courses = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(LIBRARY.glob("*.yaml"))]
    return tuple(question for course in courses if "quiz" in course for question in course["quiz"]["questions"])


def starter_ids() -> list[str]:
    return [source["id"] for source in starter_sources()]


def starter(question_id: str) -> tuple[QuestionKind, QuestionBody]:
    return read_question(next(source for source in starter_sources() if source["id"] == question_id))


def minimal_source(kind_name: str, **changes) -> dict:
    """A small valid question of the kind; `changes` replace fields, None takes a field out."""
    source = {"type": kind_name} | _MINIMAL[kind_name] | changes
    return {field: value for field, value in source.items() if value is not None}


def minimal(kind_name: str, **changes) -> tuple[QuestionKind, QuestionBody]:
    return read_question(minimal_source(kind_name, **changes))


_TWO_OPTIONS = [{"id": "a", "vi": "Một"}, {"id": "b", "vi": "Hai"}]
_FOUR_OPTIONS = [{"id": letter, "vi": f"Phương án {letter}"} for letter in "abcd"]

_MINIMAL = {
    "single_choice": {"stem": "Mấy?", "options": _TWO_OPTIONS, "answer": "b"},
    "multiple_choice": {"stem": "Những gì?", "options": _FOUR_OPTIONS, "answer": ["a", "b"]},
    "true_false": {"stem": "Nhận định.", "answer": True},
    "scenario": {"scenario": "Chuyện.", "stem": "Làm gì?", "options": _TWO_OPTIONS, "answer": "a"},
    "matching": {
        "stem": "Ghép.",
        "pairs": [{"left": f"Trái {n}", "right": f"Phải {n}"} for n in (1, 2, 3)],
        "distractors": ["Thừa"],
    },
    "ordering": {"stem": "Sắp xếp.", "items": ["Bước một", "Bước hai", "Bước ba", "Bước bốn"]},
    "fill_blank": {
        "stem": "Luôn {{1}}, luôn {{2}}.",
        "blanks": [{"n": 1, "accept": ["lắng nghe"]}, {"n": 2, "accept": ["giúp đỡ", "hỗ trợ"]}],
    },
    "cloze_select": {
        "stem": "Luôn {{1}}, luôn {{2}}.",
        "blanks": [
            {"n": 1, "right": "lắng nghe", "wrong": ["vội vàng", "im lặng"]},
            {"n": 2, "right": "giúp đỡ", "wrong": ["từ chối"]},
        ],
    },
    "essay": {
        "stem": "Kể một lần xin lỗi người dân.",
        "rubric": [{"vi": "Nêu việc đã xảy ra", "points": "1"}, {"vi": "Nêu điều rút ra", "points": "1,5"}],
    },
}


def right_answer(kind: QuestionKind, body: QuestionBody):
    key = body.key
    if kind.name == "matching":
        return dict(key["pairs"])
    if kind.name == "ordering":
        return list(key["order"])
    if kind.name == "fill_blank":
        return {number: accepted[0] for number, accepted in key["accept"].items()}
    if kind.name == "essay":
        return "Tôi đã xin lỗi."
    return key["answer"]


def form_of(kind: QuestionKind, answer) -> dict[str, list[str]]:
    """The form that posts the answer."""
    if answer is None:
        return {}
    if kind.name == "multiple_choice":
        return {"choices": answer}
    if kind.name == "matching":
        return {f"pair-{left}": [right] for left, right in answer.items()}
    if kind.name == "ordering":
        return {"order": answer}
    if kind.name in ("fill_blank", "cloze_select"):
        return {f"blank-{number}": [text] for number, text in answer.items()}
    if kind.name == "essay":
        return {"text": [answer]}
    return {"choice": [answer]}


def an_arrangement(kind: QuestionKind, body: QuestionBody, seed: int = 1):
    return kind.arrange(body.content, body.key, random.Random(seed))


# Drawn questions: any kind, any texts, with and without English, why, feedback and a scoring.

_words = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáảạ 0123456789'.,", min_size=1, max_size=30).filter(str.strip)
_localised = _words | st.fixed_dictionaries({"vi": _words}, optional={"en": _words})


def _distinct_texts(minimum: int, maximum: int):
    return st.lists(_words, min_size=minimum, max_size=maximum, unique_by=lambda text: " ".join(text.split()))


@st.composite
def _options(draw):
    return [
        {"id": letter, "vi": text} | draw(st.fixed_dictionaries({}, optional={"en": _words, "why": _localised}))
        for letter, text in zip("abcdefgh", draw(_distinct_texts(2, 8)), strict=False)
    ]


@st.composite
def sources(draw, kind_name: str | None = None):
    kind_name = kind_name or draw(st.sampled_from(sorted(_MINIMAL)))
    kind = kind_of(kind_name)
    source = {"type": kind_name, "stem": draw(_localised), "scoring": draw(st.sampled_from(kind.scorings))}
    source |= draw(st.fixed_dictionaries({}, optional={"feedback": st.fixed_dictionaries({"correct": _words})}))
    return source | draw(_PARTICULARS[kind_name])


@st.composite
def _choice(draw):
    options = draw(_options())
    letters = [option["id"] for option in options]
    return {
        "options": options,
        "answer": draw(st.sampled_from(letters)),
        "shuffle_options": draw(st.booleans()),
    }


@st.composite
def _choices(draw):
    options = draw(_options())
    letters = [option["id"] for option in options]
    right = draw(st.lists(st.sampled_from(letters), min_size=1, unique=True))
    return {"options": options, "answer": right, "shuffle_options": draw(st.booleans())}


@st.composite
def _scenario(draw):
    return draw(_choice()) | {"scenario": draw(_localised)}


@st.composite
def _pairs(draw):
    lefts = draw(_distinct_texts(2, 6))
    rights = draw(_distinct_texts(len(lefts), len(lefts) + 3))
    pairs = [{"left": left, "right": right} for left, right in zip(lefts, rights, strict=False)]
    return {"pairs": pairs, "distractors": rights[len(lefts) :]}


@st.composite
def _items(draw):
    return {"items": draw(_distinct_texts(3, 7))}


@st.composite
def _blanks(draw):
    numbers = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True))
    stem = " ".join(f"{draw(_words)} {{{{{number}}}}}" for number in numbers)
    blanks = [{"n": number, "accept": draw(st.lists(_words, min_size=1, max_size=3))} for number in numbers]
    return {"stem": stem, "blanks": blanks, "match": {"ignore_diacritics": draw(st.booleans())}}


@st.composite
def _selects(draw):
    numbers = draw(st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True))
    stem = " ".join(f"{draw(_words)} {{{{{number}}}}}" for number in numbers)
    blanks = []
    for number in numbers:
        right, *wrong = draw(_distinct_texts(2, 5))
        blanks.append({"n": number, "right": right, "wrong": wrong})
    return {"stem": stem, "blanks": blanks}


@st.composite
def _essay(draw):
    texts = draw(_distinct_texts(1, 4))
    return {"rubric": [{"vi": text, "points": str(draw(st.integers(1, 5)))} for text in texts]}


_PARTICULARS = {
    "single_choice": _choice(),
    "multiple_choice": _choices(),
    "true_false": st.fixed_dictionaries({"answer": st.booleans()}),
    "scenario": _scenario(),
    "matching": _pairs(),
    "ordering": _items(),
    "fill_blank": _blanks(),
    "cloze_select": _selects(),
    "essay": _essay(),
}


@st.composite
def answers(draw, kind: QuestionKind, body: QuestionBody):
    """A canonical answer, or None."""
    content = body.content
    if kind.name == "matching":
        choices = st.sampled_from(sorted(content["choices"]))
        chosen = {row["id"]: draw(choices) for row in content["rows"] if draw(st.booleans())}
        return chosen or None
    if kind.name == "ordering":
        return draw(st.none() | st.permutations(sorted(content["items"])))
    if kind.name == "fill_blank":
        right = right_answer(kind, body)
        typed = {number: draw(st.just(right[number]) | _words) for number in right if draw(st.booleans())}
        return {number: " ".join(text.split()) for number, text in typed.items()} or None
    if kind.name == "cloze_select":
        chosen = {
            number: draw(st.sampled_from(sorted(choices)))
            for number, choices in content["choices"].items()
            if draw(st.booleans())
        }
        return chosen or None
    if kind.name == "essay":
        return draw(st.none() | _words.map(lambda text: " ".join(text.split())))
    option_ids = st.sampled_from(sorted(content["options"]))
    if kind.name == "multiple_choice":
        return sorted(draw(st.sets(option_ids))) or None
    return draw(st.none() | option_ids)
