"""One run: learners who save without a pause, and somebody who breaks things."""

import asyncio
import os
import random
import signal
import uuid

from bench.faults.proxy import CuttingProxy
from bench.serving import learners
from bench.serving.http import Browser, Cut
from bench.serving.steps import Learner, Unexpected, change
from bench.serving.truth import Acknowledged, missing

PAUSE_BEFORE_RESTART = 2.0  # as config.supervisor
RECOVERS_WITHIN = 90.0  # seconds in which a save must have got through again after a fault


class Notes:
    """What learners were told, and what they met."""

    def __init__(self):
        self.acknowledged: list[Acknowledged] = []
        self.tries_again = 0
        self.errors: list[str] = []
        self.over = False


async def under_faults(asked, cluster, site) -> dict:
    """Runs the load through all faults and compares. Returns the figures by name."""
    place = await asyncio.to_thread(learners.make_course, 0)
    names = await asyncio.to_thread(learners.make_learners, place, asked.learners)
    notes = Notes()
    async with CuttingProxy(site.port) as proxy:
        people = [await _ready(site.base_url, place, name, number) for number, name in enumerate(names)]
        await asyncio.to_thread(_to_the_disk)
        watch = asyncio.create_task(_restart(site))
        load = [asyncio.create_task(_answer_for_ever(proxy.base_url, *person, notes)) for person in people]
        kills, stops = await _break_things(asked, cluster, site, notes)
        notes.over = True
        await asyncio.gather(*load)
        watch.cancel()
        cuts = proxy.cuts
    lost = await asyncio.to_thread(_compare, notes)
    result = {
        "acknowledged": len(notes.acknowledged),
        "lost": len(lost),
        "kills": kills,
        "database_stops": stops,
        "cut_responses": cuts,
        "sent_again": notes.tries_again,
        "errors": len(notes.errors),
    }
    print("  ".join(f"{name} {value}" for name, value in result.items()))
    for error in notes.errors[:5]:
        print("error:", error[:300])
    return result


async def _restart(site) -> None:
    """As the supervisor of a served site does: granian itself goes when its workers die one after another."""
    while True:
        await asyncio.sleep(PAUSE_BEFORE_RESTART)
        if site.process.poll() is not None:
            await asyncio.to_thread(site.start)


def _to_the_disk() -> None:
    """What was made so far is not what is measured: also the control must still know its learners."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")


async def _ready(base_url, place, name, number):
    """Signs in and starts, without faults."""

    async def take(_step, request):
        return await request

    learner = Learner(Browser(base_url, f"10.4.0.{number + 1}"), name, place, take)
    await learner.sign_in()
    await learner.start()
    return learner, await asyncio.to_thread(learners.answers_to, learner.attempt, False)


async def _answer_for_ever(base_url, learner, answers, notes: Notes) -> None:
    """Saves slot after slot, each with the next number; sends again under the same key until it is acknowledged."""
    former, learner.browser = learner.browser, Browser(base_url, learner.browser.address, patience=15)
    learner.browser.cookies = former.cookies
    learner.browser.host = former.host
    await former.close()
    sequence = 0
    while not notes.over:
        sequence += 1
        slot = sequence % len(answers)
        key = str(uuid.uuid4())
        if not await _until_acknowledged(learner, change(slot, answers[slot], key, sequence), notes):
            return
        notes.acknowledged.append(Acknowledged(learner.attempt, slot, sequence, key))
    await learner.browser.close()


async def _until_acknowledged(learner, one: dict, notes: Notes) -> bool:
    clock = asyncio.get_running_loop()
    until = clock.time() + RECOVERS_WITHIN
    problem: Exception | None = None
    while clock.time() < until:
        try:
            reply = await learner.save([one])
        except (Cut, Unexpected) as met:
            problem = met
            notes.tries_again += 1
            await asyncio.sleep(0.2)
            continue
        if str(one["slot"]) in reply["answered"]:
            return True
        problem = Unexpected(f"not acknowledged: {reply}")
        break
    notes.errors.append(repr(problem))
    return False


async def _break_things(asked, cluster, site, notes: Notes) -> tuple[int, int]:
    """Kills and stops in a mixed order, each while answers are coming in."""
    chance = random.Random(1847)
    faults = ["kill"] * asked.kills + ["stop"] * asked.stops
    chance.shuffle(faults)
    done = {"kill": 0, "stop": 0}
    for fault in faults:
        before = len(notes.acknowledged)
        await asyncio.sleep(asked.pause)
        await _wait_for_more(notes, before)
        if fault == "kill":
            workers = await _workers(site)
            if not workers:
                notes.errors.append("no web worker to kill")
                continue
            os.kill(chance.choice(workers), signal.SIGKILL)
        else:
            await asyncio.to_thread(cluster.stop, "immediate")
            await asyncio.to_thread(cluster.start)
        done[fault] += 1
    await _wait_for_more(notes, len(notes.acknowledged))
    return done["kill"], done["stop"]


async def _workers(site) -> list[int]:
    """Those there are; on a busy machine it takes a while until a killed one has its successor."""
    clock = asyncio.get_running_loop()
    until = clock.time() + RECOVERS_WITHIN
    while not (workers := site.worker_pids()) and clock.time() < until:
        await asyncio.sleep(0.2)
    return workers


async def _wait_for_more(notes: Notes, before: int) -> None:
    clock = asyncio.get_running_loop()
    until = clock.time() + RECOVERS_WITHIN
    while len(notes.acknowledged) <= before and not notes.errors:
        if clock.time() > until:
            notes.errors.append("nothing was acknowledged any more")
        await asyncio.sleep(0.1)


def _compare(notes: Notes) -> list[Acknowledged]:
    """The measurement's own connection went with the stopped server."""
    from django.db import connections

    connections.close_all()
    return missing(notes.acknowledged)
