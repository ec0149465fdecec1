"""Somebody with records in every room, for tests of what is held, restricted and erased."""

from datetime import date

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from courses.models import Certificate
from people.domain import audit
from people.domain.privacy import requests
from people.enums import RequestKind
from people.models import Person
from tests.cast import complete, load_courses

__all__ = ["desk", "lan"]


@pytest.fixture
def lan(site, cast) -> Person:
    """Lan has completed a course and holds its certificate; HR looked at her record; she wears every kind of name."""
    course = load_courses("quy-tac-ung-xu-cong-so")
    person = cast["lan"]
    Person.objects.filter(pk=person.pk).update(
        phone="0100123456", birth_date=date(1990, 5, 17), gender="female", national_id_hash="f" * 64
    )
    person.refresh_from_db()
    complete(person, next(iter(course.values())))
    certificate = Certificate.objects.get(person=person)
    if not certificate.rendered_at:
        certificate.pdf.save("printed.pdf", ContentFile(b"%PDF Nong Thi Lan"), save=False)
        Certificate.objects.filter(pk=certificate.pk).update(pdf=certificate.pdf.name, rendered_at=timezone.now())
    audit.record_view(cast["hung"], person, "training_record")
    audit.record(
        cast["an"], "person.changed", person, old={"full_name": "Nông Thị Lân"}, new={"full_name": "Nông Thị Lan"}
    )
    requests.make(person, RequestKind.CORRECT, "Chức vụ của Nông Thị Lan bị sai.", actor=person)
    return person


@pytest.fixture
def desk(client, cast):
    """A function: the client signed in as the named member of the cast, reading English."""
    from tests.courses.stage import BACKEND

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    def sign_in(username: str):
        client.force_login(cast[username], backend=BACKEND)
        return client

    return sign_in
