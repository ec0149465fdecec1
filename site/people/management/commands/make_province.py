"""Makes the fictional province: units, people and postings, and the dirty workbooks HR offices would send."""

import json
import resource
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from people.demo import SEED
from people.province.facts import sizes
from people.province.loading import load_province
from shared.errors import DomainError


class Command(BaseCommand):
    help = (
        "Writes the fictional province of Lam Giang (every name is made up, nobody can sign in): units, people, "
        "postings. The same size and seed give the same province; running it again changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--size", choices=list(sizes()), default="small", help="full: 38 800 people; small: 600; tiny: 60"
        )
        parser.add_argument("--seed", type=int, default=SEED, help=f"whole number; default {SEED}")
        parser.add_argument("--units-only", action="store_true", help="write the units and nobody in them")
        parser.add_argument("--files-only", action="store_true", help="with --xlsx: leave the database alone")
        parser.add_argument(
            "--into-existing", action="store_true", help="also where the database holds people who are not illustrative"
        )
        parser.add_argument(
            "--xlsx", type=Path, metavar="DIR", help="also write workbooks with planted faults, and key.json, key.csv"
        )
        parser.add_argument("--json", type=Path, metavar="OUT", help="write what was done to this file")

    def handle(self, size, seed, units_only, files_only, into_existing, xlsx, **options):
        if files_only and xlsx is None:
            raise CommandError("--files-only makes sense with --xlsx DIR alone: nothing would be written.")
        started = time.process_time()
        report = {"size": size, "seed": seed}
        try:
            if not files_only:
                report |= self._load(size, seed, not units_only, into_existing)
            if xlsx:
                report["files"] = self._write_workbooks(size, seed, xlsx)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as problem:
            raise CommandError(f"{problem.filename or xlsx}: {problem.strerror}") from problem
        report["cpu_seconds"] = round(time.process_time() - started, 2)
        report["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.stdout.write(f"{report['cpu_seconds']} s of CPU, {report['peak_memory_mb']} MB at most")
        if options["json"]:
            _write_report(options["json"], report)

    def _load(self, size: str, seed: int, with_people: bool, into_existing: bool) -> dict:
        def progress(line: str) -> None:
            self.stdout.write(f"  {line}")

        done = load_province(size, seed, with_people=with_people, into_existing=into_existing, progress=progress)
        if done.unchanged:
            self.stdout.write(f"unchanged: the province of size {size} is here already")
        else:
            self.stdout.write(
                f"{done.units_created} units, {done.people_created} people and {done.postings_created} postings "
                f"written, {done.heads_set} heads of units named"
            )
        return done.as_dict()

    def _write_workbooks(self, size: str, seed: int, folder: Path) -> dict:
        from people.province.workbooks import write_workbooks

        written = write_workbooks(size, seed, folder)
        self.stdout.write(f"{written['files']} files with {written['rows']} rows in {folder}, faults in key.json")
        return written


def _write_report(path: Path, report: dict) -> None:
    try:
        path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as problem:
        raise CommandError(f"--json {path}: {problem.strerror}") from problem
