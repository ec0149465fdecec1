"""Loads the starter courses from courses/library as published pages."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from courses.domain import starter
from courses.models import CourseIndexPage, CoursePage
from people.models import Unit
from shared import yaml_source
from shared.yaml_source import SourceProblems

# Two files that share one of these would overwrite each other.
UNSHARED = {"course.code": "code", "course.slug": "slug", "quiz.code": "quiz_code"}
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
        files = files or sorted(LIBRARY.glob("*.yaml"), reverse=True)
        if self._all_loaded_before(files):
            self.stdout.write(f"unchanged: {len(files)} courses")
            return
        courses = self._read_all(files)
        unit = Unit.objects.filter(code=owner).first() if owner else None
        if owner and unit is None:
            raise CommandError(f"--owner: there is no unit with the code {owner}.")
        for course in courses:
            changed = starter.load_course(course, catalogue, unit)
            lessons = sum(len(module.lessons) for module in course.modules)
            state = "loaded" if changed else "unchanged"
            self.stdout.write(f"{state}: {course.title} ({lessons} lessons, {len(course.questions)} questions)")

    def _all_loaded_before(self, files) -> bool:
        """Whether every file stands as it was when it was last loaded: then there is nothing to read."""
        if not all(file.exists() for file in files):
            return False
        wanted = {starter.fingerprint(file) for file in files}
        return CoursePage.objects.filter(starter_fingerprint__in=wanted).count() == len(files)

    def _read_all(self, files):
        courses, problems = [], []
        for file in files:
            try:
                courses.append(starter.read_course(file))
            except SourceProblems as faults:
                problems += faults.problems
            except OSError as error:
                raise CommandError(f"{file}: {error.strerror}") from error
        problems += self._shared(files, courses) if not problems else []
        if problems:
            listed = "\n".join(f"  {problem}" for problem in problems)
            raise CommandError(f"Nothing was loaded. {len(problems)} mistakes:\n{listed}")
        return courses

    def _shared(self, files, courses):
        """Codes and addresses that more than one of the files uses."""
        problems = []
        for field, attribute in UNSHARED.items():
            owners = {}
            for file, course in zip(files, courses, strict=True):
                value = getattr(course, attribute)
                if value in owners:
                    message = f"“{value}” is used by {owners[value].name} too"
                    problems.append(yaml_source.read(file).problem(field, message))
                owners.setdefault(value, file)
        return problems
