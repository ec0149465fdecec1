"""CPU of one learner session of 23 requests, sign-in included, in process: sign in, course, lesson, quiz, review.

Prints CPU milliseconds a session beside two yardsticks of the same run: one Argon2id verification and one trip
through an empty Django view, so that runs on different machines can be compared.
"""

import os
import statistics
import tempfile
import time

SESSIONS = int(os.environ.get("SESSIONS", "20"))
os.environ["VAR_DIR"] = os.environ.get("BENCH_VAR_DIR") or tempfile.mkdtemp(prefix="bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("set_up")
    people, course = _learners(SESSIONS + 2)
    for person in people[:2]:
        _session(person, course)  # warms caches and templates
    spent, sign_in, requests = [], [], 0
    for person in people[2:]:
        total, login, requests = _session(person, course)
        spent.append(total)
        sign_in.append(login)
    session = statistics.median(spent)
    print(f"requests a session:      {requests}")
    print(f"CPU a session:           {session:7.1f} ms (median of {SESSIONS})")
    print(f"  of which sign-in:      {statistics.median(sign_in):7.1f} ms")
    print(f"one Argon2id check:      {_argon2():7.1f} ms")
    print(f"an empty request:        {_empty_request():7.2f} ms")
    print(f"session / empty request: {session / _empty_request():7.0f}")


def _learners(count: int):
    from courses.models import CoursePage
    from people.domain import persons
    from people.models import Person
    from tests import cast

    course = CoursePage.objects.get(code="VHCV-1847")
    made = []
    for number in range(count):
        username = f"bench{number}"
        person = Person.objects.filter(username=username).first() or persons.create_person(
            username, "Nguyễn Văn Minh Họa", "bench-password-1"
        )
        cast.finish_lessons(person, course)
        made.append(person)
    return made, course


def _session(person, course):
    """One session; returns CPU ms in all, CPU ms of the sign-in, and the number of requests."""
    from django.test import Client
    from django.urls import reverse

    client = Client(SERVER_NAME="127.0.0.1")
    url = course.url
    lesson = course.get_children().live().first().url
    start = time.process_time()
    client.get("/tai-khoan/login/")
    before = time.process_time()
    client.post("/tai-khoan/login/", {"login": person.username, "password": "bench-password-1"})
    login = time.process_time() - before
    client.get(url)
    client.get(lesson)
    answer = client.post(reverse("start_quiz", args=[course.pk]))
    attempt = person.attempts.get()
    requests = 5
    for number, slot in enumerate(attempt.slots, start=1):
        answer = client.post(
            reverse("quizzes:question", args=[attempt.pk, number]),
            _form(slot),
            headers={"accept": "application/json"},
        )
        assert answer.status_code == 200, answer.content
        requests += 1
    answer = client.post(reverse("quizzes:submit", args=[attempt.pk]))
    client.get(answer.url)
    while requests < 21:  # the rest of the 23: looking at questions again
        assert client.get(lesson).status_code == 200
        requests += 1
    return (time.process_time() - start) * 1000, login * 1000, requests + 2


def _form(slot: dict) -> dict:
    """A right answer as the page's form would send it."""
    from quizzes.domain.questions import versions
    from tests.cast import right_answer

    [version] = versions([slot["version"]])
    answer = right_answer(version, slot["arrangement"])
    if version.kind == "multiple_choice":
        return {"choices": answer}
    if version.kind == "ordering":
        return {"order": answer}
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


if __name__ == "__main__":
    main()
