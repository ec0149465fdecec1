"""Answers given without a network: kept on the device over a reload, sent when the network is back."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.answers import by_stem, fill_in, open_quiz, stem_of
from tests.journeys.test_main_job import SAVED, read_all_lessons

pytestmark = pytest.mark.browser

OFFLINE_SECONDS = 60  # by the page's clock, which is put forward
ANSWERED = 10

# Everything the browser keeps of the attempt: pages and files of the service worker, answers in IndexedDB.
KEPT = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const kept = await caches.open(name);
    for (const request of await kept.keys()) texts.push(request.url, await (await kept.match(request)).text());
  }
  const database = await new Promise((resolve) => {
    const request = indexedDB.open("neu-guong-answers");
    request.onsuccess = () => resolve(request.result);
  });
  const rows = await new Promise((resolve) => {
    const request = database.transaction("answers").objectStore("answers").getAll();
    request.onsuccess = () => resolve(request.result);
  });
  return texts.join("\\n") + JSON.stringify(rows);
}"""


def verdicts_of(questions: dict) -> set[str]:
    """What the page may not know before submission: verdicts and reasons as the course file has them."""
    found = set()
    for question in questions.values():
        told = [*question.get("feedback", {}).values(), *(one.get("why") for one in question.get("options", []))]
        found |= {text["vi"] if isinstance(text, dict) else text for text in told if text}
    return {text for text in found if len(text) > 20}


def stored(served, attempt: str) -> str:
    """How many slots hold an answer, how many events there are, and how many keys they have."""
    return served.shell(
        "from quizzes.models import AnswerEvent, Response\n"
        f"events = AnswerEvent.objects.filter(attempt={attempt})\n"
        f"print(Response.objects.filter(attempt={attempt}, answer__isnull=False).count(), events.count(),"
        " events.values('slot', 'key').distinct().count())"
    )


def test_ten_answers_given_offline_and_a_reload_are_all_on_the_server(served, browser):
    questions = by_stem("ky-nang-so-cbccvc")
    context = browser.new_context()
    page = context.new_page()
    page.clock.install()
    page.goto(f"{served.url}/tai-khoan/login/")
    page.fill("[name=login]", "quang")
    page.fill("[name=password]", served.password)
    page.click("main form button")
    read_all_lessons(page, served, "/khoa-hoc/ky-nang-so-cho-can-bo-cong-chuc/")
    open_quiz(page)
    attempt = re.search(r"/bai-kiem-tra/(\d+)/", page.url)[1]
    expect(page.locator("[data-slot]")).to_have_count(len(questions))
    context.set_offline(True)
    for number in range(1, ANSWERED + 1):
        expect(page.locator("[data-place]")).to_have_text(f"{number}/{len(questions)}")
        fill_in(page, questions[stem_of(page)])
        expect(page.locator("[data-saved]")).to_have_text(f"Đang chờ mạng – {number} câu chưa gửi")
        if number < ANSWERED:
            page.locator("button[name=go][value=next]").click()
    assert stored(served, attempt).split()[0] == "0"
    page.clock.fast_forward(OFFLINE_SECONDS * 1000)
    page.on("dialog", lambda dialog: dialog.accept())  # something is unsent: leaving asks
    page.reload()
    expect(page.locator("[data-slot][data-answered]")).to_have_count(ANSWERED)
    kept, secrets = page.evaluate(KEPT), verdicts_of(questions)
    assert "/cau/1" in kept
    assert len(secrets) > len(questions)
    assert [text for text in secrets if text in kept] == []

    context.set_offline(False)
    expect(page.locator("[data-saved]")).to_contain_text(SAVED, timeout=15_000)
    answers, events, keys = map(int, stored(served, attempt).split())
    assert answers == ANSWERED
    assert events == keys  # none was stored twice
    context.close()
