"""The full province: made, imported from its dirty workbook, taken back, searched and listed.

    ./run bench people [--rows N] [--seed N] [--pages-only]

Works in a database of its own, which it drops at the end: on the PostgreSQL server of DATABASE_URL if that names
one, else SQLite. Prints CPU (of this process and, on this machine, of the database's process), rows a second of
CPU, peak memory, the length of the one long transaction, faults found against the key, SQL time and number of
queries of the pages. The last line is all of it as one JSON object.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from bench import _throw_away as throw_away
from bench._throw_away import measured

FULL = 38_800


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench people", description=__doc__.split("\n\n")[0])
    parser.add_argument("--rows", type=int, default=FULL, help="rows of the workbook that is imported; default all")
    parser.add_argument("--seed", type=int, default=1847)
    parser.add_argument("--pages-only", action="store_true", help="without imports: the lists of a full province")
    asked = parser.parse_args()
    results = {"rows": min(asked.rows, FULL), "database": throw_away.prepare()}

    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import translation

    translation.activate("vi")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not asked.pages_only:
        results |= _import(asked.rows, asked.seed)
    results["generation"] = _generate(asked.seed)
    if not asked.pages_only:
        results["again"] = _import_again(asked.rows, asked.seed)
    from bench import _pages

    results["pages"] = _pages.measure()
    print(json.dumps(results, ensure_ascii=False))
    if not all(part["right"] for part in (results, results.get("again", {})) if "right" in part):
        sys.exit(1)


def _workbook(rows: int, seed: int):
    from people.province.workbooks import write_whole

    path = Path(os.environ["VAR_DIR"]) / "toan-tinh.xlsx"
    _writer, planter = write_whole("full", seed, path, rows)
    return path.read_bytes(), planter.planted


def _import(rows: int, seed: int) -> dict:
    """Into a province with units and nobody in them, the same file again, and back."""
    from bench import _against_key as key
    from people.domain.importing import confirm, undo, undoing
    from people.models import PeopleImport, Person
    from people.province.loading import load_province

    costs: dict = {}
    with measured("units", costs):
        load_province("full", seed, with_people=False)
    with measured("workbook written", costs, rows):
        content, planted = _workbook(rows, seed)
    with measured("preview (read, match, stage)", costs, rows):
        first = _preview(content)
    compared = key.compare(first, planted)
    with measured("confirm (one transaction)", costs, rows):
        confirm(first, actor=None)
    wrong = key.wrong_values(planted)
    created = Person.objects.count()
    with measured("preview of the same file again", costs, rows):
        second = _preview(content)
    changed = second.rows.filter(kind__in=("create", "change", "move")).count()
    with measured("undo (one transaction)", costs, rows):
        undo(PeopleImport.objects.get(pk=first.pk), actor=None)
    with measured("accounts deleted afterwards (short transactions)", costs, rows):
        undoing.remove_put_away(first.pk)
    left = Person.objects.count()
    steps = [costs["preview (read, match, stage)"], costs["confirm (one transaction)"]]
    spent = sum(step["cpu_s"] + step.get("server_cpu_s", 0) for step in steps)
    report = {
        "costs": costs,
        "import_cpu_s": round(spent, 2),
        "import_rows_per_cpu_s": round(rows / spent),
        "import_peak_mb": steps[-1]["peak_mb"],
        "confirm_transaction_s": steps[-1]["clock_s"],
        "undo_transaction_s": costs["undo (one transaction)"]["clock_s"],
        "faults": compared,
        "wrong_values": wrong[:20],
        "created": created,
        "changes_of_the_same_file_again": changed,
        "people_left_after_undo": left,
        "right": not (compared["missed"] or compared["clean_rows_refused"] or wrong or changed or left),
    }
    _tell("preview and confirm", report)
    return report


def _generate(seed: int) -> dict:
    from people.province.loading import load_province

    costs: dict = {}
    with measured("38 800 people generated and written", costs, FULL) as found:
        done = load_province("full", seed)
        found["longest_transaction_s"] = done.longest_transaction
    with measured("generated again: nothing to do", costs):
        assert load_province("full", seed).unchanged
    return costs


def _import_again(rows: int, seed: int) -> dict:
    """The dirty workbook of people who are all on record: what is right stays as it is, faults are found as before."""
    from bench import _against_key as key

    costs: dict = {}
    content, planted = _workbook(rows, seed)
    with measured("preview against a full province", costs, rows):
        known = _preview(content)
    compared = key.compare(known, planted, on_record=True)
    report = {"costs": costs, "faults": compared}
    report["right"] = not (compared["missed"] or compared["clean_rows_refused"])
    _tell("against a full province", report)
    return report


def _preview(content: bytes):
    from django.utils import timezone

    from people.domain.importing import stage, upload
    from people.models import PeopleImport

    people_import = upload(
        content, "toan-tinh.xlsx", actor=None, unit=None, effective_on=timezone.localdate(), ask_for_sheets=False
    )
    stage(people_import.pk)
    return PeopleImport.objects.get(pk=people_import.pk)


def _tell(title: str, report: dict) -> None:
    faults = report["faults"]
    print(
        f"{title}: {faults['planted']} faults planted, {faults['missed']} missed; "
        f"{faults['clean_rows_refused']} clean rows refused; rows: {faults['kinds']}"
    )
    for line in faults["examples"] + report.get("wrong_values", []):
        print("   ", line)


if __name__ == "__main__":
    main()
