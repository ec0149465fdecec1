"""Words for the editors that several kinds share."""

from quizzes.kinds.editor import Choice, Text
from quizzes.kinds.texts import Texts

STEM = Text("stem", {"vi": "Câu hỏi", "en": "Question"}, wraps=True)
WHY = Text("why", {"vi": "Lý do (hiện sau khi nộp bài)", "en": "Reason (shown after submission)"}, lines=True)
CORRECT = Text("feedback.correct", {"vi": "Nhận xét khi trả lời đúng", "en": "Comment on a right answer"}, lines=True)
INCORRECT = Text(
    "feedback.incorrect", {"vi": "Nhận xét khi trả lời chưa đúng", "en": "Comment on an answer not right"}, lines=True
)
SCORINGS: dict[str, Texts] = {
    "all_or_nothing": {"vi": "Đúng hoàn toàn mới có điểm", "en": "Points only if all of it is right"},
    "partial": {"vi": "Đúng phần nào tính điểm phần đó", "en": "Each right part counts"},
    "negative": {
        "vi": "Như trên, và chọn sai bị trừ điểm, có thể dưới 0",
        "en": "Likewise, and wrong choices cost points, even below 0",
    },
}


def scoring(known: tuple[str, ...]) -> Choice:
    """How a question is marked, for kinds that know several ways."""
    label = {"vi": "Cách tính điểm", "en": "Marking"}
    return Choice("scoring", label, tuple((name, SCORINGS[name]) for name in known), default=known[0])
