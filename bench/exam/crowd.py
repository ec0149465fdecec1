"""Many learners at once: without think time (closed loop), or saves at a fixed rate (open loop)."""

import asyncio
import time
import uuid
from collections import defaultdict

from bench.serving import cpu, learners
from bench.serving.http import Browser, Cut
from bench.serving.steps import Learner, Unexpected, change
from bench.serving.truth import Acknowledged

AT_THE_DOOR = 8  # sign-ins at once: checking a password is work for the processor, not for the network


class Clock:
    """Seconds of each step, and what went wrong."""

    def __init__(self):
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []

    async def take(self, name, request):
        answer = await request
        self.seconds[name].append(answer.seconds)
        return answer


async def closed_loop(base_url, place, names, web, database, right: bool) -> dict:
    """Everybody signs in (timed apart), then all learn at once, each as fast as the site answers."""
    door, clock, acknowledged = Clock(), Clock(), []
    browsers = {name: Browser(base_url, f"10.3.{n // 250}.{n % 250 + 1}", patience=120) for n, name in enumerate(names)}
    queue = asyncio.Semaphore(AT_THE_DOOR)

    async def enter(name):
        async with queue:
            await Learner(browsers[name], name, place, door.take).sign_in()

    begun = time.perf_counter()
    await asyncio.gather(*map(enter, names))
    at_the_door = time.perf_counter() - begun
    pids = [*web(), *database()]
    before, begun = cpu.spent(pids), time.perf_counter()
    results = await asyncio.gather(
        *(_learn(Learner(browsers[name], name, place, clock.take), right, acknowledged) for name in names),
        return_exceptions=True,
    )
    seconds, spent = time.perf_counter() - begun, cpu.spent(set(pids) | {*web(), *database()}) - before
    for browser in browsers.values():
        await browser.close()  # the next part has an event loop of its own; cookies stay
    clock.errors += [repr(result) for result in results if isinstance(result, BaseException)]
    done = len(names) - len(clock.errors)
    return {
        "door": door,
        "clock": clock,
        "sign_ins_per_s": len(names) / at_the_door,
        "attempts_per_s": done / seconds,
        "saves_per_s": len(clock.seconds["save"]) / seconds,
        "requests_per_s": sum(map(len, clock.seconds.values())) / seconds,
        "cpu_ms_per_attempt": spent / max(done, 1),
        "acknowledged": acknowledged,
        "browsers": browsers,
    }


async def _learn(learner: Learner, right: bool, acknowledged: list) -> None:
    await learner.open_course()
    await learner.open_lesson()
    await learner.page(await learner.start())
    answers = await asyncio.to_thread(learners.answers_to, learner.attempt, right)
    for slot, fields in enumerate(answers):
        await _save(learner, slot, fields, 1, acknowledged)
    await learner.submit()


async def _save(learner, slot, fields, sequence, acknowledged) -> None:
    key = str(uuid.uuid4())
    reply = await learner.save([change(slot, fields, key, sequence)])
    if str(slot) not in reply["answered"]:
        raise Unexpected(f"save: slot {slot} was not acknowledged")
    acknowledged.append(Acknowledged(learner.attempt, slot, sequence, key))


async def open_loop(base_url, place, browsers: dict, rate: float, seconds: float) -> dict:
    """Saves sent at their moment, also when those before are still on their way; time counts from that moment."""
    clock, acknowledged, sent = Clock(), [], []
    ready = []
    for name, browser in browsers.items():
        learner = Learner(browser, name, place, clock.take)
        await learner.start()
        ready.append((learner, await asyncio.to_thread(learners.answers_to, learner.attempt, False)))
    late: list[float] = []
    loop, begun = asyncio.get_running_loop(), asyncio.get_running_loop().time()
    locks = [asyncio.Lock() for _learner in ready]

    async def one(number: int, moment: float) -> None:
        place_in_line = number % len(ready)
        learner, answers = ready[place_in_line]
        slot = (number // len(ready)) % len(answers)
        async with locks[place_in_line]:  # a browser sends one save at a time
            try:
                await _save(learner, slot, answers[slot], number + 1, acknowledged)
            except (Cut, Unexpected) as problem:
                clock.errors.append(repr(problem))
        late.append(loop.time() - moment)

    for number in range(int(rate * seconds)):
        moment = begun + number / rate
        await asyncio.sleep(max(0.0, moment - loop.time()))
        sent.append(asyncio.create_task(one(number, moment)))
    await asyncio.gather(*sent)
    for learner, _answers in ready:
        await learner.browser.close()
    return {"rate": rate, "seconds": late, "errors": clock.errors, "acknowledged": acknowledged}
