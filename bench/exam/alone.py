"""One learner alone, several times: what each step costs."""

import statistics
import uuid

from bench.serving import learners
from bench.serving.http import Browser
from bench.serving.meter import Meter, Statements
from bench.serving.steps import Learner, change

ATTEMPT = ("start", "first page", "question page", "save", "submit", "review")


async def measure(base_url, place, names, web, database, statements_url, right: bool) -> dict:
    """Steps by name, and CPU of a complete attempt on one page (start, the page, 20 saves, submit, review)."""
    statements = Statements(statements_url) if statements_url else None

    def pids() -> list[int]:
        return [pid for pid in [*web(), *database()] if not statements or pid != statements.pid]

    warm, meter = Meter(pids), Meter(pids, statements)
    for number, name in enumerate(names):
        await _attempt(base_url, place, name, warm if number < 2 else meter, number, right)
    if statements:
        statements.close()
    rounds = len(names) - 2
    steps = {
        name: {
            "cpu_ms": round(statistics.median(cost.cpu_ms), 2),
            "sql": statistics.median(cost.statements) if cost.statements else None,
            "bytes": statistics.median(cost.bytes),
            "times": len(cost.cpu_ms) // rounds,
        }
        for name, cost in meter.costs.items()
    }
    whole = sum(step["cpu_ms"] * step["times"] for name, step in steps.items() if name in ATTEMPT)
    return {"steps": steps, "attempt_cpu_ms": round(whole, 1)}


async def _attempt(base_url, place, name, meter, number, right) -> None:
    import asyncio

    browser = Browser(base_url, f"10.2.{number // 250}.{number % 250 + 1}")
    learner = Learner(browser, name, place, meter.take)
    await learner.sign_in()
    await learner.open_course()
    await learner.open_lesson()
    await learner.page(await learner.start())
    answers = await asyncio.to_thread(learners.answers_to, learner.attempt, right)
    for slot, fields in enumerate(answers):
        await learner.save([change(slot, fields, str(uuid.uuid4()))])
    await learner.submit()
    await browser.close()
