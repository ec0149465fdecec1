"""The breakdown of a learner session inside one process: what the code costs without a server.

Prints CPU milliseconds a session beside two yardsticks of the same run: one Argon2id verification and one trip
through an empty Django view, so that runs on different machines can be compared.
"""

import json
import os
import statistics
import tempfile
import time
from functools import cache


def measure(sessions: int) -> None:
    """Sets up a site in a folder of its own (or DATABASE_URL) and prints the steps."""
    os.environ["VAR_DIR"] = os.environ.get("BENCH_VAR_DIR") or tempfile.mkdtemp(prefix="bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("set_up")
    course = _course_with_twenty_questions()
    people = _learners(sessions + 2, course)
    for person in people[:2]:
        _session(person, course)  # warms caches and templates
    taken = [_session(person, course) for person in people[2:]]
    steps = {name: statistics.median(session[name][0] for session in taken) for name in taken[0]}
    statements = {name: statistics.median(session[name][1] for session in taken) for name in taken[0]}
    session, requests = sum(steps.values()), sum(_TIMES.get(name, 1) for name in steps)
    for name, milliseconds in steps.items():
        print(f"{name:16} {milliseconds:7.1f} ms {statements[name]:5.0f} SQL")
    print(f"requests a session:      {requests}")
    print(f"CPU a session:           {session:7.1f} ms (sum of medians of {sessions})")
    print(f"SQL a session:           {sum(statements.values()):5.0f}")
    print(f"one Argon2id check:      {_argon2():7.1f} ms")
    print(f"an empty request:        {_empty_request():7.2f} ms")
    print(f"session / empty request: {session / _empty_request():7.0f}")


_TIMES = {"pages of 5": 4, "autosaves": 4, "next": 4}  # steps that stand for several requests


def _course_with_twenty_questions():
    """The first starter course with a final quiz of twenty questions, five a page."""
    from courses.models import CoursePage
    from quizzes.models import Question, Quiz, QuizSection, SectionQuestion

    course = CoursePage.objects.get(code="VHCV-1847")
    quiz, made = Quiz.objects.get_or_create(
        code="BENCH-20", defaults={"title": "Hai mươi câu (minh họa)", "questions_per_page": 5}
    )
    if made:
        section = QuizSection.objects.create(quiz=quiz)
        chosen = Question.objects.exclude(current__kind="ordering").order_by("pk")[:20]
        SectionQuestion.objects.bulk_create(
            SectionQuestion(section=section, question=question, position=place) for place, question in enumerate(chosen)
        )
    CoursePage.objects.filter(pk=course.pk).update(quiz=quiz)
    return CoursePage.objects.get(pk=course.pk)


def _learners(count: int, course):
    from people.domain import persons
    from people.models import Person
    from tests import cast

    made = []
    for number in range(count):
        username = f"bench{number}"
        person = Person.objects.filter(username=username).first() or persons.create_person(
            username, "Nguyễn Văn Minh Họa", "bench-password-1"
        )
        cast.finish_lessons(person, course)
        made.append(person)
    return made


def _session(person, course) -> dict[str, tuple[float, int]]:
    """One session; CPU ms and SQL statements by step."""
    from django.test import Client
    from django.urls import reverse

    client = Client(SERVER_NAME="127.0.0.1")
    client.handler = _handler()
    meter = _Meter()
    lesson = course.get_children().live().first().url
    meter.take("sign-in page", lambda: client.get("/tai-khoan/login/"))
    who = {"login": person.username, "password": "bench-password-1"}
    assert meter.take("sign in", lambda: client.post("/tai-khoan/login/", who)).status_code == 302
    meter.take("home", lambda: client.get("/"))
    meter.take("course", lambda: client.get(course.url))
    meter.take("lesson", lambda: client.get(lesson))
    meter.take("quiz intro", lambda: client.get(course.url))
    start = meter.take("start", lambda: client.post(reverse("start_quiz", args=[course.pk])))
    first = start.url
    attempt = person.attempts.get()
    for page in range(4):
        address = first if page == 0 else reverse("quizzes:question", args=[attempt.pk, page * 5 + 1])
        assert meter.take("pages of 5", lambda address=address: client.get(address)).status_code == 200
        slots = range(page * 5, page * 5 + 5)
        forms = {slot: _form(attempt.slots[slot]) for slot in slots}
        body = json.dumps({"changes": [_change(slot, forms[slot]) for slot in slots]})
        saved = meter.take(
            "autosaves",
            lambda body=body: client.post(
                reverse("quizzes:save", args=[attempt.pk]), body, content_type="application/json"
            ),
        )
        assert len(saved.json()["answered"]) == 5, saved.content
        plain = {f"q{slot}-{name}": value for slot, form in forms.items() for name, value in form.items()}
        meter.take("next", lambda address=address, plain=plain: client.post(address, plain))
    meter.take("submit", lambda: client.post(reverse("quizzes:submit", args=[attempt.pk])))
    result = meter.take("review", lambda: client.get(reverse("quiz_result", args=[attempt.pk])))
    assert result.status_code == 200
    return meter.steps


@cache
def _handler():
    """The site's middleware, built once as a server does; a test client would build its own."""
    from django.test.client import ClientHandler

    handler = ClientHandler(enforce_csrf_checks=False)
    handler.load_middleware()
    return handler


class _Meter:
    """CPU and statements of the process, by step."""

    def __init__(self):
        self.steps: dict[str, tuple[float, int]] = {}

    def take(self, name: str, action):
        from django.db import connection

        statements = 0

        def count(execute, sql, params, many, context):
            nonlocal statements
            statements += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            start = time.process_time()
            answer = action()
            spent = (time.process_time() - start) * 1000
        before = self.steps.get(name, (0, 0))
        self.steps[name] = before[0] + spent, before[1] + statements
        return answer


def _change(slot: int, form: dict) -> dict:
    fields = {name: value if isinstance(value, list) else [value] for name, value in form.items()}
    return {"slot": slot, "sequence": 1, "key": f"bench-{slot}", "fields": fields}


def _form(slot: dict) -> dict:
    """A right answer as the page's form would send it."""
    from quizzes.domain.questions import versions
    from tests.cast import right_answer

    [version] = versions([slot["version"]])
    answer = right_answer(version, slot["arrangement"])
    if version.kind == "multiple_choice":
        return {"choices": answer}
    if version.kind == "matching":
        return {f"pair-{left}": right for left, right in answer.items()}
    if version.kind == "fill_blank":
        return {f"blank-{number}": text for number, text in answer.items()}
    return {"choice": answer}


def _argon2() -> float:
    from django.contrib.auth.hashers import check_password, make_password

    encoded = make_password("bench-password-1")
    start = time.process_time()
    for _ in range(10):
        check_password("bench-password-1", encoded)
    return (time.process_time() - start) * 100


def _empty_request() -> float:
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.get("/healthz")
    start = time.process_time()
    for _ in range(200):
        client.get("/healthz")
    return (time.process_time() - start) * 5
