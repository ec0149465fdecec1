from .attempt import Attempt, Response
from .question import Bank, Question, QuestionVersion
from .quiz import Quiz, QuizSection, SectionQuestion

__all__ = [
    "Attempt",
    "Bank",
    "Question",
    "QuestionVersion",
    "Quiz",
    "QuizSection",
    "Response",
    "SectionQuestion",
]
