from django.core.management.base import BaseCommand, CommandError

from quizzes.formats import own
from quizzes.models import Bank


class Command(BaseCommand):
    help = "Writes the questions in use of a bank, right answers included, in our YAML format."

    def add_arguments(self, parser):
        parser.add_argument("--bank", required=True, help="code of the bank")

    def handle(self, bank: str, **options):
        source = Bank.objects.filter(code=bank).first()
        if source is None:
            raise CommandError(f"There is no bank with the code {bank}.")
        self.stdout.write(own.write(source), ending="")
