"""May this person open, take or change that? The lists in `queries` agree with these answers."""

from courses.models import CoursePage
from courses.queries import Outline


def can_read_lesson(actor, course: CoursePage) -> bool:
    """Lesson bodies need sign-in unless the course is open."""
    return course.live and (actor.is_authenticated or course.is_open)


def can_start_quiz(actor, outline: Outline | None) -> bool:
    """The final quiz opens when every lesson required of the person is done."""
    return actor.is_authenticated and outline is not None and outline.enrolment is not None and outline.lessons_complete
