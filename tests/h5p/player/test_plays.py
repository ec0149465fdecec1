"""Runs of activities: opened by the server, reported once, closed by the place's rule; forgeries change nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from h5p.domain import places, plays, retention
from h5p.domain.plays import PlayRefused
from h5p.enums import FinishRule
from h5p.models import Content, Play, PlayRow, Statement
from h5p.own_results import done_by, results_of
from h5p.signals import activity_finished
from tests.h5p.packages import library
from tests.h5p.player.stage import CONTEXT, PART_A, PART_B, activity, item, report, standing, statement, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(tmp_path):
    return activity(tmp_path, library("H5P.QuestionSet"))


@pytest.fixture
def lan(cast):
    return cast["lan"]


@pytest.fixture
def news(monkeypatch):
    heard = []

    def hear(person_id, content_id, context, **kwargs):
        heard.append((person_id, content_id, context))

    activity_finished.connect(hear)
    yield heard
    activity_finished.disconnect(hear)


def opened(person, content, monkeypatch, **rule) -> Play:
    return plays.open_play(person, content, standing(monkeypatch, **rule))


def fresh(play: Play) -> Play:
    return Play.objects.get(pk=play.pk)


def test_a_finish_closes_the_run_with_its_questions(lan, content, monkeypatch, news):
    play = opened(lan, content, monkeypatch)
    children = [statement(raw=1, highest=1, part=PART_A, parent=True), statement(raw=0, highest=2, part=PART_B)]
    report(lan, play, 1, item("completed", 1, 3, duration="PT9999H", children=children))
    play = fresh(play)
    assert (play.raw, play.max, play.completed, play.success) == (1, 3, True, False)
    assert play.scaled == pytest.approx(1 / 3)
    assert play.finished_at is not None
    assert play.duration < 60, "at most the time it was open on the server"
    assert list(play.rows.values_list("sub_content_id", "raw", "max")) == [(PART_A, 1, 1), (PART_B, 0, 2)]
    assert news == [(lan.pk, content.pk, CONTEXT)]
    assert done_by(lan, CONTEXT, [content.pk]) == {content.pk}
    assert done_by(lan, "29", [content.pk]) == set()


def test_a_single_question_is_its_own_row(lan, content, monkeypatch):
    play = opened(lan, content, monkeypatch)
    answer = item(raw=1, highest=1)
    answer["statement"]["object"]["definition"]["interactionType"] = "choice"
    report(lan, play, 1, answer)
    assert list(play.rows.values_list("sub_content_id", "interaction_type")) == [("", "choice")]


def test_children_alone_close_nothing(lan, content, monkeypatch, news):
    play = opened(lan, content, monkeypatch)
    report(lan, play, 1, item("completed", 1, 1, part=PART_A, parent=True), item("answered", 1, 1, parent=True))
    assert fresh(play).finished_at is None
    assert news == []
    assert results_of(lan, content).last == play


def test_a_report_sent_again_counts_once(lan, content, monkeypatch, news):
    play = opened(lan, content, monkeypatch)
    sent = item("completed", 2, 2)
    assert report(lan, play, 1, sent).taken
    before = stored()
    assert not report(lan, play, 1, sent).taken
    assert stored() == before
    assert len(news) == 1


def test_control_the_same_result_with_another_number_is_another_run(lan, content, monkeypatch):
    play = opened(lan, content, monkeypatch)
    report(lan, play, 1, item("completed", 2, 2))
    report(lan, play, 2, item("completed", 2, 2))
    assert Play.objects.count() == 2


def test_trying_again_in_the_same_page_is_a_further_run(lan, content, monkeypatch):
    play = opened(lan, content, monkeypatch)
    report(lan, play, 1, item("completed", 0, 2))
    report(lan, play, 2, item("answered", 1, 1, part=PART_A, parent=True))
    report(lan, play, 3, item("completed", 2, 2))
    assert list(Play.objects.order_by("number").values_list("number", "raw")) == [(1, 0), (2, 2)]
    assert PlayRow.objects.get().play.number == 2
    found = results_of(lan, content, CONTEXT)
    assert (found.last.number, [one.number for one in found.earlier]) == (2, [1])


FORGED = [
    item("completed", 999, 1),
    item("completed", 1, 1, part="../x"),
    item("completed", 1, 1, children=[statement(raw=5, highest=1, part=PART_A)]),
    {"statement": "x"},
    {"statement": statement(), "children": [7]},
    {"statement": statement(), "children": 7},
    "x",
]


def test_a_verdict_after_the_points_belongs_to_the_run_that_ended(lan, content, monkeypatch):
    """Essay says “answered” with its points and “failed” at once."""
    play = opened(lan, content, monkeypatch)
    report(lan, play, 1, item("answered", 2, 5, success=None))
    report(lan, play, 2, item("failed"))
    assert list(Play.objects.order_by("number").values_list("number", "raw", "max", "success")) == [(1, 2, 5, False)]
    report(lan, play, 3, item("answered", 5, 5, success=None), item("passed"))
    assert list(Play.objects.order_by("number").values_list("number", "raw", "success")) == [
        (1, 2, False),
        (2, 5, True),
    ]


def test_a_verdict_alone_ends_a_run(lan, content, monkeypatch):
    play = opened(lan, content, monkeypatch)
    report(lan, play, 1, item("passed"))
    play.refresh_from_db()
    assert play.finished_at is not None


@pytest.mark.parametrize("forged", FORGED)
def test_impossible_results_change_nothing(lan, content, monkeypatch, news, forged):
    play = opened(lan, content, monkeypatch)
    before = stored()
    with pytest.raises(PlayRefused):
        report(lan, play, 1, item("answered", 1, 1, part=PART_A), forged)
    assert stored() == before
    assert news == []


def test_another_persons_session_changes_nothing(lan, cast, content, monkeypatch, news):
    play = opened(lan, content, monkeypatch)
    before = stored()
    with pytest.raises(PlayRefused):
        report(cast["minh"], play, 1, item("completed", 1, 1))
    assert stored() == before
    assert news == []


@pytest.mark.parametrize("session", ["", "x", "0" * 32])
def test_a_session_never_opened_changes_nothing(lan, content, monkeypatch, session):
    opened(lan, content, monkeypatch)
    before = stored()
    with pytest.raises(PlayRefused):
        plays.take_in(lan, session, 1, [item("completed", 1, 1)])
    assert stored() == before


def test_too_many_statements_change_nothing(lan, content, monkeypatch):
    play = opened(lan, content, monkeypatch)
    before = stored()
    with pytest.raises(PlayRefused):
        report(lan, play, 1, *[item("interacted")] * 201)
    assert stored() == before


def test_a_run_has_at_most_so_many_rows(lan, content, monkeypatch):
    monkeypatch.setattr(plays, "MOST_ROWS", 2)
    play = opened(lan, content, monkeypatch)
    report(lan, play, 1, *[item(raw=1, highest=1, part=f"p{n}") for n in range(2)])
    with pytest.raises(PlayRefused):
        report(lan, play, 2, item(raw=1, highest=1, part="p2"))
    report(lan, play, 2, item(raw=0, highest=1, part="p1"))
    assert list(play.rows.values_list("sub_content_id", "raw")) == [("p0", 1), ("p1", 0)]


def test_opening_again_goes_on_with_the_open_run(lan, content, monkeypatch):
    first = opened(lan, content, monkeypatch)
    report(lan, first, 3, item("answered", 1, 1, part=PART_A))
    again = opened(lan, content, monkeypatch)
    assert (again.pk, again.sequence) == (first.pk, 0)
    assert again.session != first.session
    with pytest.raises(PlayRefused):
        report(lan, first, 4, item("completed", 1, 1))
    report(lan, again, 1, item("completed", 1, 1))
    assert opened(lan, content, monkeypatch).number == 2


def test_a_page_left_open_is_told_when_another_one_plays_on(lan, content, monkeypatch):
    first = opened(lan, content, monkeypatch)
    report(lan, first, 1, item("completed", 1, 1))
    opened(lan, content, monkeypatch)
    before = stored()
    with pytest.raises(PlayRefused):
        report(lan, first, 2, item("completed", 1, 1))
    assert stored() == before


def test_a_run_of_an_older_revision_begins_anew(lan, content, monkeypatch):
    play = opened(lan, content, monkeypatch)
    report(lan, play, 1, item("answered", 1, 1, part=PART_A))
    Content.objects.update(revision=2)
    content.refresh_from_db()
    again = opened(lan, content, monkeypatch)
    assert (again.pk, again.revision, again.rows.count()) == (play.pk, 2, 0)


def column(tmp_path) -> Content:
    """A type that never reports an end, with two questions."""
    ask = library("H5P.TrueFalse", semantics=[])
    parts = {"name": "parts", "type": "list", "field": {"name": "part", "type": "library", "options": [ask.name]}}
    main = library("H5P.Column", semantics=[parts, {"name": "more", "type": "text"}], needs=[ask])
    inner = [{"library": ask.name, "params": {}, "subContentId": part} for part in (PART_A, PART_B)]
    return activity(tmp_path, main, ask, params={"parts": inner, "more": "x"})


def test_a_type_that_never_ends_is_done_when_all_is_answered(lan, tmp_path, monkeypatch, news):
    content = column(tmp_path)
    play = opened(lan, content, monkeypatch, rule=FinishRule.ALL_ANSWERED)
    report(lan, play, 1, item("answered", 1, 2, part=PART_A, parent=True))
    assert (fresh(play).finished_at, news) == (None, [])
    report(lan, play, 2, item("answered", 1, 1, part=PART_B, parent=True))
    play = fresh(play)
    assert (play.raw, play.max, play.completed) == (2, 3, True)
    assert len(news) == 1
    report(lan, play, 3, item("answered", 2, 2, part=PART_A, parent=True))
    assert (fresh(play).raw, Play.objects.count(), len(news)) == (3, 1, 1)


def test_it_is_done_with_a_minimum_score(lan, tmp_path, monkeypatch, news):
    content = column(tmp_path)
    play = opened(lan, content, monkeypatch, rule=FinishRule.MINIMUM_SCORE, percent=70)
    report(lan, play, 1, item("answered", 0, 2, part=PART_A), item("answered", 1, 1, part=PART_B))
    assert (fresh(play).completed, news) == (False, [])
    report(lan, play, 2, item("answered", 2, 2, part=PART_A))
    assert (fresh(play).completed, len(news)) == (True, 1)


@pytest.mark.parametrize(("raw", "done"), [(6, False), (7, True), (10, True)])
def test_a_finish_below_the_minimum_is_not_enough(lan, content, monkeypatch, raw, done):
    play = opened(lan, content, monkeypatch, rule=FinishRule.MINIMUM_SCORE, percent=70)
    report(lan, play, 1, item("completed", raw, 10))
    assert fresh(play).finished_at is not None
    assert fresh(play).completed is done


def test_a_finish_without_a_score_never_reaches_a_minimum(lan, content, monkeypatch):
    play = opened(lan, content, monkeypatch, rule=FinishRule.MINIMUM_SCORE, percent=1)
    report(lan, play, 1, item("completed"))
    assert not fresh(play).completed


def test_viewing_is_enough_only_where_the_place_says_so(lan, content, monkeypatch, news):
    play = opened(lan, content, monkeypatch)
    report(lan, play, 1, viewed=True)
    assert (fresh(play).completed, news) == (False, [])
    play = opened(lan, content, monkeypatch, rule=FinishRule.VIEWED)
    report(lan, play, 1, viewed=True)
    report(lan, play, 2, viewed=True)
    assert (fresh(play).completed, len(news)) == (True, 1)


def test_statements_are_kept_only_if_the_settings_say_so(lan, content, monkeypatch, settings):
    play = opened(lan, content, monkeypatch)
    report(lan, play, 1, item("interacted"))
    assert Statement.objects.count() == 0
    settings.H5P_KEEP_STATEMENTS = True
    report(lan, play, 2, item("interacted"), item("completed", 1, 1))
    assert list(Statement.objects.order_by("pk").values_list("verb", flat=True)) == ["interacted", "completed"]
    assert not any("actor" in one.body for one in Statement.objects.all())
    Statement.objects.update(received_at=timezone.now() - timedelta(days=181))
    assert retention.purge_statements() == 2


def test_a_preview_is_for_those_who_may_enter_the_admin(cast, content):
    assert places.place_of(cast["lan"], content, places.PREVIEW) is None
    assert not places.place_of(cast["tam"], content, places.PREVIEW).records


def test_results_take_the_same_queries_however_many(lan, content, monkeypatch, django_assert_num_queries):
    play = opened(lan, content, monkeypatch)
    for count in (1, 3):
        report(
            lan, play, count, *[item("completed", 1, 1, part=f"p{n}") for n in range(count)], item("completed", 1, 1)
        )
        with django_assert_num_queries(2):
            results_of(lan, content, CONTEXT)
