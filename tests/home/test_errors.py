"""Error pages are ours and in the reader's language, and say what to do next."""

import pytest
from django.test import Client
from django.urls import reverse

FOUND_NOT = "Không tìm thấy trang này"
NO_RIGHT = "Không có quyền xem trang này"
NOT_SENT = "Biểu mẫu chưa được gửi"


def templates_of(response) -> set[str]:
    return {template.name for template in response.templates}


def test_not_found(client, site):
    response = client.get("/khong-co-trang-nay/")
    page = response.content.decode()
    assert response.status_code == 404
    assert {"404.html", "shared/base.html"} <= templates_of(response)
    assert '<html lang="vi">' in page
    assert f"<h1>{FOUND_NOT}</h1>" in page
    assert 'href="/"' in page


def test_not_found_in_english(client, site):
    client.cookies["language"] = "en"
    page = client.get("/khong-co-trang-nay/").content.decode()
    assert '<html lang="en">' in page
    assert "<h1>This page was not found</h1>" in page


def test_no_right(signed_in, site):
    response = signed_in("lan").get(reverse("reports:completions"))
    page = response.content.decode()
    assert response.status_code == 403
    assert {"403.html", "shared/base.html"} <= templates_of(response)
    assert '<html lang="vi">' in page
    assert f"<h1>{NO_RIGHT}</h1>" in page


@pytest.fixture
def strict_client(site):
    """A browser that is asked for security tokens, as all browsers are."""
    return Client(enforce_csrf_checks=True)


def test_a_form_without_its_token(strict_client):
    response = strict_client.post(reverse("account_login"), {"login": "lan", "password": "x"})
    page = response.content.decode()
    assert response.status_code == 403
    assert {"403_csrf.html", "shared/base.html"} <= templates_of(response)
    assert f"<h1>{NOT_SENT}</h1>" in page
    assert "CSRF" not in page, "no jargon"


def test_control_with_its_token_the_same_form_is_taken(strict_client):
    token = strict_client.get(reverse("account_login")).cookies["csrftoken"].value
    form = {"login": "lan", "password": "x", "csrfmiddlewaretoken": token}
    assert strict_client.post(reverse("account_login"), form).status_code == 200


def test_a_fault_of_ours(client, site, monkeypatch):
    monkeypatch.setattr("home.views.search.fold", lambda text: 1 / 0)
    client.raise_request_exception = False
    response = client.get(reverse("search"), {"q": "x"})
    page = response.content.decode()
    assert response.status_code == 500
    assert "Hệ thống gặp sự cố" in page
    assert "ZeroDivisionError" not in page
    assert "{%" not in page, "it is drawn without any context"


def test_looking_at_an_address_for_forms(client, db):
    assert client.get(reverse("set_language")).status_code == 405


@pytest.mark.parametrize("name", ["search", "sitemap", "healthz", "readyz"])
def test_public_addresses_answer_head_as_they_answer_get(client, site, name):
    assert client.head(reverse(name)).status_code == client.get(reverse(name)).status_code == 200
