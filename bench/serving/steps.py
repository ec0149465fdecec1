"""What a learner's browser asks for, one named step at a time."""

import re
from collections.abc import Awaitable, Callable

from bench.serving.http import Answer, Browser
from bench.serving.learners import PASSWORD, Place

_ATTEMPT = re.compile(r"/bai-kiem-tra/(\d+)/")
Take = Callable[[str, Awaitable[Answer]], Awaitable[Answer]]  # carries a named step out and measures it


class Unexpected(Exception):
    """The site answered something else than this step expects."""


class Learner:
    """One person at the site. `take` carries out each step."""

    def __init__(self, browser: Browser, username: str, place: Place, take: Take):
        self.browser, self.username, self.place, self.take = browser, username, place, take
        self.attempt = 0

    async def sign_in(self) -> None:
        await self._page("sign-in page", "/tai-khoan/login/")
        form = {"login": self.username, "password": PASSWORD}
        answer = await self.take("sign in", self.browser.post("/tai-khoan/login/", form))
        _expect(answer, 302, "sign in")

    async def look_around(self) -> None:
        await self._page("home", "/viec-hoc/")
        await self.open_course()
        await self.open_lesson()
        await self._page("quiz intro", self.place.course_url)

    async def open_course(self) -> None:
        await self._page("course", self.place.course_url)

    async def open_lesson(self) -> None:
        await self._page("lesson", self.place.lesson_url)

    async def start(self) -> str:
        """Begins the attempt and returns the address of its first page."""
        answer = await self.take("start", self.browser.post(self.place.start_url))
        _expect(answer, 302, "start")
        where = answer.headers["location"]
        self.attempt = int(_ATTEMPT.search(where)[1])
        if not where.endswith("/cau/1/"):
            answer = await self.take("first page", self.browser.get(where))
            _expect(answer, 302, "first page")
            where = answer.headers["location"]
        return where

    async def page(self, path: str) -> Answer:
        return await self._page("question page", path)

    async def save(self, changes: list[dict]) -> dict:
        answer = await self.take(
            "save", self.browser.post_json(f"/bai-kiem-tra/{self.attempt}/luu/", {"changes": changes})
        )
        _expect(answer, 200, "save")
        return answer.json()

    async def next(self, path: str, fields: dict) -> str:
        answer = await self.take("next", self.browser.post(path, fields))
        _expect(answer, 302, "next")
        return answer.headers["location"]

    async def submit(self) -> None:
        answer = await self.take("submit", self.browser.post(f"/bai-kiem-tra/{self.attempt}/nop-bai/"))
        _expect(answer, 302, "submit")
        answer = await self.take("review", self.browser.get(answer.headers["location"]))
        _expect(answer, 200, "review")

    async def _page(self, name: str, path: str) -> Answer:
        answer = await self.take(name, self.browser.get(path))
        _expect(answer, 200, name)
        return answer


def change(slot: int, fields: dict, key: str, sequence: int = 1) -> dict:
    return {"slot": slot, "sequence": sequence, "key": key, "fields": fields}


def _expect(answer: Answer, status: int, step: str) -> None:
    if answer.status != status:
        raise Unexpected(f"{step}: {answer.status} instead of {status}: {answer.body[:300].decode(errors='replace')}")
