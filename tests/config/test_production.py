"""Production settings: nothing of the demo, cookies and redirects for HTTPS only, strong password hashes."""

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.core.management import CommandError, call_command

from people.models import Person, Unit
from tests.config.loading import load_settings


@pytest.fixture
def production(environment):
    environment(SECRET_KEY="k" * 50, ALLOWED_HOSTS="hoc.example.gov.vn, hoc2.example.gov.vn", DEMO_CONTENT="1")
    return load_settings("production")


def test_demo_content_cannot_be_switched_on(production):
    assert production.DEMO_CONTENT is False
    assert production.DEBUG is False


def test_the_demo_command_refuses(settings, production, site):
    settings.DEMO_CONTENT = production.DEMO_CONTENT
    before = Person.objects.count(), Unit.objects.count()
    with pytest.raises(CommandError, match="switched off"):
        call_command("load_demo")
    assert (Person.objects.count(), Unit.objects.count()) == before


def test_everything_goes_over_https(production):
    assert production.SECURE_SSL_REDIRECT
    assert production.SECURE_HSTS_SECONDS >= 31536000
    assert production.SESSION_COOKIE_SECURE
    assert production.CSRF_COOKIE_SECURE
    assert production.SECURE_PROXY_SSL_HEADER == ("HTTP_X_FORWARDED_PROTO", "https")


def test_only_the_named_hosts_are_answered(production):
    assert production.ALLOWED_HOSTS == ["hoc.example.gov.vn", "hoc2.example.gov.vn"]


def test_scripts_cannot_read_the_session_and_other_sites_cannot_send_it(settings):
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.CSRF_COOKIE_SAMESITE == "Lax"


def test_passwords_are_kept_as_argon2id_with_the_parameters_of_owasp(settings, environment):
    settings.PASSWORD_HASHERS = load_settings("base").PASSWORD_HASHERS
    encoded = make_password("đèo cao gió lộng")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password("đèo cao gió lộng", encoded)
    assert not check_password("đèo cao gió lặng", encoded)


def test_an_older_hash_is_renewed_at_the_next_sign_in(settings, environment):
    settings.PASSWORD_HASHERS = load_settings("base").PASSWORD_HASHERS
    old = make_password("đèo cao gió lộng", hasher="pbkdf2_sha256")
    renewed = []
    assert check_password("đèo cao gió lộng", old, setter=renewed.append)
    assert renewed == ["đèo cao gió lộng"]
    assert identify_hasher(make_password("x")).algorithm == "argon2"


def test_short_and_common_passwords_are_refused(environment):
    from django.contrib.auth.password_validation import get_password_validators, validate_password
    from django.core.exceptions import ValidationError

    validators = get_password_validators(load_settings("base").AUTH_PASSWORD_VALIDATORS)
    for poor in ("13 ky tu thoi", "nong-thi-lan-2026"):
        with pytest.raises(ValidationError):
            validate_password(poor, Person(username="nong-thi-lan", full_name="Nông Thị Lan"), validators)
    validate_password("đèo cao gió lộng", Person(username="lan"), validators)
