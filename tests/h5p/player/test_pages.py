"""What pages ask for: opening, reporting, saving, results; and what the block shows."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from h5p.blocks import H5PActivityBlock
from h5p.domain import limits, places, plays, states
from h5p.domain.states import LONGEST, RESET, save_state, states_for
from h5p.enums import FinishRule
from h5p.models import Content, Library, Play, SavedState
from h5p.player import core_files, tokens
from h5p.views import activities
from tests.courses.stage import browser_of
from tests.h5p.packages import library, text_field
from tests.h5p.player.stage import CONTEXT, PART_A, activity, item, standing, statement, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(tmp_path):
    return activity(tmp_path, library("H5P.Ask", semantics=[text_field()]), params={"question": "Hỏi"})


@pytest.fixture
def lan(signed_in, monkeypatch):
    standing(monkeypatch)
    return signed_in("lan")


def post(client, name, data, *args):
    return client.post(reverse(f"h5p:{name}", args=args), json.dumps(data), content_type="application/json")


def opened(client, content, **data) -> dict:
    response = post(client, "open", {"context": CONTEXT} | data, content.uuid)
    assert response.status_code == 200, response.content
    return response.json()


def test_opening_gives_a_frame_a_session_and_the_saved_answers(lan, content):
    answer = opened(lan, content)
    assert lan.get(answer["frame"]).status_code == 200
    assert answer["sandbox"] == "allow-scripts"
    play = Play.objects.get()
    assert tokens.read_session(answer["session"]) == play.session
    assert (play.context, play.number, play.finished_at) == (CONTEXT, 1, None)
    assert answer["states"] == {}
    assert play.session not in answer["frame"]


def test_reports_and_states_go_with_the_session(lan, content):
    answer = opened(lan, content)
    told = post(lan, "report", {"session": answer["session"], "sequence": 1, "statements": [item("completed", 1, 2)]})
    assert told.json() == {"finished": True, "completed": True}
    saved = {"session": answer["session"], "part": "0", "type": "state", "data": '{"a":1}', "hash": answer["hash"]}
    assert post(lan, "state", saved | {"invalidate": True}).json() == {"saved": True}
    assert opened(lan, content)["states"] == {"0": {"state": '{"a":1}'}}
    assert opened(lan, content, afresh=True)["states"] == {}


@pytest.mark.parametrize("context", ["29", "", "preview", None, 28])
def test_an_activity_is_opened_only_where_it_stands(lan, content, context):
    expected = 200 if context == 28 else 404
    assert post(lan, "open", {"context": context}, content.uuid).status_code == expected


def test_readers_without_an_account_play_only_where_a_place_lets_them(client, content, monkeypatch):
    assert post(client, "open", {"context": CONTEXT}, content.uuid).status_code == 404
    monkeypatch.setattr(places, "_lookups", [lambda *args: places.Place(CONTEXT, records=False)])
    answer = opened(client, content)
    assert answer["session"] is None
    assert Play.objects.count() == 0
    assert post(client, "report", {"session": None, "sequence": 1}).status_code == 403


FORGERIES = {
    "score": lambda good: good | {"statements": [item("completed", 999, 1)]},
    "no session": lambda good: good | {"session": ""},
    "unsigned": lambda good: good | {"session": good["session"].split(":")[0]},
    "spoilt": lambda good: good | {"session": good["session"][:-2] + "xx"},
    "no number": lambda good: good | {"sequence": None},
    "number zero": lambda good: good | {"sequence": 0},
    "a huge number": lambda good: good | {"sequence": 2**40},
    "no list": lambda good: good | {"statements": {"a": 1}},
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
def test_forged_reports_are_refused_and_change_nothing(lan, content, forge):
    answer = opened(lan, content)
    before = stored()
    good = {"session": answer["session"], "sequence": 1, "statements": [item("completed", 1, 1)]}
    assert post(lan, "report", forge(good)).status_code in {400, 409}
    assert stored() == before
    assert post(lan, "report", good).status_code == 200, "control: the same report, not forged"


def test_another_person_cannot_use_a_session(lan, content, cast):
    answer = opened(lan, content)
    before = stored()
    minh = browser_of(cast["minh"])
    good = {"session": answer["session"], "sequence": 1, "statements": [item("completed", 1, 1)]}
    assert post(minh, "report", good).status_code == 409
    kept = {"session": answer["session"], "part": "0", "type": "state", "data": "1", "hash": answer["hash"]}
    assert post(minh, "state", kept).status_code == 409
    assert stored() == before


def test_a_session_ends(lan, content, monkeypatch):
    answer = opened(lan, content)
    monkeypatch.setattr(tokens, "SESSION_MAX_AGE", -1)
    assert post(lan, "report", {"session": answer["session"], "sequence": 1, "statements": []}).status_code == 409


def test_requests_need_the_sites_own_token(content, cast, monkeypatch):
    standing(monkeypatch)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast["lan"], backend="people.sign_in.backend.OneFieldBackend")
    assert post(strict, "open", {"context": CONTEXT}, content.uuid).status_code == 403
    assert post(strict, "report", {}).status_code == 403
    assert post(strict, "state", {}).status_code == 403
    assert Play.objects.count() == 0


def test_reports_have_a_largest_size(lan, content):
    answer = opened(lan, content)
    long = statement(response="x" * activities.LARGEST_REPORT)
    reply = post(lan, "report", {"session": answer["session"], "sequence": 1, "statements": [{"statement": long}]})
    assert reply.status_code == 413
    assert post(lan, "state", {"data": "x" * activities.LARGEST_STATE}).status_code == 413


@pytest.mark.parametrize("body", ["", "[1]", "x", "[" * 100_000, '{"sequence": 1e999}'])
def test_what_cannot_be_read_is_said_so(lan, content, body):
    response = lan.post(reverse("h5p:report"), body, content_type="application/json")
    assert response.status_code in {400, 409}
    assert response.json()["error"]


def test_too_many_reports_wait(lan, content, monkeypatch):
    monkeypatch.setattr(limits, "reports", limits.Bucket(burst=2, per_second=0))
    sent = [post(lan, "report", {"sequence": 1}).status_code for _n in range(3)]
    assert sent == [409, 409, 429]


def test_a_bucket_fills_again():
    bucket = limits.Bucket(burst=2, per_second=1)
    assert [bucket.take(1, now=0) for _n in range(3)] == [True, True, False]
    assert bucket.take(2, now=0)
    assert bucket.take(1, now=1)
    assert not bucket.take(1, now=1.5)


def test_answers_of_a_changed_activity_are_reset(lan, content, cast):
    answer = opened(lan, content)
    session = tokens.read_session(answer["session"])

    def save(kind, invalidate, content_hash):
        return save_state(cast["lan"], session, "0", kind, '"x"', content_hash, preload=True, invalidate=invalidate)

    assert save("state", True, answer["hash"])
    assert save("bookmark", False, answer["hash"])
    Content.objects.update(filtered_sha256="f" * 64)
    content.refresh_from_db()
    assert states_for(cast["lan"], content, CONTEXT) == {"0": {"state": RESET, "bookmark": '"x"'}}
    assert not save("state", True, answer["hash"]), "late answers to the old questions are not stored"
    assert SavedState.objects.get(data_type="state").content_hash == answer["hash"]
    assert save("state", True, "f" * 64)
    assert states_for(cast["lan"], content, CONTEXT)["0"]["state"] == '"x"'


def test_states_have_limits(lan, content, cast, monkeypatch):
    monkeypatch.setattr(states, "MOST", 2)
    answer = opened(lan, content)
    session = tokens.read_session(answer["session"])

    def save(kind, data):
        return save_state(cast["lan"], session, PART_A, kind, data, answer["hash"], preload=True, invalidate=True)

    for kind, data in [("x y", "1"), (None, "1"), ("state", "x" * (LONGEST + 1)), ("state", 7)]:
        with pytest.raises(plays.PlayRefused):
            save(kind, data)
    assert SavedState.objects.count() == 0
    assert save("a", "1")
    assert save("b", "1")
    with pytest.raises(plays.PlayRefused):
        save("c", "1")
    assert save("a", None)
    assert save("c", "x" * LONGEST)


def test_results_are_ones_own(lan, content, cast):
    answer = opened(lan, content)
    address = reverse("h5p:results", args=[content.uuid])
    child = statement(raw=1, highest=2, part=PART_A, response="<b>câu trả lời</b>")
    child["object"]["definition"] |= {"description": {"en-US": "Câu hỏi minh họa"}, "interactionType": "fill-in"}
    sent = {"session": answer["session"], "sequence": 1, "statements": [item("completed", 1, 2, children=[child])]}
    assert post(lan, "report", sent).status_code == 200
    for page in (lan.get(address), lan.get(address, {"part": 1, "context": CONTEXT})):
        text = page.content.decode()
        assert "Câu hỏi minh họa" in text
        assert "câu trả lời" in text
        assert "no-store" in page["Cache-Control"]
    assert b"<html" not in lan.get(address, {"part": 1}).content
    assert "Câu hỏi" not in lan.get(address, {"part": 1, "context": "29"}).content.decode()
    others = browser_of(cast["minh"]).get(address)
    assert others.status_code == 200
    assert "Câu hỏi" not in others.content.decode()
    assert Client().get(address).status_code == 302
    assert Client().get(address, {"part": 1}).status_code == 204


def test_opening_takes_the_same_queries_however_many_libraries(lan, tmp_path):
    counts = []
    for number in (1, 3):
        needed = [library(f"H5P.Part{n}") for n in range(number)]
        content = activity(tmp_path, library("H5P.Whole", f"1.{number}.0", needs=needed), *needed)
        with CaptureQueriesContext(connection) as opening:
            answer = opened(lan, content)
        with CaptureQueriesContext(connection) as framing:
            assert lan.get(answer["frame"]).status_code == 200
        counts.append((len(opening), len(framing)))
    assert counts[0] == counts[1]


def rendered(content, **value) -> str:
    block = H5PActivityBlock()
    return block.render(block.to_python({"activity": content.pk, "rule": "reported"} | value))


def test_the_block_shows_what_starting_costs(content):
    text = rendered(content)
    assert "data-start" in text
    assert "KB" in text or "bytes" in text or "byte" in text
    assert "<noscript>" in text
    assert "<iframe" not in text


def test_without_the_player_it_says_what_is_missing(content, settings, tmp_path, lan):
    settings.H5P_PLAYER_DIR = tmp_path / "nowhere"
    assert not core_files.is_there()
    text = rendered(content)
    assert "./run manage h5p_assets" in text
    assert "data-start" not in text
    reply = post(lan, "open", {"context": CONTEXT}, content.uuid)
    assert reply.status_code == 503
    assert "h5p_assets" in reply.json()["error"]


def test_missing_and_disabled_libraries_are_named(content, lan):
    Library.objects.update(enabled=False)
    assert "H5P.Ask 1.0" in rendered(content)
    Content.objects.update(missing_libraries=["H5P.Gone 2.1"], main_library=None)
    content.refresh_from_db()
    assert "H5P.Gone 2.1" in rendered(content)
    assert post(lan, "open", {"context": CONTEXT}, content.uuid).status_code == 503


def test_a_minimum_score_needs_its_number(content):
    block = H5PActivityBlock()
    value = block.to_python({"activity": content.pk, "rule": FinishRule.MINIMUM_SCORE, "percent": None})
    with pytest.raises(ValidationError):
        block.clean(value)
    value["percent"] = 60
    assert block.clean(value)["percent"] == 60


def test_core_strings_are_complete_in_both_languages():
    from h5p.player.strings import core_strings

    for language in ("vi", "en"):
        with translation.override(language):
            words = core_strings()
        assert len(words) == 68
        assert all(words.values())
        assert ":num" in words["offlineDialogRetryMessage"]
