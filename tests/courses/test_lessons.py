"""Reading lessons: who may, what opening and “done” write, and what the contents show."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from courses import queries, rules
from courses.domain import enrolment as enrolling
from courses.domain.completion import audiences_of
from courses.models import (
    Completion,
    CourseIndexPage,
    CoursePage,
    EditionLesson,
    Enrolment,
    LessonPage,
    LessonRecord,
)
from quizzes.domain import attempts
from quizzes.models import Attempt, Quiz
from shared.errors import DomainError
from tests.cast import finish_lessons
from tests.courses import stage


def done_address(course: CoursePage, lesson: EditionLesson) -> str:
    return reverse("finish_lesson", args=[course.pk, lesson.lesson_id])


def written() -> tuple[int, ...]:
    """How many rows of learning there are."""
    return tuple(model.objects.count() for model in (Enrolment, LessonRecord, Completion, Attempt))


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def contents_of(page) -> BeautifulSoup:
    return BeautifulSoup(page.content.decode(), "html.parser").select_one(".outline-list")


# --- Opening ---------------------------------------------------------------------------------------------


def test_opening_lessons_records_them_but_never_completes_them(course, cast, signed_in):
    browser = signed_in("lan")
    for _again in range(2):
        for lesson in stage.edition_lessons(course):
            assert browser.get(stage.lesson_address(course, lesson)).status_code == 200
    records = LessonRecord.objects.filter(enrolment__person=cast["lan"])
    assert records.count() == 15
    assert not records.filter(done_at__isnull=False).exists()
    assert not Completion.objects.exists()


def test_the_first_opening_is_kept_when_a_lesson_is_opened_again(course, cast, signed_in):
    browser, lesson = signed_in("lan"), stage.edition_lessons(course)[0]
    browser.get(stage.lesson_address(course, lesson))
    first = timezone.now() - timedelta(days=2)
    LessonRecord.objects.update(first_opened_at=first)
    browser.get(stage.lesson_address(course, lesson))
    assert LessonRecord.objects.get().first_opened_at == first


def test_looking_at_the_catalogue_and_the_course_writes_nothing(course, signed_in):
    browser = signed_in("lan")
    for address in ("/khoa-hoc/", course.url, reverse("my_learning"), reverse("my_certificates")):
        assert browser.get(address).status_code == 200
    assert written() == (0, 0, 0, 0)


# --- Done ------------------------------------------------------------------------------------------------


def test_done_is_a_post_and_takes_the_servers_time(course, cast, signed_in):
    browser, lesson = signed_in("lan"), stage.edition_lessons(course)[0]
    browser.get(stage.lesson_address(course, lesson))
    before = timezone.now()
    forged = {"done_at": "2020-01-01T00:00:00Z", "first_opened_at": "2020-01-01T00:00:00Z", "minutes": "99"}
    response = browser.post(done_address(course, lesson), forged)
    record = LessonRecord.objects.get()
    assert before <= record.done_at <= timezone.now()
    assert record.first_opened_at.year == before.year
    assert record.revision_id == lesson.revision_id
    assert response.url == stage.lesson_address(course, stage.edition_lessons(course)[1])


def test_done_said_twice_keeps_the_first_time(course, cast, signed_in):
    browser, lesson = signed_in("lan"), stage.edition_lessons(course)[0]
    browser.get(stage.lesson_address(course, lesson))
    browser.post(done_address(course, lesson))
    first = LessonRecord.objects.get().done_at
    browser.post(done_address(course, lesson))
    assert LessonRecord.objects.get().done_at == first


def test_the_addresses_that_write_refuse_get(course, cast, signed_in):
    browser, lesson = signed_in("lan"), stage.edition_lessons(course)[0]
    finish_lessons(cast["lan"], course)
    before = written()
    for address in (
        done_address(course, lesson),
        reverse("start_course", args=[course.pk]),
    ):
        assert browser.get(address).status_code == 405
    assert browser.get(reverse("start_quiz", args=[course.pk])).status_code == 200  # the rules; nothing begins
    assert written() == before


def test_writing_needs_sign_in(course, client):
    lesson = stage.edition_lessons(course)[0]
    for address in (
        done_address(course, lesson),
        reverse("start_course", args=[course.pk]),
        reverse("start_quiz", args=[course.pk]),
    ):
        assert client.post(address).url.startswith(reverse("account_login"))
    assert written() == (0, 0, 0, 0)


def test_done_needs_an_enrolment_of_ones_own(course, cast, signed_in):
    lesson = stage.edition_lessons(course)[0]
    enrolling.enrol(cast["minh"], course)
    assert signed_in("lan").post(done_address(course, lesson)).status_code == 404
    assert not LessonRecord.objects.exists()


def test_done_takes_only_lessons_of_the_edition_taken(course, cast, signed_in):
    enrolling.enrol(cast["lan"], course)
    other = stage.small_course()
    stranger = stage.edition_lessons(other)[0]
    assert signed_in("lan").post(done_address(course, stranger)).status_code == 404
    assert not LessonRecord.objects.exists()


def test_done_counts_for_the_newest_cycle(course, cast, signed_in):
    first = enrolling.enrol(cast["lan"], course)
    second = Enrolment.objects.create(
        person=cast["lan"], course=course, edition=first.edition, cycle=2, enrolled_at=timezone.now()
    )
    lesson = stage.edition_lessons(course)[0]
    assert signed_in("lan").post(done_address(course, lesson)).status_code == 302
    assert LessonRecord.objects.get().enrolment_id == second.pk


def test_starting_a_course_twice_enrols_once_and_opens_its_first_lesson(course, cast, signed_in):
    browser = signed_in("lan")
    for _twice in range(2):
        response = browser.post(reverse("start_course", args=[course.pk]))
        assert response.url == stage.lesson_address(course, stage.edition_lessons(course)[0])
    assert Enrolment.objects.count() == 1


def test_a_course_without_lessons_cannot_be_begun(course, cast, signed_in):
    empty = CourseIndexPage.objects.get().add_child(
        instance=CoursePage(title="Trống", slug="trong", code="TRONG", summary="-", duration_minutes=1, live=False)
    )
    empty.save_revision().publish()
    empty.refresh_from_db()
    with pytest.raises(DomainError):
        enrolling.enrol(cast["lan"], empty)
    response = signed_in("lan").post(reverse("start_course", args=[empty.pk]))
    assert response.url == empty.url
    assert said(response)
    assert not Enrolment.objects.exists()


# --- Minimum time ----------------------------------------------------------------------------------------


def test_no_minimum_time_is_asked_unless_the_course_says_so(course, cast):
    assert course.enforce_minimum_time is False
    finish_lessons(cast["lan"], course)
    assert LessonRecord.objects.filter(done_at__isnull=False).count() == 15


def test_a_minimum_time_is_counted_from_the_first_opening_on_the_server(course, cast, signed_in):
    CoursePage.objects.filter(pk=course.pk).update(enforce_minimum_time=True)
    browser, lesson = signed_in("lan"), stage.edition_lessons(course)[0]
    browser.get(stage.lesson_address(course, lesson))
    refused = browser.post(done_address(course, lesson), {"first_opened_at": "2020-01-01"})
    assert refused.url == stage.lesson_address(course, lesson)
    assert "4" in said(refused)[0]
    assert LessonRecord.objects.get().done_at is None
    almost = timezone.now() - timedelta(minutes=lesson.minutes / 2) + timedelta(seconds=20)
    LessonRecord.objects.update(first_opened_at=almost)
    browser.post(done_address(course, lesson))
    assert LessonRecord.objects.get().done_at is None
    LessonRecord.objects.update(first_opened_at=almost - timedelta(seconds=20))
    browser.post(done_address(course, lesson))
    assert LessonRecord.objects.get().done_at is not None


def test_a_minimum_time_cannot_be_gone_round_by_never_opening_the_lesson(course, cast, signed_in):
    CoursePage.objects.filter(pk=course.pk).update(enforce_minimum_time=True)
    enrolling.enrol(cast["lan"], course)
    signed_in("lan").post(done_address(course, stage.edition_lessons(course)[0]))
    assert not LessonRecord.objects.filter(done_at__isnull=False).exists()


# --- Contents --------------------------------------------------------------------------------------------


def test_the_contents_mark_done_lessons_the_current_one_and_the_locked_quiz(course, cast, signed_in):
    browser, lessons = signed_in("lan"), stage.edition_lessons(course)
    enrolment = enrolling.enrol(cast["lan"], course)
    enrolling.finish_lesson(enrolment, lessons[0])
    contents = contents_of(browser.get(stage.lesson_address(course, lessons[1])))
    assert len(contents.select(".icon-done")) == 1
    [current] = contents.select("[aria-current=page]")
    assert current["href"] == stage.lesson_address(course, lessons[1])
    assert contents.select("li")[-1].find("a") is None
    finish_lessons(cast["lan"], course)
    contents = contents_of(browser.get(stage.lesson_address(course, lessons[1])))
    assert len(contents.select(".icon-done")) == 15
    assert contents.select("li")[-1].find("a")["href"].endswith("#quiz")


def test_the_contents_resume_at_the_first_required_lesson_that_is_not_done(course, cast):
    lessons = stage.edition_lessons(course)
    enrolment = enrolling.enrol(cast["lan"], course)
    for lesson in (*lessons[:3], lessons[4]):
        enrolling.finish_lesson(enrolment, lesson)
    outline = queries.outline(course, cast["lan"], audiences_of(cast["lan"]))
    assert outline.next_entry.lesson.lesson_id == lessons[3].lesson_id
    assert (outline.required_done, len(outline.required)) == (4, 12)
    assert outline.minutes_left == sum(entry.lesson.minutes for entry in outline.required if not entry.is_done)


def test_visitors_see_the_contents_locked(course, client):
    contents = contents_of(client.get(course.url))
    assert len(contents.select("li > span")) >= 15
    assert contents.select("a") == []


def test_the_quiz_opens_when_the_required_lessons_are_done(course, cast, signed_in):
    browser, start = signed_in("lan"), reverse("start_quiz", args=[course.pk])
    assert browser.post(start).url == course.url  # not enrolled
    enrolment = enrolling.enrol(cast["lan"], course)
    required = [lesson for lesson in stage.edition_lessons(course) if lesson.module_code != "M6"]
    for lesson in required[:-1]:
        enrolling.finish_lesson(enrolment, lesson)
    refused = browser.post(start)
    assert refused.url == course.url
    assert said(refused)
    assert not Attempt.objects.exists()
    enrolling.finish_lesson(enrolment, required[-1])
    attempt_page = browser.post(start).url
    assert attempt_page == reverse("quizzes:question", args=[Attempt.objects.get().pk, 1])


def test_without_the_rule_the_quiz_would_open_at_once(course, cast, signed_in, monkeypatch):
    monkeypatch.setattr(rules, "can_start_quiz", lambda actor, outline: True)
    enrolling.enrol(cast["lan"], course)
    signed_in("lan").post(reverse("start_quiz", args=[course.pk]))
    assert Attempt.objects.count() == 1


def test_a_lesson_is_shown_in_the_language_of_each_reader(course, signed_in):
    """The rendered body is kept for everybody; the words around the teaching are those of the interface."""
    learner, address = signed_in("lan"), stage.lesson_address(course, stage.edition_lessons(course)[0])
    for language in ("en", "vi", "en"):
        learner.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = BeautifulSoup(learner.get(address).content.decode(), "html.parser")
        with translation.override(language):
            assert page.select_one(".key-points h2").text == gettext("Key points")


def test_no_start_button_when_fewer_attempts_are_allowed_than_were_taken(course, cast, signed_in):
    finish_lessons(cast["lan"], course)
    for _number in range(3):
        attempts.submit(attempts.start(cast["lan"], course.quiz))
    Quiz.objects.update(max_attempts=2)
    page = signed_in("lan").get(course.url)
    assert page.context["attempts_left"] == 0
    assert reverse("start_quiz", args=[course.pk]) not in page.content.decode()


# --- Who may read ----------------------------------------------------------------------------------------


def test_a_lesson_needs_sign_in_and_leads_back_after_it(course, client):
    lesson = stage.edition_lessons(course)[0]
    response = client.get(stage.lesson_address(course, lesson))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))
    assert response.url.endswith(f"next={stage.lesson_address(course, lesson)}")


def test_without_the_rule_anybody_could_read_a_lesson(course, client, monkeypatch):
    monkeypatch.setattr(rules, "can_read_lesson", lambda actor, course: True)
    assert client.get(stage.lesson_address(course, stage.edition_lessons(course)[0])).status_code == 200


def test_a_lesson_of_an_open_course_is_read_without_sign_in_and_leaves_no_trace(course, client):
    CoursePage.objects.filter(pk=course.pk).update(is_open=True)
    for lesson in stage.edition_lessons(course)[:3]:
        page = client.get(stage.lesson_address(course, lesson))
        assert page.status_code == 200
        assert done_address(course, lesson) not in page.content.decode()
    assert written() == (0, 0, 0, 0)


@pytest.mark.parametrize("username", [None, "lan", "tam", "an"])
@pytest.mark.parametrize("is_open", [False, True])
def test_a_lesson_of_a_draft_course_is_not_found(course, cast, client, signed_in, username, is_open):
    address = stage.lesson_address(course, stage.edition_lessons(course)[0])
    learner = signed_in(username) if username else client
    CoursePage.objects.filter(pk=course.pk).update(live=False, is_open=is_open)
    assert learner.get(address).status_code == 404
    assert written() == (0, 0, 0, 0)
    CoursePage.objects.filter(pk=course.pk).update(live=True, is_open=True)
    assert learner.get(address).status_code == 200


def test_a_draft_lesson_is_not_found_and_enrols_nobody(course, signed_in):
    draft = course.add_child(instance=LessonPage(title="Nháp", slug="nhap", live=False))
    draft.save_revision()
    assert signed_in("lan").get(f"{course.url}nhap/").status_code == 404
    assert not Enrolment.objects.exists()


def test_nothing_can_be_begun_or_finished_in_a_draft_course(course, cast, signed_in):
    finish_lessons(cast["lan"], course)
    CoursePage.objects.filter(pk=course.pk).update(live=False)
    before, browser = written(), signed_in("lan")
    for address in (
        done_address(course, stage.edition_lessons(course)[0]),
        reverse("start_course", args=[course.pk]),
        reverse("start_quiz", args=[course.pk]),
    ):
        assert browser.post(address).status_code == 404
    assert written() == before


def test_the_list_of_lessons_and_the_right_to_read_one_agree_for_everybody(course, cast):
    open_course, draft = stage.small_course("MO", lessons=2), stage.small_course("NHAP", lessons=2)
    CoursePage.objects.filter(pk=open_course.pk).update(is_open=True)
    CoursePage.objects.filter(pk=draft.pk).update(live=False, is_open=True)
    pairs = [(lesson, CoursePage.objects.get(pk=lesson.get_parent().pk)) for lesson in LessonPage.objects.live()]
    assert len(pairs) == 19
    for viewer in (*cast.values(), AnonymousUser()):
        listed = set(queries.lessons_for(viewer).values_list("pk", flat=True))
        readable = {lesson.pk for lesson, parent in pairs if rules.can_read_lesson(viewer, parent)}
        assert listed == readable, viewer
        assert {page.pk for page in queries.lessons_for(viewer).search("bài học")} <= readable
    assert len(listed) == 2  # what visitors may read
