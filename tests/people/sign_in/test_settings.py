"""The settings of signing in: defaults, and what stops a start."""

import pytest

from config import environment
from tests.config.loading import load_settings

NUMBERS = ["SIGN_IN_FAILURES", "SIGN_IN_FAILURES_PER_ADDRESS", "SIGN_IN_LOCK_MINUTES", "IDLE_MINUTES",
           "IDLE_MINUTES_DESK", "IDLE_ACCOUNT_DAYS", "PASSWORD_LENGTH", "PASSWORD_LENGTH_WITH_SECOND_FACTOR",
           "ACTIVATION_CODE_DAYS", "ACTIVATION_FILE_HOURS", "BREAK_GLASS_MINUTES"]  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch):
    for name in (*NUMBERS, "SECOND_FACTOR", "SECOND_FACTOR_NETWORKS", "OIDC_SERVER_URL", "EMAIL_URL"):
        monkeypatch.delenv(name, raising=False)


def test_the_defaults():
    module = load_settings("sign_in")
    assert [getattr(module, name) for name in NUMBERS] == [5, 50, 15, 15, 5, 45, 14, 8, 30, 24, 60]
    assert module.SECOND_FACTOR == "offered"
    assert module.ACCOUNT_RATE_LIMITS["login_failed"] == "5/15m/key,50/15m/ip"
    assert module.OIDC is None


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", ["x", "-1", "1.5", "99999999"])
def test_a_bad_number_stops_the_start(monkeypatch, capsys, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(environment.BadSetting, match=name):
        load_settings("sign_in")


@pytest.mark.parametrize(
    ("name", "value"),
    [("SECOND_FACTOR", "no"), ("SECOND_FACTOR_NETWORKS", "10.0.0.0/33"), ("SECOND_FACTOR_NETWORKS", "office"),
     ("SECOND_FACTOR_NETWORKS", "10.1.2.3/8")],
)  # fmt: skip
def test_a_bad_choice_stops_the_start(monkeypatch, capsys, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(environment.BadSetting, match=name):
        load_settings("sign_in")


def production(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x" * 60)
    monkeypatch.setenv("ALLOWED_HOSTS", "hoc.example.gov.vn")
    return load_settings("production")


def test_production_asks_for_a_second_factor(monkeypatch, capsys):
    assert production(monkeypatch).SECOND_FACTOR == "roles"
    monkeypatch.setenv("SECOND_FACTOR", "offered")
    with pytest.raises(environment.BadSetting, match="roles, everyone"):
        production(monkeypatch)


def test_the_mail_server_comes_from_one_address(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://gui%40mail:m%3Akh%E1%BA%A9u@mail.example.gov.vn:587")
    module = production(monkeypatch)
    assert (module.EMAIL_HOST, module.EMAIL_PORT, module.EMAIL_USE_TLS, module.EMAIL_USE_SSL) == (
        "mail.example.gov.vn", 587, True, False,
    )  # fmt: skip
    assert (module.EMAIL_HOST_USER, module.EMAIL_HOST_PASSWORD) == ("gui@mail", "m:khẩu")
    assert module.DEFAULT_FROM_EMAIL == "Nêu Gương <khong-tra-loi@hoc.example.gov.vn>"


@pytest.mark.parametrize("value", ["mail.example", "http://mail", "smtp://user:mat-khau-that@:25", "smtps://"])
def test_a_bad_mail_server_stops_the_start_without_showing_the_password(monkeypatch, capsys, value):
    monkeypatch.setenv("EMAIL_URL", value)
    with pytest.raises(environment.BadSetting):
        environment.mail_server()
    assert "mat-khau-that" not in capsys.readouterr().err


@pytest.mark.parametrize("value", ["nobody", "a <b>", ""])
def test_a_sender_needs_an_address(monkeypatch, capsys, value):
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", value)
    if value:
        with pytest.raises(environment.BadSetting):
            environment.sender("DEFAULT_FROM_EMAIL", "a@b.example")
    else:
        assert environment.sender("DEFAULT_FROM_EMAIL", "a@b.example") == "a@b.example"
