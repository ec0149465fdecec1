"""/api/v1: the public facts of a certificate, and no more than the paper's holder needs to show."""

import pytest
from django.urls import reverse

from courses.domain.certificates import revoke
from courses.models import Certificate, CoursePage
from tests import cast as casting

COURSES = ("quy-tac-ung-xu-cong-so",)


@pytest.fixture
def certificate(cast) -> Certificate:
    casting.complete(cast["lan"], CoursePage.objects.get())
    return Certificate.objects.get()


def ask(client, code: str):
    return client.get(reverse("api:certificate", args=[code]))


def test_the_facts_of_a_certificate(client, certificate):
    response = ask(client, certificate.code)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == {
        "found": True,
        "code": certificate.code,
        "state": "valid",
        "course": CoursePage.objects.get().title,
        "issuer": "SỞ NỘI VỤ",
        "register_number": f"1/{certificate.year}",
        "issued_at": certificate.issued_at.isoformat(),
        "revoked_at": None,
    }


def test_nothing_personal_is_told(client, certificate):
    text = ask(client, certificate.code).content.decode()
    for fact in (certificate.wording["full_name"], certificate.wording["unit"], certificate.person.staff_number):
        assert fact not in text


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_the_code_may_be_typed_in_any_way(client, certificate, change):
    assert ask(client, change(certificate.code)).json()["code"] == certificate.code


def test_a_revoked_certificate_says_so(client, certificate, cast):
    revoke(certificate, "Cấp nhầm", actor=cast["quang"])
    answer = ask(client, certificate.code).json()
    assert answer["state"] == "revoked"
    assert answer["revoked_at"]
    assert "nhầm" not in str(answer), "the reason stays in the register"


@pytest.mark.parametrize("code", ["7KQ4-M9TX-2HRP", "x", "%00", "đ" * 500, "' OR 1=1 --"])
def test_an_unknown_code_is_not_found(client, certificate, code):
    response = ask(client, code)
    assert response.status_code == 404
    assert response.json() == {"found": False}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_only_reads(client, certificate, method):
    assert getattr(client, method)(reverse("api:certificate", args=[certificate.code])).status_code == 405
