"""Imports an H5P package from a file."""

import json
import sys
from pathlib import Path
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from h5p.domain.importing import PackageRefused, check_package, import_package
from h5p.domain.reports import Report
from h5p.models import Content


class Command(BaseCommand):
    help = (
        "Checks an H5P package (.h5p) and imports it as an activity. Refused packages change nothing and give exit "
        "status 1. Libraries in the package are installed only with --install-libraries; a later patch of an installed "
        "library waits for approval in the admin."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--install-libraries", action="store_true", help="install the libraries it brings")
        parser.add_argument("--dry-run", action="store_true", help="check only; write nothing")
        parser.add_argument("--json", metavar="OUT", help="write the result as JSON to this file; - for the screen")
        parser.add_argument("--replace", metavar="UUID", type=UUID, help="make it a new revision of this activity")

    def handle(self, file: Path, install_libraries, dry_run, json, replace, **options):
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        content = self._content(replace)
        try:
            if dry_run:
                report = check_package(file, install_libraries=install_libraries)
            else:
                report = import_package(file, install_libraries=install_libraries, replace=content)
        except PackageRefused as refused:
            report = refused.report
        self._tell(report, json, dry_run)
        if not report.accepted:
            sys.exit(1)

    def _content(self, wanted: UUID | None) -> Content | None:
        if wanted is None:
            return None
        content = Content.objects.filter(uuid=wanted).first()
        if content is None:
            raise CommandError(f"--replace: there is no activity {wanted}.")
        return content

    def _tell(self, report: Report, out: str | None, dry_run: bool) -> None:
        told = report.as_json()
        if out:
            text = json.dumps(told, ensure_ascii=False, indent=2)
            if out == "-":
                self.stdout.write(text)
                return
            Path(out).write_text(text + "\n", encoding="utf-8")
        for kind in ("errors", "warnings"):
            for finding in told[kind]:
                self.stdout.write(f"{kind[:-1]}: {finding['code']}: {finding['detail']}")
        for library in told["libraries"]:
            self.stdout.write(f"library: {library['name']} {library['version']}: {library['action']}")
        self.stdout.write(self._outcome(report, dry_run))

    def _outcome(self, report: Report, dry_run: bool) -> str:
        if not report.accepted:
            return "refused: nothing was changed"
        if dry_run:
            return "accepted: nothing was changed (--dry-run)"
        return f"{'unchanged' if report.unchanged else 'imported'}: {report.content_id}"
