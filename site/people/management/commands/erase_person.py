"""Erases one person's data: certificates and counts stay, and name nobody."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from people.domain.privacy import erasure
from people.models import Person
from shared.errors import DomainError


class Command(BaseCommand):
    help = (
        "Erases one person's data: certificates and counts stay, and name nobody. Shows what would happen and asks; "
        "--dry-run only shows it, --yes does not ask. Refused for the last administrator."
    )

    def add_arguments(self, parser):
        parser.add_argument("username", help="sign-in name of the person")
        parser.add_argument("--dry-run", action="store_true", help="show what would happen, change nothing")
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument("--actor", metavar="USERNAME", help="who erases, for the log; default: the system")
        parser.add_argument("--json", type=Path, metavar="OUT", help="write what was (or would be) touched")

    def handle(self, username, dry_run, yes, actor, json, **options):
        person, erased_by = self._account(username), self._account(actor) if actor else None
        try:
            erasure.check(person, actor=erased_by)
            touched = erasure.preview(person)
            self._show(touched)
            if not dry_run:
                if not yes and input(f"Type {username} to erase these data for good: ").strip() != username:
                    raise CommandError("Nothing was erased.")
                touched = erasure.erase(person, actor=erased_by)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from None
        if json:
            self._write(json, person.pk, touched, erased=not dry_run)
        self.stdout.write("dry run: nothing was changed" if dry_run else f"erased: person {person.pk}")

    def _account(self, username: str) -> Person:
        person = Person.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"There is no account with the sign-in name {username!r}.")
        return person

    def _show(self, touched) -> None:
        for one in touched:
            self.stdout.write(f"{one.holding.model}: {one.count} {one.holding.fate.value}")

    def _write(self, file: Path, person_id: int, touched, *, erased: bool) -> None:
        rows = [{"model": one.holding.model, "rows": one.count, "fate": one.holding.fate.value} for one in touched]
        try:
            file.write_text(json.dumps({"person": person_id, "erased": erased, "rows": rows}, indent=2) + "\n")
        except OSError as problem:
            raise CommandError(f"--json {file}: {problem.strerror}.") from None
