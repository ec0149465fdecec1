"""SQL time and number of queries of the lists and of the dated tree, at the size of what is in the database."""

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from bench._throw_away import server_cpu

RUNS = 6
PASSWORD = "bench-password-1"


@dataclass
class Sql:
    """Statements of one run, with the time each took by the clock."""

    statements: list[tuple[float, str]] = field(default_factory=list)

    @property
    def milliseconds(self) -> float:
        return sum(spent for spent, _sql in self.statements) * 1000


def measure() -> dict:
    from django.conf import settings
    from django.test import override_settings

    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=settings.STORAGES | plain):  # nothing was collected here
        return _measure()


def _measure() -> dict:
    from django.urls import reverse

    officer, administrator = _accounts()
    _courses(administrator)
    results = {}
    people = reverse("people:persons")
    addresses = {
        "people": people,
        "people, page 500": f"{people}?trang=500",
        "people, name without marks": f"{people}?q=nguyen+thi+trang",
        "people, two words inside": f"{people}?q=thi+trang",
        "people, staff number": f"{people}?q=LG31",
        "people, nobody of this name": f"{people}?q=khong+co+ai",
        "reports": reverse("reports:completions"),
        "reports, search": f"{reverse('reports:completions')}?q=nguyen+thi+trang",
    }
    for who, account in (("HR officer", officer), ("administrator", administrator)):
        client = _signed_in(account)
        for title, address in addresses.items():
            results[f"{who}: {title}"] = _best(lambda client=client, address=address: _get(client, address))
        if account is administrator:
            tree = _tree_of_units()
            results["administrator: tree of units"] = _best(lambda client=client, tree=tree: _get(client, tree))
    results |= _subtrees()
    for title, found in results.items():
        server = f"{found['server_cpu_ms']:6.0f} ms CPU of the server" if "server_cpu_ms" in found else ""
        print(
            f"{title:52} {found['sql_ms']:8.1f} ms SQL by the clock {server} {found['queries']:4} queries "
            f"{found['cpu_ms']:7.0f} ms CPU here"
        )
        if found["sql_ms"] > 50:
            print("      slowest:", found["slowest"][:300])
    return results


def _signed_in(account):
    """Through the door people use: a session begun elsewhere would count as one left alone."""
    from django.test import Client
    from django.urls import reverse

    client = Client(SERVER_NAME="127.0.0.1")
    client.get(reverse("account_login"))
    answer = client.post(reverse("account_login"), {"login": account.username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content[-2000:]
    return client


def _accounts():
    """An HR officer and an administrator of the whole province."""
    from people.domain import persons, roles
    from people.enums import Role
    from people.models import Unit

    province = Unit.objects.get(code="LG")
    made = []
    for username, role in (("bench-hr", Role.HR_OFFICER), ("bench-admin", Role.ADMINISTRATOR)):
        person = persons.create_person(username, "Đo Lường Minh Họa", PASSWORD)
        roles.grant_role(person, role, province, actor=None)
        made.append(person)
    return made


def _courses(administrator) -> None:
    """One starter course, required of everybody, so that the reports have something to count."""
    from django.core.management import call_command

    from courses.domain.assignment import assign
    from courses.models import CoursePage
    from people.models import Unit

    call_command("set_up_site", verbosity=0)
    call_command("load_starter", "courses/library/quy-tac-ung-xu-cong-so.yaml", stdout=_Silent())
    assign(
        CoursePage.objects.first(), Unit.objects.get(code="LG"), date(2026, 12, 31), directive=None, actor=administrator
    )
    _analyse()


def _analyse() -> None:
    """Statistics for the planner, as the server gathers them by itself after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class _Silent:
    def write(self, text: str) -> None:
        pass


def _tree_of_units() -> str:
    from django.urls import reverse

    return reverse("units:index")


def _subtrees() -> dict:
    from people.models import Unit
    from people.queries import people_in_subtree

    today, before = date(2026, 11, 22), date(2025, 8, 1)
    largest = {"province": "LG", "commune": "LG-X050"}
    results = {}
    for title, code in largest.items():
        unit = Unit.objects.get(code=code)
        for day in (today, before):
            asked = people_in_subtree(unit, day)
            results[f"who was in the {title} on {day}: how many"] = _best(lambda asked=asked: asked.count())
            results[f"who was in the {title} on {day}: first 50"] = _best(lambda asked=asked: list(asked.all()[:50]))
    return results


def _get(client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code, answer.headers.get("Location"))


def _best(work) -> dict:
    """The least of some runs by the clock; the server's CPU on their average, which a busy machine changes less."""
    work()
    runs, server = [], server_cpu()
    for _run in range(RUNS):
        before = time.process_time()
        with _counted() as sql:
            work()
        runs.append((sql.milliseconds, time.process_time() - before, sql))
    spent, cpu, sql = min(runs, key=lambda run: run[0])
    found = {"sql_ms": round(spent, 2), "queries": len(sql.statements), "cpu_ms": round(cpu * 1000, 1)}
    if server is not None:
        found["server_cpu_ms"] = round((server_cpu() - server) * 1000 / RUNS, 1)
    return found | {"slowest": max(sql.statements, default=(0.0, ""))[1]}


@contextmanager
def _counted():
    from django.db import connection

    sql = Sql()

    def wrapper(execute, statement, parameters, many, context):
        begun = time.perf_counter()
        try:
            return execute(statement, parameters, many, context)
        finally:
            sql.statements.append((time.perf_counter() - begun, statement))

    with connection.execute_wrapper(wrapper):
        yield sql
