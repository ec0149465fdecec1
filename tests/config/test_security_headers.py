"""What every answer tells the browser about itself: public pages, learners' pages, desks, errors, data."""

import re

import pytest
from django.test import Client

from shared.middleware.security_policy import SecurityPolicyMiddleware

PUBLIC = ["/", "/khoa-hoc/", "/guong-dien-hinh/", "/chien-dich/", "/huong-dan/", "/tim-kiem/?q=van+hoa", "/xac-minh/"]
ENTRANCE = ["/tai-khoan/login/", "/tai-khoan/password/reset/", "/tai-khoan/signup/"]
LEARNERS = ["/viec-hoc/", "/giay-xac-nhan/", "/tai-khoan/", "/thong-bao/", "/tai-khoan/password/change/"]
DATA = ["/healthz", "/readyz", "/sitemap.xml", "/guong-dien-hinh/rss.xml", "/api/v1/certificates/X/"]
DESK = ["/quan-tri/", "/quan-tri/pages/", "/quan-tri/images/"]
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son\w+=\"|javascript:", re.IGNORECASE
)


def policy_of(response) -> dict[str, list[str]]:
    directives = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {words[0]: words[1:] for words in directives if words}


def assert_strict(response) -> None:
    policy = policy_of(response)
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] == policy["form-action"] == ["'self'"]
    allowed = {source for sources in policy.values() for source in sources}
    assert allowed == {"'self'", "'none'"}, "nothing from elsewhere, nothing inline"
    assert_always(response)


def assert_always(response) -> None:
    assert {name: response.headers.get(name) for name in ALWAYS} == ALWAYS


@pytest.mark.parametrize("address", PUBLIC + ENTRANCE)
def test_public_pages_are_strict_and_need_nothing_inline(client, site, address):
    response = client.get(address)
    assert response.status_code == 200
    assert_strict(response)
    assert INLINE.findall(response.content.decode()) == []


@pytest.mark.parametrize("address", LEARNERS)
def test_learners_pages_are_strict(signed_in, site, address):
    response = signed_in("lan").get(address)
    assert response.status_code == 200
    assert_strict(response)
    assert INLINE.findall(response.content.decode()) == []


@pytest.mark.parametrize("address", ["/nhan-su/", "/nhan-su/xuat.csv", "/nhan-su/xuat.xlsx"])
def test_the_hr_desk_is_strict(signed_in, site, address):
    response = signed_in("hung").get(address)
    assert response.status_code == 200
    assert_strict(response)


@pytest.mark.parametrize("address", DATA)
def test_answers_for_programs_are_strict(client, site, address):
    assert_strict(client.get(address))


@pytest.mark.parametrize("address", DESK)
def test_inline_is_allowed_on_the_editing_desk_only(signed_in, site, address):
    response = signed_in("an").get(address, follow=True)
    assert response.status_code == 200
    policy = policy_of(response)
    assert policy["default-src"] == ["'none'"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert not {source for sources in policy.values() for source in sources if source.startswith(("http", "*"))}
    assert_always(response)


def test_errors_are_strict_as_well(site, signed_in, monkeypatch):
    learner = signed_in("lan")
    learner.raise_request_exception = False
    monkeypatch.setattr("home.views.search.fold", lambda text: 1 / 0)
    answers = {
        404: learner.get("/khong-co/"),
        403: learner.get("/nhan-su/"),
        405: learner.get("/ngon-ngu/"),
        500: learner.get("/tim-kiem/?q=x"),
    }
    for status, response in answers.items():
        assert response.status_code == status
        assert_strict(response)


def test_redirects_carry_them_too(client, db):
    response = client.get("/viec-hoc/")
    assert response.status_code == 302
    assert_strict(response)


def test_the_player_of_activities_may_be_framed_where_it_is_set_up(settings):
    def policy_with(origin: str) -> dict[str, list[str]]:
        from django.http import HttpResponse
        from django.test import RequestFactory

        settings.H5P_CONTENT_ORIGIN = origin
        return policy_of(SecurityPolicyMiddleware(lambda request: HttpResponse())(RequestFactory().get("/")))

    assert policy_with("")["frame-src"] == ["'self'"], "in a sandbox without an origin"
    assert policy_with("https://h5p.example.gov.vn")["frame-src"] == ["https://h5p.example.gov.vn"]


@pytest.mark.parametrize(
    ("header", "middleware"),
    [
        ("Content-Security-Policy", "SecurityPolicyMiddleware"),
        ("X-Frame-Options", "XFrameOptionsMiddleware"),
        ("X-Content-Type-Options", "SecurityMiddleware"),
        ("Referrer-Policy", "SecurityMiddleware"),
    ],
)
def test_control_without_its_middleware_a_header_is_missing(db, settings, header, middleware):
    assert header in Client().get("/healthz").headers
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith(f".{middleware}")]
    assert header not in Client().get("/healthz").headers
