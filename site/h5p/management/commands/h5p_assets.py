"""Fetches the core of the H5P player (GPL-3.0, from npm), which is not part of this repository."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from h5p.player import core_files


class Command(BaseCommand):
    help = (
        "Fetches the core scripts of the H5P player into VAR_DIR/h5p-player: with npm or, where npm is not installed, "
        "with a Node.js taken from PyPI for the moment (60 MB download). Does nothing if they are there."
    )

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true", help="fetch them even if they are there")
        parser.add_argument("--npm-only", action="store_true", help="give up where npm is not installed")

    def handle(self, again, npm_only, **options):
        if core_files.is_there() and not again:
            self.stdout.write(f"The H5P player is there: {settings.H5P_PLAYER_DIR}")
            return
        try:
            core_files.fetch(with_python=not npm_only)
        except core_files.FetchFailed as problem:
            raise CommandError(
                f"The H5P player could not be fetched: {problem}\n"
                "The site works without it; H5P activities say that it is missing. With a connection to the npm "
                "registry (and PyPI, if npm is not installed) run: ./run manage h5p_assets"
            ) from problem
        self.stdout.write(f"The H5P player was fetched: {settings.H5P_PLAYER_DIR}")
