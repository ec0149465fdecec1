"""The parts of the measurements: they leave nothing behind, they see a loss, they notice a cut."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps

from bench import _hr_bounds
from bench.faults.proxy import CuttingProxy
from bench.serving import learners, truth
from bench.serving.http import Browser, Cut
from people.models import Person
from quizzes.domain import attempts, grading, saving
from quizzes.domain.papers import paper_of
from quizzes.models import AnswerEvent, Attempt, Quiz


def rows() -> dict[str, int]:
    ours = (model for model in apps.get_models() if model._meta.app_label in {"people", "quizzes", "courses"})
    return {model._meta.label: model._base_manager.count() for model in ours}


@pytest.fixture
def attempt(site):
    """Of a learner of the measurement, one answer saved; everything is removed afterwards."""
    before = rows()
    place = learners.make_course(questions_per_page=0)
    [name] = learners.make_learners(place, 1)
    yield attempts.start(Person.objects.get(username=name), Quiz.objects.get(code=f"{place.mark.upper()}-Q"))
    learners.remove(place)
    assert rows() == before


def test_losses_and_older_answers_are_seen_and_nothing_is_left(attempt):
    answers = learners.answers_to(attempt.pk, right=False)
    assert len(answers) == learners.QUESTIONS
    told = []
    for sequence in (1, 2):
        saving.save(attempt.person, attempt.pk, [saving.Change(0, None, sequence, f"key-{sequence}")])
        told.append(truth.Acknowledged(attempt.pk, 0, sequence, f"key-{sequence}"))
    assert truth.missing(told) == []
    never = truth.Acknowledged(attempt.pk, 1, 1, "never")
    assert truth.missing([*told, never]) == [never]
    AnswerEvent.objects.filter(key="key-2").delete()
    assert truth.missing(told) == [told[1]]
    assert Attempt.objects.get(pk=attempt.pk).is_open


def test_wrong_answers_are_readable_and_do_not_pass(attempt):
    """So that nothing enters the register or the log of a site that is measured while it runs."""
    paper = paper_of(attempt.person, attempt.pk)
    for slot, fields in enumerate(learners.answers_to(attempt.pk, right=False)):
        saving.save_latest(attempt.person, attempt.pk, {slot: saving.read_answer(paper, slot, fields)})
    assert attempts.submit(attempt).passed is False


def test_right_answers_earn_all_points(attempt):
    paper = paper_of(attempt.person, attempt.pk)
    for slot, fields in enumerate(learners.answers_to(attempt.pk, right=True)):
        question = paper.question(slot)
        assert grading.points(question, saving.read_answer(paper, slot, fields)) == question.points


def test_a_cut_response_is_no_answer():
    async def talk(share: float) -> tuple[bytes, int]:
        async def site(reader, writer):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: a=1; Path=/\r\n\r\nsaved")
            await writer.drain()

        server = await asyncio.start_server(site, "127.0.0.1", 0)
        async with CuttingProxy(server.sockets[0].getsockname()[1], share=share) as proxy:
            browser = Browser(proxy.base_url, patience=5)
            try:
                return (await browser.get("/")).body, proxy.cuts
            finally:
                await browser.close()
                server.close()

    assert in_own_thread(talk(0.0)) == (b"saved", 0)
    with pytest.raises(Cut):
        in_own_thread(talk(1.0))


def in_own_thread(talking):
    """Run the coroutine where no loop runs yet: a browser test before this one leaves its own running here."""
    with ThreadPoolExecutor(max_workers=1) as threads:
        return threads.submit(asyncio.run, talking).result()


def test_what_another_process_measured_is_its_last_line(capsys):
    said = "print('one line'); print('another'); print('[1, {\"ms\": 2}]')"
    assert _hr_bounds._run(["-c", said], dict(os.environ)) == [1, {"ms": 2}]
    assert capsys.readouterr().out == "one line\nanother\n"
