from .assignment import Assignment, Obligation
from .certificate import Certificate, RegisterCounter
from .directive import Directive
from .edition import Edition, EditionLesson
from .learning import Completion, Enrolment, LessonRecord
from .pages import CourseIndexPage, CourseModule, CoursePage, LessonPage

__all__ = [
    "Assignment",
    "Certificate",
    "Completion",
    "CourseIndexPage",
    "CourseModule",
    "CoursePage",
    "Directive",
    "Edition",
    "EditionLesson",
    "Enrolment",
    "LessonPage",
    "LessonRecord",
    "Obligation",
    "RegisterCounter",
]
