from .attempt import AnswerEvent, Attempt, Response
from .examining import Accommodation, Ruling, ScoreChange
from .marking import Mark
from .question import Bank, BankShare, Question, QuestionVersion
from .quiz import Quiz
from .section import QuizSection, SectionDraw, SectionQuestion
from .tag import Tag, TagVocabulary

__all__ = [
    "Accommodation",
    "AnswerEvent",
    "Attempt",
    "Bank",
    "BankShare",
    "Mark",
    "Question",
    "QuestionVersion",
    "Quiz",
    "QuizSection",
    "Response",
    "Ruling",
    "ScoreChange",
    "SectionDraw",
    "SectionQuestion",
    "Tag",
    "TagVocabulary",
]
