"""Loads the starter courses from courses/library as published pages."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from courses.domain import starter
from courses.models import CourseIndexPage
from people.models import Unit
from shared.yaml_source import SourceProblems

LIBRARY = Path(__file__).resolve().parents[2] / "library"


class Command(BaseCommand):
    help = "Loads the starter courses (or the given YAML files). All files are checked before anything is loaded."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path, help="course files; default: all in courses/library")
        parser.add_argument("--owner", help="code of the unit that owns the courses")

    def handle(self, files, owner, **options):
        catalogue = CourseIndexPage.objects.first()
        if catalogue is None:
            raise CommandError("There is no course catalogue yet. Run first: ./run manage set_up_site")
        courses = self._read_all(files or sorted(LIBRARY.glob("*.yaml"), reverse=True))
        unit = Unit.objects.filter(code=owner).first() if owner else None
        if owner and unit is None:
            raise CommandError(f"--owner: there is no unit with the code {owner}.")
        for course in courses:
            changed = starter.load_course(course, catalogue, unit)
            lessons = sum(len(module.lessons) for module in course.modules)
            state = "loaded" if changed else "unchanged"
            self.stdout.write(f"{state}: {course.title} ({lessons} lessons, {len(course.questions)} questions)")

    def _read_all(self, files):
        courses, problems = [], []
        for file in files:
            try:
                courses.append(starter.read_course(file))
            except SourceProblems as faults:
                problems += faults.problems
            except OSError as error:
                raise CommandError(f"{file}: {error.strerror}") from error
        if problems:
            listed = "\n".join(f"  {problem}" for problem in problems)
            raise CommandError(f"Nothing was loaded. {len(problems)} mistakes:\n{listed}")
        return courses
