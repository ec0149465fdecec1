"""May this person open, take or change that? The lists in `queries` agree with these answers."""

from courses.assigning import queries as assigning
from courses.assigning import roll_call, sessions, unit_duties
from courses.models import CoursePage
from courses.queries import Outline, doubts_for
from people.enums import Role
from people.queries import roles_of, units_for
from people.rules import can_see_reports
from quizzes.rules import can_author


def can_read_lesson(actor, course: CoursePage) -> bool:
    """Lesson bodies need sign-in unless the course is open."""
    return course.live and (actor.is_authenticated or course.is_open)


def can_start_quiz(actor, outline: Outline | None) -> bool:
    """The final quiz opens when every lesson required of the person is done."""
    return actor.is_authenticated and outline is not None and outline.enrolment is not None and outline.lessons_complete


def can_see_expired_citations(actor) -> bool:
    """See which lessons rest on a document no longer in force: who mends them, and who reads training records."""
    return can_author(actor) or can_see_reports(actor)


def can_settle(actor, doubt) -> bool:
    """Decide what becomes of a completion whose result changed: `queries.doubts_for`."""
    return doubts_for(actor).filter(pk=doubt.pk).exists()


def can_see_rule(actor, rule) -> bool:
    """Read a rule and whom of one's units it asks: `assigning.queries.rules_for`."""
    return assigning.rules_for(actor).filter(pk=rule.pk).exists()


def can_keep_rule(actor, rule) -> bool:
    """Retire a rule: `assigning.queries.kept_rules_for`."""
    return assigning.kept_rules_for(actor).filter(pk=rule.pk).exists()


def can_decide_exemption(actor, exemption) -> bool:
    """Read a request and decide on it: `assigning.queries.exemptions_for`."""
    return assigning.exemptions_for(actor).filter(pk=exemption.pk).exists()


def can_receive(actor, hop) -> bool:
    """Note that a unit has received a directive: `assigning.roll_call.kept_hops_for`."""
    return roll_call.kept_hops_for(actor).filter(pk=hop.pk).exists()


def can_see_unit_duty(actor, duty) -> bool:
    """Read what a unit has been asked for and has handed in: `assigning.unit_duties.duties_for`."""
    return unit_duties.duties_for(actor).filter(pk=duty.pk).exists()


def can_see_unit_requirement(actor, requirement) -> bool:
    """Read a requirement asked of some unit in scope: `assigning.unit_duties.requirements_for`."""
    return unit_duties.requirements_for(actor).filter(pk=requirement.pk).exists()


def can_hold_session(actor, session) -> bool:
    """Note who is present and close the session: `assigning.sessions.sessions_for`."""
    return sessions.sessions_for(actor).filter(pk=session.pk).exists()


def can_edit_course(actor, course: CoursePage) -> bool:
    """Change a course and its lessons: authors whose role reaches the owner unit, or a co-owner that may edit.

    A course nobody owns yet, one that is not stored yet, and administrators are let through.
    """
    if actor.is_superuser or Role.ADMINISTRATOR in roles_of(actor) or course.owner_unit_id is None or not course.pk:
        return True
    owners = [course.owner_unit_id, *course.co_owners.filter(may_edit=True).values_list("unit", flat=True)]
    return units_for(actor, (Role.COURSE_AUTHOR,)).filter(pk__in=owners).exists()
