"""Recomputes every result, completion and register number from what it rests on, and tells what differs."""

import json
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from courses.domain import consistency as of_courses
from courses.models import Certificate, Completion
from quizzes.domain import consistency as of_quizzes
from quizzes.models import Attempt


class Command(BaseCommand):
    help = (
        "Recomputes the scores of all attempts from paper and answers, completions from attempts, and the numbers of "
        "the registers. Prints what differs and then ends with code 1. Changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", type=Path, help="also writes what was found to this file")

    def handle(self, json: Path | None = None, **options):
        found = list(chain(of_quizzes.differences(), of_courses.differences()))
        for difference in found:
            self.stdout.write(str(difference))
        checked = {
            "attempts": Attempt.objects.count(),
            "completions": Completion.objects.count(),
            "certificates": Certificate.objects.count(),
        }
        if json:
            Path(json).write_text(_as_json(checked, found), "utf-8")
        told = ", ".join(f"{count} {name}" for name, count in checked.items())
        if found:
            raise CommandError(f"{len(found)} differences in {told}.")
        self.stdout.write(f"No difference in {told}.")


def _as_json(checked: dict, found: list) -> str:
    report = {"checked": checked, "differences": [asdict(difference) for difference in found]}
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"
