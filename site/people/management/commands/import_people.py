"""./run manage import_people FILE: a list of people, imported as the HR desk does it."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.domain import importing
from people.domain.importing import reporting
from people.enums import ImportState
from people.models import PeopleImport, Person, Unit
from people.sheets.refusal import FileRefused
from shared.errors import DomainError

_KINDS = ("create", "change", "move", "unchanged", "doubtful", "refused")


class Command(BaseCommand):
    help = (
        "Imports a list of people (.xlsx, .xls, .ods, .csv). Rows that can be imported are imported, the others are "
        "reported (exit 0); with --all-or-nothing one refused or doubtful row stops the whole list (exit 1). A file "
        "that cannot be read as a list is refused (exit 1)."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="preview only; nothing is imported or kept")
        parser.add_argument("--json", type=Path, metavar="OUT", help="write counts and problems as JSON")
        parser.add_argument("--report", type=Path, metavar="OUT.xlsx", help="write the list back with its errors")
        parser.add_argument("--unit", metavar="CODE", help="import for this unit and what is below it only")
        parser.add_argument("--effective", type=date.fromisoformat, metavar="YYYY-MM-DD", help="default: today")
        parser.add_argument("--actor", metavar="SIGN-IN-NAME", help="import with this account's rights")
        parser.add_argument("--sheet", action="append", metavar="NAME", help="only this sheet; may be repeated")
        parser.add_argument("--accept-lost-zeros", action="store_true", help="put back zeros Excel has dropped")
        parser.add_argument("--all-or-nothing", action="store_true", help="import only if every row can be")

    def handle(self, *args, **options):
        outcome = {"accepted": False, "rows": None, "problems": [], "applied": False, "import_id": None}
        try:
            self._run(options, outcome)
        except (FileRefused, DomainError) as refusal:
            code = getattr(refusal, "code", "refused")
            outcome["problems"].append(_of_file(code, str(refusal)))
            raise CommandError(str(refusal)) from refusal
        finally:
            if options["json"]:
                options["json"].write_text(json.dumps(outcome, ensure_ascii=False, indent=1) + "\n")

    def _run(self, options: dict, outcome: dict) -> None:
        actor = _named(Person, "username", options["actor"])
        people_import = importing.upload(
            _content(options["file"]),
            options["file"].name,
            actor=actor,
            unit=_named(Unit, "code", options["unit"]),
            effective_on=options["effective"] or timezone.localdate(),
            accept_lost_zeros=options["accept_lost_zeros"],
            sheets=options["sheet"],
            ask_for_sheets=False,
            by_worker=False,
        )
        outcome["import_id"] = people_import.pk
        importing.stage(people_import.pk)
        people_import.refresh_from_db()
        if people_import.state == ImportState.REFUSED:
            problem = people_import.problem
            raise FileRefused(problem["code"], **problem["params"])
        outcome["accepted"] = True
        outcome["rows"] = _rows(people_import)
        outcome["problems"] += reporting.problems_of(people_import)
        self._finish(people_import, actor, options, outcome)

    def _finish(self, people_import: PeopleImport, actor, options: dict, outcome: dict) -> None:
        rows = outcome["rows"]
        left_out = rows["refused"] + rows["doubtful"]
        stopped = options["all_or_nothing"] and left_out
        changes = rows["create"] + rows["change"] + rows["move"]
        if not options["dry_run"] and not stopped and changes:
            people_import = importing.confirm(people_import, actor=actor)
            outcome["applied"] = True
        if options["report"]:
            options["report"].write_bytes(reporting.result_workbook(people_import))
        self._say(outcome, options)
        if not outcome["applied"]:
            importing.discard(people_import, actor=actor)
        if stopped and not options["dry_run"]:
            raise CommandError(f"Nothing was imported: {left_out} rows are refused or to be decided.")

    def _say(self, outcome: dict, options: dict) -> None:
        if options["verbosity"] == 0:
            return
        for problem in outcome["problems"]:
            place = f"{problem['sheet']} {problem['row']} {problem['column']}".strip()
            self.stdout.write(f"{place}: [{problem['code']}] {problem['message']}")
        counted = ", ".join(f"{kind} {outcome['rows'][kind]}" for kind in _KINDS)
        done = "imported" if outcome["applied"] else "nothing was changed"
        self.stdout.write(f"{outcome['rows']['total']} rows: {counted}; {done}")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise CommandError(f"{path} cannot be read: {fault.strerror}.") from fault


def _named(model, field: str, value: str | None):
    """The row of this name; None if none was asked for."""
    if value is None:
        return None
    found = model.objects.filter(**{field: value}).first()
    if found is None:
        raise CommandError(f"There is no {model._meta.verbose_name} “{value}”.")
    return found


def _rows(people_import: PeopleImport) -> dict[str, int]:
    return {kind: people_import.counts[kind] for kind in ("total", *_KINDS)}


def _of_file(code: str, message: str) -> dict:
    return {"sheet": "", "row": None, "column": "", "code": code, "level": "refused", "message": message}
