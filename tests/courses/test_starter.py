"""The starter courses: complete, marked as drafts, with sources a reader knows, loaded twice without harm."""

import re
from dataclasses import replace
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils.html import strip_tags
from django.utils.translation import gettext

from courses.domain import starter as loader
from courses.domain.starter import loading
from courses.enums import ReviewStatus
from courses.models import CourseIndexPage, CoursePage, LessonPage
from quizzes.models import Attempt, QuestionVersion
from tests.courses import stage

COURSES = None
# What a reader must never see in place of a document's name.
FILE_MARKS = ("seed-", "_4d6b", ".txt", "http", "ext-")


def words_of(value) -> int:
    """Words a reader reads in a block's stored value."""
    if isinstance(value, str):
        return len(strip_tags(value.replace("<", " <")).split())
    if isinstance(value, dict):
        return sum(words_of(inner) for name, inner in value.items() if name not in ("id", "type", "tone"))
    return sum(words_of(inner) for inner in value)


def article_of(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "html.parser").find("article")


def file_marks_in(article) -> list[str]:
    shown = article.get_text(" ") + " ".join(link["href"] for link in article.select(".prose a"))
    return [mark for mark in FILE_MARKS if mark in shown]


def course_a() -> loader.StarterCourse:
    return stage.read(stage.COURSE_A)


def with_text(source: loader.StarterCourse, introduction: str) -> loader.StarterCourse:
    """The course with another introduction of its first lesson, as if its file had been changed."""
    first, *others = source.modules
    lesson = replace(first.lessons[0], introduction=introduction)
    modules = [replace(first, lessons=[lesson, *first.lessons[1:]]), *others]
    return replace(source, modules=modules, fingerprint=introduction)


def load(source: loader.StarterCourse) -> bool:
    return loader.load_course(source, CourseIndexPage.objects.get())


def first_lesson(course: CoursePage) -> LessonPage:
    return LessonPage.objects.child_of(course).order_by("path").first()


def edit(page, user, **fields) -> None:
    """What the admin does when somebody changes a page and publishes it."""
    page = page.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=user).publish(user=user)


def test_three_courses_are_published_with_42_lessons(starter):
    lessons = {
        code: LessonPage.objects.child_of(course).live().count() for code, course in starter.items() if course.live
    }
    assert len(lessons) == 3
    assert sum(lessons.values()) == 42
    assert sum(len(stage.edition_lessons(course)) for course in starter.values()) == 42


def test_every_lesson_has_150_to_300_words_besides_its_key_points(starter):
    counts = {}
    for lesson in LessonPage.objects.all():
        blocks = [block["value"] for block in lesson.body.get_prep_value() if block["type"] != "key_points"]
        counts[lesson.slug] = words_of(lesson.introduction) + words_of(blocks)
    assert len(counts) == 42
    assert {slug: count for slug, count in counts.items() if not 150 <= count <= 300} == {}


def test_courses_and_lessons_say_that_they_are_drafts_until_an_expert_approves(starter, signed_in):
    browser = signed_in("lan")
    draft = gettext("Draft – awaiting expert review")
    for course in starter.values():
        lesson = stage.lesson_address(course, stage.edition_lessons(course)[0])
        assert draft in browser.get(course.url).content.decode()
        assert draft in browser.get(lesson).content.decode()
        CoursePage.objects.filter(pk=course.pk).update(review_status=ReviewStatus.APPROVED)
        assert draft not in browser.get(course.url).content.decode()
        assert draft not in browser.get(lesson).content.decode()


def test_sources_are_the_names_of_documents_never_of_files(starter, signed_in):
    browser = signed_in("lan")
    for course in starter.values():
        for lesson in stage.edition_lessons(course):
            article = article_of(browser.get(stage.lesson_address(course, lesson)).content.decode())
            assert file_marks_in(article) == [], lesson.title
            points = article.select(".key-points li")
            named = article.select(".key-points-source")
            assert len(points) == len(named) >= 3, lesson.title


def test_the_search_for_file_names_finds_one_that_is_shown(course, signed_in, cast):
    page = first_lesson(course)
    body = page.body.get_prep_value()
    body[-1]["value"]["points"][0]["value"]["sources"] = "seed-000 (000_4d6b33817452f550.txt)"
    edit(page, cast["tam"], body=LessonPage._meta.get_field("body").to_python(body))
    shown = signed_in("lan").get(page.url).content.decode()
    assert file_marks_in(article_of(shown)) == ["seed-", "_4d6b", ".txt"]


