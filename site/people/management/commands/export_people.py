"""./run manage export_people FILE: everybody of a unit, in the columns that import_people reads."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from people.domain.importing.exporting import people_table
from people.models import Unit
from people.queries import subtree_of
from shared.tables import to_csv, to_xlsx


class Command(BaseCommand):
    help = "Writes people with their primary postings as .xlsx or .csv, in the columns import_people reads."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", metavar="CODE", help="only this unit and what is below it")

    def handle(self, *args, **options):
        path = options["file"]
        if path.suffix not in (".xlsx", ".csv"):
            raise CommandError("The file's name must end in .xlsx or .csv.")
        table = people_table(_units(options["unit"]))
        path.write_bytes(to_xlsx(table) if path.suffix == ".xlsx" else b"".join(to_csv(table)))
        self.stdout.write(f"written: {path}")


def _units(code: str | None):
    if code is None:
        return Unit.objects.all()
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise CommandError(f"There is no unit “{code}”.")
    return subtree_of([unit.pk])
