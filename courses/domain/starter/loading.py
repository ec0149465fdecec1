"""Loads a checked starter course as published pages and a quiz. Loading it again without a change does nothing."""

import json
import uuid

from django.core.files import File
from django.db import transaction
from wagtail.images import get_image_model

from courses.enums import ReviewStatus
from courses.models import CourseIndexPage, CourseModule, CoursePage, LessonPage
from people.models import Unit
from quizzes.domain.banks import ensure_bank
from quizzes.domain.questions import save_question
from quizzes.models import Quiz, QuizSection, SectionQuestion

from .reading import StarterCourse, StarterLesson, StarterModule

_NAMESPACE = uuid.UUID("5b0b1b52-2f43-4f7c-9c6e-1847c0de1847")


def load_course(starter: StarterCourse, catalogue: CourseIndexPage, owner: Unit | None = None) -> bool:
    """Creates or updates the course, its lessons and its quiz. Returns whether anything changed.

    Each page is written in a transaction of its own, the course last: readers never see half a course. A page that
    somebody edited in the admin is not overwritten: the file's text is left there as a draft.
    """
    course = CoursePage.objects.filter(code=starter.code).first()
    if course and course.starter_fingerprint == starter.fingerprint:
        return False
    quiz = _load_quiz(starter, owner)
    course = _load_course_page(course, starter, catalogue, quiz, owner)
    for module in starter.modules:
        for lesson in module.lessons:
            _load_lesson(course, starter, module, lesson)
    with transaction.atomic():
        if course.first_published_at is None:  # what somebody unpublished stays unpublished
            course.get_latest_revision().publish()
        CoursePage.objects.filter(pk=course.pk).update(starter_fingerprint=starter.fingerprint)
    return True


@transaction.atomic
def _load_quiz(starter: StarterCourse, owner: Unit | None) -> Quiz:
    bank = ensure_bank(starter.code, starter.title, owner)
    quiz, _created = Quiz.objects.update_or_create(
        code=starter.quiz_code,
        defaults={
            "title": starter.quiz_title,
            "owner_unit": owner,
            "time_limit_minutes": starter.time_limit_minutes,
            "max_attempts": starter.max_attempts,
            "pass_percent": starter.pass_percent,
            "shuffle_questions": starter.shuffle,
        },
    )
    section, _created = QuizSection.objects.get_or_create(quiz=quiz, position=1)
    wanted = []
    for position, item in enumerate(starter.questions, start=1):
        question = save_question(bank, item.code, item.kind, item.points, item.body)
        wanted.append(question.pk)
        SectionQuestion.objects.update_or_create(
            section=section, question=question, defaults={"position": position, "topic": item.topic}
        )
    section.section_questions.exclude(question__in=wanted).delete()
    return quiz


@transaction.atomic
def _load_course_page(course, starter, catalogue, quiz, owner) -> CoursePage:
    is_new = course is None
    page = course or CoursePage(code=starter.code, slug=starter.slug, live=False, owner_unit=owner)
    edited = not is_new and _edited_by_hand(page)
    page.title = starter.title
    page.summary = starter.summary
    page.search_description = starter.summary[:250]
    page.audience_note = starter.audience_note
    page.duration_minutes = starter.duration_minutes
    page.awards_certificate = starter.awards_certificate
    page.review_status = ReviewStatus.DRAFT if starter.is_draft else ReviewStatus.APPROVED
    page.quiz = quiz
    if page.cover_id is None and starter.cover:
        page.cover = _load_cover(starter)
    if is_new:
        catalogue.add_child(instance=page)
    page.modules = [
        CourseModule(code=module.code, title=module.title, audience=module.audience, sort_order=position)
        for position, module in enumerate(starter.modules)
    ]
    revision = page.save_revision()
    if page.live and not edited:
        revision.publish()
    return CoursePage.objects.get(pk=page.pk)


def _load_cover(starter: StarterCourse):
    """The cover picture, made once: an editor's own choice is never replaced."""
    image_model = get_image_model()
    known = image_model.objects.filter(title=starter.title, credit=starter.cover.credit).first()
    if known:
        return known
    with starter.cover.file.open("rb") as file:
        picture = image_model(title=starter.title, alt_text=starter.cover.alt_text, credit=starter.cover.credit)
        picture.file = File(file, name=f"{starter.slug}.jpg")
        picture._set_image_file_metadata()
        picture.save()
    return picture


@transaction.atomic
def _load_lesson(course: CoursePage, starter: StarterCourse, module: StarterModule, lesson: StarterLesson) -> None:
    page = LessonPage.objects.child_of(course).filter(slug=lesson.slug).first()
    is_new = page is None
    page = page or LessonPage(slug=lesson.slug, live=False)
    body = json.dumps(_with_ids(lesson.blocks, f"{starter.code}/{lesson.code}"))
    wanted = LessonPage._meta.get_field("body").to_python(body)
    if not is_new and _same_lesson(page, module, lesson, wanted):
        return
    edited = not is_new and _edited_by_hand(page)
    page.title = lesson.title
    page.module_code = module.code
    page.minutes = lesson.minutes
    page.introduction = lesson.introduction
    page.body = wanted
    if is_new:
        course.add_child(instance=page)
    revision = page.save_revision()
    if is_new or (page.live and not edited):
        revision.publish()


def _same_lesson(page: LessonPage, module, lesson, wanted) -> bool:
    return (page.title, page.module_code, page.minutes, page.introduction, page.body.get_prep_value()) == (
        lesson.title,
        module.code,
        lesson.minutes,
        lesson.introduction,
        wanted.get_prep_value(),
    )


def _edited_by_hand(page) -> bool:
    """Whether somebody ever saved the page in the admin: loading leaves revisions without a user."""
    return page.revisions.filter(user__isnull=False).exists()


def _with_ids(blocks: list[dict], key: str) -> list[dict]:
    """Blocks with ids that depend on their place only, so that the same file always gives the same page."""
    return [
        {
            "type": block["type"],
            "id": str(uuid.uuid5(_NAMESPACE, f"{key}/{position}")),
            "value": _list_items(block["value"], f"{key}/{position}"),
        }
        for position, block in enumerate(blocks)
    ]


def _list_items(value, key: str):
    """The lists inside a block's value in the form of Wagtail's ListBlock, again with fixed ids."""
    if not isinstance(value, dict):
        return value
    return {
        name: [
            {"type": "item", "id": str(uuid.uuid5(_NAMESPACE, f"{key}/{name}/{i}")), "value": item}
            for i, item in enumerate(inner)
        ]
        if isinstance(inner, list)
        else inner
        for name, inner in value.items()
    }
