"""The question kinds there are. A new kind is added by one line in KINDS."""

from typing import Any

from quizzes.kinds.base import QuestionBody, QuestionKind
from quizzes.kinds.cloze_select import ClozeSelect
from quizzes.kinds.errors import QuestionError, QuestionErrors, UnknownKindError, gettext_noop
from quizzes.kinds.essay import Essay
from quizzes.kinds.fill_blank import FillBlank
from quizzes.kinds.matching import Matching
from quizzes.kinds.multiple_choice import MultipleChoice
from quizzes.kinds.ordering import Ordering
from quizzes.kinds.scenario import Scenario
from quizzes.kinds.single_choice import SingleChoice
from quizzes.kinds.true_false import TrueFalse

KINDS: tuple[QuestionKind, ...] = (
    SingleChoice(),
    MultipleChoice(),
    TrueFalse(),
    Matching(),
    Ordering(),
    FillBlank(),
    Scenario(),
    ClozeSelect(),
    Essay(),
)

_BY_NAME = {kind.name: kind for kind in KINDS}

_UNKNOWN_TYPE = gettext_noop("must be one of: %(expected)s; found %(found)s")


def kind_of(name: str) -> QuestionKind:
    """The kind with this name. Raises UnknownKindError."""
    try:
        return _BY_NAME[name]
    except KeyError:
        raise UnknownKindError(name) from None


def all_kinds() -> tuple[QuestionKind, ...]:
    """Every kind, in the order in which authors are offered them."""
    return tuple(_BY_NAME.values())


def read_question(source: Any) -> tuple[QuestionKind, QuestionBody]:
    """The kind a question of the starter format names in `type`, and its body. Raises QuestionErrors."""
    name = source.get("type") if isinstance(source, dict) else None
    if not isinstance(name, str) or name not in _BY_NAME:
        params = {"expected": ", ".join(_BY_NAME), "found": name}
        raise QuestionErrors([QuestionError("type", _UNKNOWN_TYPE, params)])
    kind = _BY_NAME[name]
    return kind, kind.from_source(source)
