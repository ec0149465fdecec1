"""Checks that no entry of the log of changes was changed, made up or removed."""

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from people.domain.audit import chain, verifying

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Checks that no entry of the log of changes was changed, made up or removed. Exit status 1 if one was. "
        "Seals waiting entries first. Keep the file of --json elsewhere and give it to the next run with --since: "
        "then even an old copy of the database put in the place of this one is found out."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", type=Path, metavar="OUT", help="write the findings to this file")
        parser.add_argument("--since", type=Path, metavar="FILE", help="the --json file of an earlier run")
        parser.add_argument("--no-seal", action="store_true", help="only look; leave waiting entries as they are")

    def handle(self, json, since, no_seal, **options):
        former_end = self._read_end(since) if since else None
        if not no_seal:
            chain.seal(everything=True)
        findings = verifying.verify(former_end)
        if json:
            self._write(json, findings)
        for problem in findings.problems[:SHOWN]:
            place = f" (place {problem.position})" if problem.position else ""
            self.stdout.write(f"{problem.kind}: {problem.message}{place}")
        if len(findings.problems) > SHOWN:
            self.stdout.write(f"… and {len(findings.problems) - SHOWN} more")
        summary = f"{findings.entries} entries, {findings.links} in the chain, {findings.waiting} waiting"
        if not findings.is_intact:
            raise CommandError(f"The log is not as it was written: {len(findings.problems)} problems. {summary}.")
        self.stdout.write(f"The log is intact: {summary}; it ends at place {findings.position}.")

    def _read_end(self, file: Path) -> tuple[int, str]:
        try:
            earlier = json.loads(file.read_text())
            return int(earlier["position"]), str(earlier["chain"])
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise CommandError(f"--since {file}: not a file that --json of this command wrote ({problem}).") from None

    def _write(self, file: Path, findings: verifying.Findings) -> None:
        content = asdict(findings) | {"intact": findings.is_intact}
        try:
            file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
        except OSError as problem:
            raise CommandError(f"--json {file}: {problem.strerror}.") from None
