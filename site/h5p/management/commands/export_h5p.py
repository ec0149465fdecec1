"""Writes an activity as an H5P package."""

from pathlib import Path
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from h5p.domain.exporting import export_content
from h5p.models import Content
from shared.errors import DomainError


class Command(BaseCommand):
    help = "Writes an H5P activity with its libraries to a .h5p file, which import_h5p and other platforms can read."

    def add_arguments(self, parser):
        parser.add_argument("uuid", type=UUID)
        parser.add_argument("file", type=Path)

    def handle(self, uuid: UUID, file: Path, **options):
        content = Content.objects.filter(uuid=uuid).select_related("main_library").first()
        if content is None:
            raise CommandError(f"There is no activity {uuid}.")
        unfinished = file.with_name(file.name + ".part")
        try:
            with unfinished.open("wb") as target:
                export_content(content, target)
            unfinished.replace(file)
        except (DomainError, OSError) as error:
            unfinished.unlink(missing_ok=True)
            raise CommandError(str(error)) from error
        self.stdout.write(f"exported: {file} ({file.stat().st_size} bytes)")
