"""News from below: graded attempts and published pages."""

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.domain import completion, editions
from courses.models import CoursePage, Enrolment, LessonPage
from quizzes.signals import attempt_graded


@receiver(attempt_graded)
def complete_courses_of_the_attempt(attempt, **kwargs):
    """A passed quiz may complete the courses that end with it; the same transaction decides."""
    if not attempt.passed:
        return
    open_enrolments = Enrolment.objects.filter(
        person=attempt.person_id, course__quiz=attempt.quiz_id, completed_at__isnull=True
    )
    for enrolment in open_enrolments:
        completion.complete_if_due(enrolment)


@receiver([page_published, page_unpublished], sender=CoursePage)
def follow_the_course(instance, **kwargs):
    editions.refresh(instance)


@receiver([page_published, page_unpublished], sender=LessonPage)
def follow_the_lesson(instance, **kwargs):
    course = CoursePage.objects.filter(pk=instance.get_parent().pk).first()
    if course:
        editions.refresh(course)


@receiver(post_page_move, sender=LessonPage)
def follow_the_order(instance, parent_page_before, parent_page_after, **kwargs):
    """Lessons put in another order, or into another course, change what is published."""
    for course in CoursePage.objects.filter(pk__in={parent_page_before.pk, parent_page_after.pk}):
        editions.refresh(course)