def test_feedback_names_lessons_by_their_titles(starter):
    texts = [
        text
        for version in QuestionVersion.objects.all()
        for name in ("correct", "incorrect")
        for text in version.feedback.get(name, {}).values()
    ]
    assert len(texts) > 80
    assert [text for text in texts if re.search(r"\bM\d+\.L\d+", text)] == []


def test_loading_again_changes_nothing(starter):
    before = stage.rows()
    published = list(CoursePage.objects.order_by("pk").values_list("last_published_at", "latest_revision"))
    call_command("load_starter", stdout=StringIO())
    assert stage.rows() == before
    assert list(CoursePage.objects.order_by("pk").values_list("last_published_at", "latest_revision")) == published


def test_loading_a_changed_file_changes_only_the_changed_lesson(starter, course):
    before = stage.rows()
    kept = {page.pk: page.live_revision_id for page in LessonPage.objects.child_of(course)}
    assert load(with_text(course_a(), "Một lời mở đầu khác.")) is True
    after = stage.rows()
    now = {page.pk: page.live_revision_id for page in LessonPage.objects.child_of(course)}
    assert [pk for pk in kept if kept[pk] != now[pk]] == [first_lesson(course).pk]
    assert after["quizzes.QuestionVersion"] == before["quizzes.QuestionVersion"]
    assert after["courses.LessonPage"] == before["courses.LessonPage"]


def test_an_edited_lesson_is_not_overwritten_however_often_the_file_changes(course, cast):
    edit(first_lesson(course), cast["tam"], introduction="Do đơn vị sửa.")
    for text in ("Lần một.", "Lần hai.", "Lần ba."):
        load(with_text(course_a(), text))
        assert first_lesson(course).introduction == "Do đơn vị sửa."
        assert first_lesson(course).get_latest_revision_as_object().introduction == text


def test_without_the_look_at_who_edited_a_lesson_it_would_be_overwritten(course, cast, monkeypatch):
    edit(first_lesson(course), cast["tam"], introduction="Do đơn vị sửa.")
    monkeypatch.setattr(loading, "_edited_by_hand", lambda page: False)
    load(with_text(course_a(), "Lần một."))
    assert first_lesson(course).introduction == "Lần một."


def test_a_draft_somebody_is_writing_is_not_published_over(course, cast):
    page = first_lesson(course)
    text_before = page.introduction
    page.introduction = "Bản nháp của chuyên viên."
    page.save_revision(user=cast["tam"])
    for text in ("Lần một.", "Lần hai."):
        load(with_text(course_a(), text))
        assert first_lesson(course).introduction == text_before


def test_an_edited_course_page_is_not_overwritten(course, cast):
    edit(course, cast["tam"], summary="Tóm tắt của Sở Nội vụ.")
    for text in ("Lần một.", "Lần hai."):
        load(with_text(course_a(), text))
        assert CoursePage.objects.get(pk=course.pk).summary == "Tóm tắt của Sở Nội vụ."


def test_what_somebody_unpublished_stays_unpublished(course, cast):
    first_lesson(course).unpublish(user=cast["tam"])
    course.unpublish(user=cast["tam"])
    load(with_text(course_a(), "Lần một."))
    assert not CoursePage.objects.get(pk=course.pk).live
    assert not first_lesson(course).live


def test_a_load_that_was_interrupted_is_finished_by_the_next_one(course, monkeypatch):
    source = replace(course_a(), code="MOI", slug="moi", quiz_code="MOI-KT", fingerprint="moi")
    load_lesson, seen = loading._load_lesson, []

    def interrupted(course, starter, module, lesson):
        seen.append(lesson)
        if len(seen) == 3:
            raise KeyboardInterrupt
        load_lesson(course, starter, module, lesson)

    monkeypatch.setattr(loading, "_load_lesson", interrupted)
    with pytest.raises(KeyboardInterrupt):
        load(source)
    assert not CoursePage.objects.get(code="MOI").live
    monkeypatch.undo()
    load(source)
    finished = CoursePage.objects.get(code="MOI")
    assert finished.live
    assert len(stage.edition_lessons(finished)) == 15


def test_nothing_of_a_quiz_is_taken_by_loading_it(starter):
    assert not Attempt.objects.exists()
