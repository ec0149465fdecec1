"""What the province is held to, beside what was measured: one line each, and whether it was met."""

import json
import os
import subprocess
import sys

PAGES_THAT_COUNT = ("overview", "overview, one course", "overview, one department")


_WORKBOOK = """
import json, django
django.setup()
from bench import _hr_reports
costs = {}
print(json.dumps([_hr_reports.measure_workbook(costs), costs]))
"""


def run_notices(server: str, size: str) -> dict:
    """`./run bench notices` in a database of its own; what it prints is shown, its last line returned."""
    command = ["-m", "bench", "notices"]
    if size == "small":
        command += ["--people", "2000", "--letters", "200"]
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "VAR_DIR")}
    if server:
        environment["DATABASE_URL"] = server
    return _run(command, environment)


def run_workbook(costs: dict) -> dict:
    """The detailed list as a workbook, by a process that has done nothing else: its memory is that of the list."""
    found, its_costs = _run(["-c", _WORKBOOK], dict(os.environ))
    costs.update(its_costs)
    return found


def _run(arguments: list[str], environment: dict):
    """What another Python process says in its last line, as JSON; the lines before are shown."""
    last = ""
    with subprocess.Popen([sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            print(last, end="", flush=True)
            last = line
    return json.loads(last)


def print_bounds(results: dict) -> list[dict]:
    """Prints the list and returns it; figures are CPU of this process and its database's unless they say otherwise."""
    lines = [dict(zip(("what", "found", "bound"), line, strict=True)) for line in _lines(results)]
    print(f"\n{'':66}{'found':>10}{'at most':>10}")
    for line in lines:
        line["met"] = line["found"] <= line["bound"]
        print(f"{line['what']:66}{line['found']:>10}{line['bound']:>10}  {'met' if line['met'] else 'MISSED'}")
    for name, ratio in _ratios(results).items():
        print(f"{name:66}{ratio:>10} times as much")
    print(flush=True)
    return lines


def _lines(results: dict):
    """(what, found, bound) of everything that has a bound."""
    pages, costs, book, told = (results[name] for name in ("pages", "costs", "workbook", "notices"))
    counts = [pages[name] for name in PAGES_THAT_COUNT]
    lists = {name: page["cpu_ms"] for name, page in pages.items() if not name.startswith("overview")}
    dearest = max(lists, key=lists.get)
    rules = [cost for cost in costs.values() if isinstance(cost, dict) and "longest_transaction_s" in cost]
    yield "overview, ms", max(page["cpu_ms"] for page in counts), 300
    yield "overview, statements", max(page["statements"] for page in counts), 12
    yield f"the dearest page of a list, ms ({dearest})", lists[dearest], 200
    yield "one rule over everybody, s", _cpu(costs["one rule over everybody"]), 4
    yield "each of the rules after it, s", round(_cpu(costs[results["further_rules"]]) / results["further"], 2), 4
    yield "longest transaction of a rule, s by the clock", max(one["longest_transaction_s"] for one in rules), 1
    moved = costs["one person moved, ms"]
    yield "one person moved, all rules asked again, ms", round(moved["cpu"] + moved["server_cpu"], 1), 50
    yield f"detailed list as a workbook, {book['rows']} rows, s", _cpu(costs["the detailed list as a workbook"]), 180
    yield "memory of the process that wrote it, MB at its highest", book["peak_mb"], 300
    yield "that list to a bare loop of its writer", book["to_bare_loop"], 1.5
    yield "deciding a night's notices, s", _cpu(told["costs"]["one night decided"]), 10
    yield "a letter's text and its hand-over, ms", told["ms_of_cpu_a_letter_for_text_and_hand_over"], 5


def _ratios(results: dict) -> dict:
    """The same work one query per person."""
    return {
        "a rule over everybody, one query per person": results["ratio"],
        "the overview, one query per person": results["overview_to_one_query_per_person"],
        "a night's notices, one query per person": results["notices"]["one_by_one_is_times_dearer"],
    }


def _cpu(cost: dict) -> float:
    return round(cost["cpu_s"] + cost.get("server_cpu_s", 0), 2)
