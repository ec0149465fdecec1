"""What steps cost: CPU of all server and database processes, SQL statements, bytes, time."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.serving import cpu

# SELECT 1 FROM ONLY …, with the 1 written as a parameter: how PostgreSQL itself checks foreign keys.
_LEFT_OUT = "^(BEGIN|COMMIT|SELECT [$]?[0-9]+ FROM ONLY|SELECT.*pg_stat_)"
_COUNT = f"SELECT coalesce(sum(calls), 0) FROM pg_stat_statements WHERE query !~* '{_LEFT_OUT}'"


@dataclass
class Cost:
    """Of one step, each time it was taken."""

    cpu_ms: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


class Meter:
    """Takes one step at a time and reads the counters before and after it: only for one learner alone."""

    def __init__(self, pids: Callable[[], list[int]], count_statements: Callable[[], int] | None = None):
        self.pids, self.count_statements = pids, count_statements
        self.costs: dict[str, Cost] = defaultdict(Cost)

    async def take(self, name: str, request):
        pids = self.pids()
        statements = self.count_statements() if self.count_statements else 0
        before = cpu.spent(pids)
        answer = await request
        spent = cpu.spent(set(pids) | set(self.pids())) - before
        cost = self.costs[name]
        cost.cpu_ms.append(spent)
        cost.bytes.append(answer.bytes)
        cost.seconds.append(answer.seconds)
        if self.count_statements:
            cost.statements.append(self.count_statements() - statements)
        return answer


class Statements:
    """Counts what the site's sessions asked, by pg_stat_statements; the counting itself is left out."""

    def __init__(self, url: str):
        import psycopg

        self.connection = psycopg.connect(url, autocommit=True)

    def __call__(self) -> int:
        return int(self.connection.execute(_COUNT).fetchone()[0])

    @property
    def pid(self) -> int:
        return self.connection.info.backend_pid

    def close(self) -> None:
        self.connection.close()
