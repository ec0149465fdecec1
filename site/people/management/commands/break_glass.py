from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from people.domain import emergency
from shared.errors import DomainError


class Command(BaseCommand):
    help = (
        "Opens a local administrator's account for an emergency: prints a sign-in name and a code that works once. "
        "Account and code end after BREAK_GLASS_MINUTES; both stand in the log of changes."
    )

    def add_arguments(self, parser):
        parser.add_argument("--reason", required=True, help="why, in a few words; stands in the log")

    def handle(self, *, reason, **options):
        try:
            person, code = emergency.open_account(reason)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Sign-in name: {person.username}")
        self.stdout.write(f"Code, once:   {code}")
        self.stdout.write(f"At:           {settings.WAGTAILADMIN_BASE_URL}{reverse('activate')}")
        self.stdout.write(f"Until:        {settings.BREAK_GLASS_MINUTES} minutes from now")
