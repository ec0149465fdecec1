"""Single choice: one right option."""

from typing import ClassVar

from quizzes.kinds.one_choice import OneChoiceKind
from quizzes.kinds.texts import Texts


class SingleChoice(OneChoiceKind):
    """Everything as in OneChoiceKind."""

    name = "single_choice"
    label: ClassVar[Texts] = {"vi": "Trắc nghiệm một lựa chọn", "en": "Single choice"}
