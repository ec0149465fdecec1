"""Writes everything that is held about one person to a ZIP: a page to read, JSON and CSV."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from people.domain import audit
from people.domain.privacy import held
from people.models import Person


class Command(BaseCommand):
    help = "Writes everything that is held about one person to a ZIP: a page to read, JSON and CSV."

    def add_arguments(self, parser):
        parser.add_argument("username", help="sign-in name of the person")
        parser.add_argument("--out", type=Path, required=True, metavar="ZIP", help="the file to write")

    def handle(self, username, out, **options):
        person = Person.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"There is no account with the sign-in name {username!r}.")
        with translation.override(settings.LANGUAGE_CODE):
            content = held.archive(person)
        try:
            out.write_bytes(content)
        except OSError as problem:
            raise CommandError(f"--out {out}: {problem.strerror}.") from None
        audit.record(None, "viewed.all_data", person, by="command")
        self.stdout.write(f"written: {out} ({len(content)} bytes)")
