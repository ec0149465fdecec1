from .actions import DuplicateView, MoveView, RetireView
from .editing import EditView, NewView, PickKindView, PreviewDraftView
from .history import CompareView
from .listing import QuestionsView
from .question import PreviewView, QuestionView

__all__ = [
    "CompareView",
    "DuplicateView",
    "EditView",
    "MoveView",
    "NewView",
    "PickKindView",
    "PreviewDraftView",
    "PreviewView",
    "QuestionView",
    "QuestionsView",
    "RetireView",
]
