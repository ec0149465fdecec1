"""News from below: graded attempts, finished activities and published pages."""

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.domain import activities, citations, completion, doubts, editions, following
from courses.models import Assignment, CoursePage, Enrolment, LessonPage, Obligation
from h5p.domain import places
from h5p.signals import activity_finished
from notices.domain.sending import notify
from notices.enums import NoticeKind
from people.domain.importing.undoing import register_consequence
from people.signals import people_imported, postings_changed, units_changed
from quizzes.signals import attempt_graded, attempt_regraded
from shared.domain import outbox


@receiver(attempt_graded)
def complete_courses_of_the_attempt(attempt, **kwargs):
    """A passed quiz may complete the courses that end with it; the same transaction decides."""
    if attempt.passed:
        # Another one that passed would have completed the course.
        completion.complete_after_quiz(attempt, is_best=attempt.number == 1)


@receiver(attempt_regraded)
def follow_the_changed_result(attempt, was_passed, change, **kwargs):
    """Whoever passes now completes; what rests on a result that is no longer passed is put before its owner."""
    if attempt.passed:
        completion.complete_after_quiz(attempt, is_best=False)
    elif was_passed:
        doubts.raise_doubts(attempt, change)
    notify(
        attempt.person_id,
        NoticeKind.RESULT_CHANGED,
        subject=attempt.paper["title"],
        path=reverse("quiz_result", args=[attempt.pk]),
        key=f"score-change-{change.pk}",
    )


places.register(activities.place_in_lesson)


@receiver(activity_finished)
def remember_where_the_learner_is(person_id, context, **kwargs):
    """Practice done in a lesson: this is the course to resume. The lesson itself is marked as done by the learner."""
    if context.isdecimal():
        taken = Enrolment.objects.filter(person=person_id, completed_at__isnull=True)
        taken.filter(edition__lessons__lesson=int(context)).update(last_opened_at=timezone.now())


@receiver([page_published, page_unpublished], sender=CoursePage)
def follow_the_course(instance, **kwargs):
    editions.refresh(instance)


@receiver([page_published, page_unpublished], sender=LessonPage)
def follow_the_lesson(instance, **kwargs):
    citations.follow(instance)
    course = CoursePage.objects.filter(pk=instance.get_parent().pk).first()
    if course:
        editions.refresh(course)


@receiver(post_page_move, sender=LessonPage)
def follow_the_order(instance, parent_page_before, parent_page_after, **kwargs):
    """Lessons put in another order, or into another course, change what is published."""
    for course in CoursePage.objects.filter(pk__in={parent_page_before.pk, parent_page_after.pk}):
        editions.refresh(course)


@receiver(postings_changed)
def obligations_follow_the_person(person_id, **kwargs):
    if Assignment.objects.exists():
        outbox.enqueue(following.PERSON, person_id)


@receiver(people_imported)
def obligations_follow_the_list(people_import, **kwargs):
    """One piece of work however long the list is."""
    outbox.enqueue(following.IMPORT, people_import.pk)


register_consequence(Obligation, following.obligations_met, following.forget_obligations)


@receiver(units_changed)
def obligations_follow_the_units(unit_ids, **kwargs):
    for unit_id in unit_ids:
        outbox.enqueue(following.UNIT, unit_id)
