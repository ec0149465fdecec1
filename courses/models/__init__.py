from .assignment import Assignment, AssignmentUnit
from .certificate import Certificate, RegisterCounter
from .directive import Directive, DirectiveHop, DirectiveReceipt, LessonCitation
from .doubt import Doubt
from .edition import Edition, EditionLesson
from .exemption import Exemption
from .learning import Completion, Enrolment, LessonRecord
from .obligation import Obligation, ObligationReason
from .pages import CourseIndexPage, CourseModule, CoursePage, LessonPage
from .path import CourseCoOwner, CoursePrerequisite, LearningPath, PathCourse
from .reminder_step import ReminderStep
from .session import GroupAttendance, GroupSession
from .unit_duty import UnitDuty, UnitRequirement
from .urging import Urging

__all__ = [
    "Assignment",
    "AssignmentUnit",
    "Certificate",
    "Completion",
    "CourseCoOwner",
    "CourseIndexPage",
    "CourseModule",
    "CoursePage",
    "CoursePrerequisite",
    "Directive",
    "DirectiveHop",
    "DirectiveReceipt",
    "Doubt",
    "Edition",
    "EditionLesson",
    "Enrolment",
    "Exemption",
    "GroupAttendance",
    "GroupSession",
    "LearningPath",
    "LessonCitation",
    "LessonPage",
    "LessonRecord",
    "Obligation",
    "ObligationReason",
    "PathCourse",
    "RegisterCounter",
    "ReminderStep",
    "UnitDuty",
    "UnitRequirement",
    "Urging",
]
