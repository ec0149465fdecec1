from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from people.domain import audit
from people.sign_in.accounts import find_account


class Command(BaseCommand):
    help = "Removes all second factors of an account whose owner has lost them, after their identity was checked."

    def add_arguments(self, parser):
        parser.add_argument("name", help="sign-in name, staff number or work e-mail")

    @transaction.atomic
    def handle(self, *, name, **options):
        person = find_account(name)
        if person is None:
            raise CommandError(f"There is no account named {name!r}.")
        removed, _kinds = Authenticator.objects.filter(user=person).delete()
        audit.record(None, "second_factor.reset", person, removed=removed)
        self.stdout.write(f"{person.username}: {removed} second factors removed. The next sign-in sets up another.")
