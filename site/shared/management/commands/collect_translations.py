from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shared import package_translations
from shared.translations import compile_translations


class Command(BaseCommand):
    help = (
        "Lists messages of Wagtail, allauth, Django and the other packages that have no Vietnamese yet: "
        "to be run after a package was upgraded. Exit status 1 if there are any."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--write", action="store_true", help="append them to locale/upstream, to be translated there"
        )

    def handle(self, *, write, **options):
        compile_translations([Path(path) for path in settings.LOCALE_PATHS])
        missing = package_translations.untranslated()
        for message in missing:
            self.stdout.write(f"{message.package} ({message.domain}): {message.entry.msgid!r}  {message.places}")
        if write:
            package_translations.add_to_catalogues(missing)
        if missing:
            raise CommandError(f"{len(missing)} messages have no Vietnamese.")
        self.stdout.write("Packages: complete")
