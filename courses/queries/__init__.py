"""Courses and learning as a viewer may see them."""

from .outlines import Outline, OutlineEntry, Taken, attempts_of, lessons_taken, outline
from .pages import catalogue, issuer_of, lessons_for, newest_editions, people_required, people_who_took
from .records import LearningRecord, certificates_for, completion_of, course_of_quiz, doubts_for, learning_record
from .work import CourseWork, course_work, documents_to_confirm, documents_wait_for_owner, enrolments_of

__all__ = [
    "CourseWork",
    "LearningRecord",
    "Outline",
    "OutlineEntry",
    "Taken",
    "attempts_of",
    "catalogue",
    "certificates_for",
    "completion_of",
    "course_of_quiz",
    "course_work",
    "documents_to_confirm",
    "documents_wait_for_owner",
    "doubts_for",
    "enrolments_of",
    "issuer_of",
    "learning_record",
    "lessons_for",
    "lessons_taken",
    "newest_editions",
    "outline",
    "people_required",
    "people_who_took",
]
