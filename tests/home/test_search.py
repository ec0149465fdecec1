"""Search on the site: marks, case and encoding do not matter, and nobody finds what they may not open."""

from unicodedata import normalize

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from wagtail.models import PageViewRestriction

from courses.models import CoursePage, LessonPage
from courses.queries import lessons_for
from home.models import StandardPage
from shared.text.fold import fold

COURSES = ("van-hoa-cong-vu-1847", "ky-nang-so-cbccvc")
TYPED = [
    ("dao duc cong vu", "đạo đức công vụ"),
    ("chu ky so", "chữ ký số"),
    ("dang ky", "đăng ký"),
    ("van hoá", "văn hóa"),
    ("van hoa", "văn hóa"),
    ("VĂN HOÁ", "văn hóa"),
    (normalize("NFD", "văn hóa"), "văn hóa"),
    ("văn\u00a0hóa\u200b", "văn hóa"),
    ("1847/QD-TTg", "1847/QĐ-TTg"),
    ("1847/qđ-ttg", "1847/QĐ-TTg"),
    ("1847 qd ttg", "1847/QĐ-TTg"),
]
HOSTILE = [
    "",
    "   ",
    "\x00",
    "“…”?!–",
    '"',
    "'); DROP TABLE people_person; --",
    'AND OR NOT NEAR( "',
    'NEAR("van hoa", 5)',
    "title:*",
    "van* AND ^hoa",
    "{a b}:c - d + e",
    "& | ! ( ) <-> :*",
    "\\",
    "%_%",
    "đ" * 10_000,
    "van hoa " * 1_250,
    "🪷 ทดสอบ 測試",
]


def text_of(page) -> str:
    """All the words of a page that search knows."""
    return " ".join(str(field.get_value(page)) for field in page.get_search_fields() if hasattr(field, "boost"))


def pages_that_say(phrase: str, pages) -> set[int]:
    return {page.pk for page in pages if fold(phrase) in fold(text_of(page))}


@pytest.fixture
def search(site, client, monkeypatch):
    """A function: the ids of all pages that a search on the site finds."""
    monkeypatch.setattr("home.views.search.MOST_PER_GROUP", 1000)

    def find(typed: str, browser=client) -> set[int]:
        response = browser.get(reverse("search"), {"q": typed})
        assert response.status_code == 200
        return {page.pk for group in response.context["groups"] for page in group.pages}

    return find


@pytest.fixture
def learner(signed_in):
    return signed_in("lan")


@pytest.mark.parametrize(("typed", "meant"), TYPED)
def test_what_is_typed_without_marks_is_found(search, learner, typed, meant):
    lessons = pages_that_say(meant, LessonPage.objects.live())
    courses = pages_that_say(meant, CoursePage.objects.live())
    assert lessons | courses, "the starter courses speak of it"
    assert search(typed, learner) >= lessons | courses


def test_control_a_query_that_is_not_folded_meets_nothing(search, learner, monkeypatch):
    monkeypatch.setattr("shared.search.fold", str)
    assert search("đạo đức", learner) == set()  # SQLite itself forgets some marks, but never đ


def test_a_course_is_found_by_its_code(search):
    course = CoursePage.objects.get(code="VHCV-1847")
    assert course.pk in search("vhcv 1847")


def test_a_help_page_is_found(search):
    assert StandardPage.objects.get(slug="kha-nang-tiep-can").pk in search("kha nang tiep can")


def test_a_word_nobody_wrote_finds_nothing(search):
    assert search("khongaivietchunay") == set()


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_are_answered_calmly(search, client, typed):
    search(typed)
    assert len(client.get(reverse("search"), {"q": typed}).context["typed"]) <= 200


def test_what_was_typed_is_shown_as_text(site, client):
    page = client.get(reverse("search"), {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


# --- Who finds what -----------------------------------------------------------------------------


@pytest.fixture
def course(site) -> CoursePage:
    return CoursePage.objects.get(code="VHCV-1847")


@pytest.fixture
def lesson(course) -> LessonPage:
    """A lesson with a word of its own."""
    page = LessonPage.objects.child_of(course).first()
    page.title = "Chuyện con chuồn chuồn ớt"
    page.save_revision().publish()
    return page


WORD = "chuon chuon ot"


def test_lessons_of_closed_courses_are_found_after_signing_in(search, lesson, signed_in):
    assert search(WORD) == set()
    assert search(WORD, signed_in("lan")) == {lesson.pk}


def test_lessons_of_open_courses_are_found_by_everybody(search, course, lesson):
    CoursePage.objects.filter(pk=course.pk).update(is_open=True)
    assert search(WORD) == {lesson.pk}


@pytest.mark.parametrize("is_open", [True, False])
def test_lessons_of_unpublished_courses_are_found_by_nobody(search, course, lesson, signed_in, is_open):
    CoursePage.objects.filter(pk=course.pk).update(is_open=is_open)
    course.refresh_from_db()
    course.unpublish()
    assert LessonPage.objects.get(pk=lesson.pk).live
    assert search(WORD) == set()
    assert search(WORD, signed_in("lan")) == set()


def test_drafts_are_found_by_nobody(search, course, lesson, signed_in):
    CoursePage.objects.filter(pk=course.pk).update(is_open=True)
    lesson.unpublish()
    assert search(WORD) == set()
    assert search(WORD, signed_in("tam")) == set()


def test_unpublished_words_of_a_published_page_are_not_found(search, lesson, signed_in):
    lesson.introduction = "Con cào cào xanh"
    lesson.save_revision()
    assert search("cao cao xanh", signed_in("lan")) == set()


def test_private_pages_are_found_by_nobody(search, course, lesson, client):
    CoursePage.objects.filter(pk=course.pk).update(is_open=True)
    PageViewRestriction.objects.create(page=course, restriction_type=PageViewRestriction.PASSWORD, password="x")
    assert search(WORD) == set()
    assert course.pk not in search("vhcv 1847")


def test_control_a_search_over_all_lessons_would_find_them(search, course, lesson, monkeypatch):
    monkeypatch.setattr("home.views.search.lessons_for", lambda viewer: LessonPage.objects.all())
    assert search(WORD) == {lesson.pk}


def test_the_list_agrees_with_opening(site, client, course):
    """For nobody: what `lessons_for` lists opens, what it does not list does not."""
    CoursePage.objects.filter(pk=course.pk).update(is_open=True)
    listed = set(lessons_for(AnonymousUser()).values_list("pk", flat=True))
    assert 0 < len(listed) < LessonPage.objects.count()
    for course in CoursePage.objects.all():
        lesson = LessonPage.objects.child_of(course).first()
        assert (client.get(lesson.url).status_code == 200) == (lesson.pk in listed)


def test_without_signing_in_the_page_says_that_lessons_need_it(site, client):
    page = client.get(reverse("search"), {"q": "khongaivietchunay"}).content.decode()
    assert f"{reverse('account_login')}?next=" in page
