from .offline import service_worker
from .saving import save
from .taking import all_questions, attempt, question, submit

__all__ = ["all_questions", "attempt", "question", "save", "service_worker", "submit"]
