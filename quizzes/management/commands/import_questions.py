from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from quizzes.domain.questions import save_question, tag
from quizzes.formats import own
from quizzes.models import Bank, Tag
from shared.yaml_source import SourceProblems


class Command(BaseCommand):
    help = "Loads questions of our YAML format into a bank: all of the file, or nothing if anything in it is wrong."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--bank", required=True, help="code of the bank")
        parser.add_argument("--check", action="store_true", help="only say what is wrong")

    def handle(self, file: Path, bank: str, check: bool, **options):
        target = Bank.objects.filter(code=bank).first()
        if target is None:
            raise CommandError(f"There is no bank with the code {bank}.")
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        tags = {f"{one.vocabulary.code}/{one.code}": one for one in Tag.objects.select_related("vocabulary")}
        try:
            found = own.read(file, set(tags))
        except SourceProblems as problems:
            raise CommandError(f"Nothing was loaded.\n{problems}") from problems
        if not check:
            with transaction.atomic():
                for one in found:
                    question = save_question(target, one.code, one.kind, one.points, one.body)
                    tag(question, [tags[name] for name in one.tags], actor=None)
        self.stdout.write(f"{len(found)} questions {'are right' if check else f'are in the bank {bank}'}.")
