"""The fixed cast of the tests: the demo province's people, and ways to move them through a course."""

from courses.domain import enrolment as enrolling
from courses.domain import starter
from courses.management.commands.load_starter import LIBRARY
from courses.models import CourseIndexPage, CoursePage
from people import demo
from people.models import Person, Unit
from quizzes.domain import attempts
from quizzes.domain.questions import versions

PASSWORD = "lam-giang-for-tests"


def load() -> dict[str, Person]:
    demo.load_units()
    demo.load_cast(PASSWORD)
    return {person.username: person for person in Person.objects.all()}


def load_courses(*files: str) -> dict[str, CoursePage]:
    """Loads the starter courses (or the named files of courses/library) and returns them by code."""
    paths = [LIBRARY / f"{name}.yaml" for name in files] or sorted(LIBRARY.glob("*.yaml"))
    catalogue = CourseIndexPage.objects.get()
    owner = Unit.objects.get(code="LG-NV")
    for path in paths:
        starter.load_course(starter.read_course(path), catalogue, owner)
    return {course.code: course for course in CoursePage.objects.all()}


def finish_lessons(person: Person, course: CoursePage):
    """Enrols the person and marks every lesson of the edition as done."""
    enrolment = enrolling.enrol(person, course)
    for lesson in enrolment.edition.lessons.order_by("position"):
        enrolling.finish_lesson(enrolment, lesson)
    return enrolment


def right_answer(version, arrangement):
    """The answer that earns all points, derived from the key as the grader reads it."""
    key = version.key
    if version.kind in {"single_choice", "scenario", "true_false"}:
        return key["answer"]
    if version.kind == "multiple_choice":
        return sorted(key["answer"])
    if version.kind == "ordering":
        return key["order"]
    if version.kind == "matching":
        return key["pairs"]
    if version.kind == "fill_blank":
        return {number: texts[0] for number, texts in key["accept"].items()}
    if version.kind == "cloze_select":
        return key["answer"]
    if version.kind == "essay":
        return "Một đoạn văn."  # an examiner has to like it
    raise LookupError(version.kind)


def answer_all(person: Person, attempt, right: bool = True) -> None:
    """Saves an answer to every slot; wrong ones leave the slot unanswered."""
    slots = attempt.slots
    for index, (slot, version) in enumerate(zip(slots, versions(s["version"] for s in slots), strict=True)):
        answer = right_answer(version, slot["arrangement"]) if right else None
        attempts.save_answer(person, attempt.pk, index, answer)


def complete(person: Person, course: CoursePage):
    """Takes the person through the whole course; returns the submitted attempt."""
    finish_lessons(person, course)
    attempt = attempts.start(person, course.quiz)
    answer_all(person, attempt)
    return attempts.submit(attempt)
