"""What HR sees of quizzes: under way, passed or not, and when. The score only where the course shows it."""

from decimal import Decimal

import pytest
from django.utils import timezone

from courses.models import CoursePage
from quizzes.enums import AttemptState
from quizzes.models import Attempt, Quiz
from reports.columns import PEOPLE_COLUMNS
from tests.reports import factories as make
from tests.reports.reading import people_of, text_of

QUIZ = [column.key for column in PEOPLE_COLUMNS].index("quiz")


@pytest.fixture
def viewer(province):
    return make.make_hr(province.root)


@pytest.fixture
def person(province):
    """Somebody who took the quiz of the province's course twice: not passed, then passed with 24.5 of 26."""
    person = make.make_person("Lê Văn An", province.home_affairs)
    make.complete(person, province.course, score="24.50", max_points="26.00")
    quiz = Quiz.objects.create(code="KT", title="Kiểm tra")
    CoursePage.objects.filter(pk=province.course.pk).update(quiz=quiz)
    for number, score in enumerate(("3.25", "24.50", "7.75"), start=1):
        attempt(person, quiz, number, score)
    return person


def attempt(person, quiz, number: int, score: str | None) -> Attempt:
    now, closed = timezone.now(), score is not None
    return Attempt.objects.create(
        person=person,
        quiz=quiz,
        number=number,
        paper={"title": quiz.title, "slots": [], "secret": "zqx-paper"},
        seed=1,
        pass_percent=70,
        max_attempts=3,
        grace_seconds=20,
        max_points=26,
        started_at=now,
        submitted_at=now if closed else None,
        state=AttemptState.SUBMITTED if closed else AttemptState.IN_PROGRESS,
        score=score,
        passed=Decimal(score) > 18 if closed else None,
    )


@pytest.mark.usefixtures("person")
def test_passed_and_when_but_no_score_and_no_answer(desk, province, viewer, person):
    row = people_of(desk(viewer))[0]
    assert row[QUIZ : QUIZ + 2] == ["passed", timezone.localdate().strftime("%d/%m/%Y")]
    for path in ("", "xuat.xlsx", "xuat.csv", f"nguoi/{person.pk}/"):
        text = text_of(desk(viewer, path))
        assert [told for told in ("24.5", "24,5", "7,75", "3,25", "zqx-paper") if told in text] == [], path


def test_the_score_where_the_course_shows_it(desk, province, viewer, person):
    CoursePage.objects.filter(pk=province.course.pk).update(shows_scores=True)
    for path in ("", "xuat.xlsx", "xuat.csv", f"nguoi/{person.pk}/"):
        text = text_of(desk(viewer, path))
        assert "24,5/26" in text, path
        assert "Score" in text or path.startswith("xuat")
        assert "zqx-paper" not in text


def test_not_passed_and_under_way_in_words(desk, province, viewer):
    first, second = (make.make_person(name, province.home_affairs) for name in ("Lê Văn An", "Lê Văn Bình"))
    quiz = Quiz.objects.create(code="KT", title="Kiểm tra")
    CoursePage.objects.filter(pk=province.course.pk).update(quiz=quiz)
    for one in (first, second):
        make.begin(one, province.course)
    attempt(first, quiz, 1, "3.25")
    attempt(second, quiz, 1, None)
    shown = [row[QUIZ] for row in people_of(desk(viewer))]
    assert sorted(shown) == ["In progress", "not passed"]
