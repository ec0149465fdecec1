"""Getting in with a real browser: app and recovery codes, passkey, activation slip, the warning before signing out."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.people.sign_in.factors import code_now

pytestmark = pytest.mark.browser

KEEP_ALIVE = re.compile("con-lam-viec")

GIVE_CODE = """
from datetime import timedelta
from django.utils import timezone
from people.domain import activation, persons
from people.models import Person
person = Person.objects.filter(username="moi").first() or persons.create_person("moi", "Lò Văn Mới")
print(activation.give_codes([person], expires=timezone.now() + timedelta(days=1))[person.pk])
"""


def sign_out(page, served) -> None:
    page.goto(f"{served.url}/tai-khoan/")
    page.locator("main form[action*=logout] button").click()
    page.wait_for_url(f"{served.url}/")


def enter_password(page, served, username: str) -> None:
    page.goto(f"{served.url}/tai-khoan/login/?next=/viec-hoc/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", served.password)
    page.click("main form.stacked-form button")


def test_app_and_recovery_codes(served, sign_in):
    page = sign_in("mai")
    page.goto(f"{served.url}/tai-khoan/2fa/totp/activate/")
    expect(page.locator(".qr-box svg")).to_be_visible()
    page.locator("summary").click()
    secret = page.locator(".secret-key").inner_text().strip()
    page.fill("[name=code]", code_now(secret))
    page.click("main form.stacked-form button")
    page.wait_for_url(re.compile("recovery-codes"))
    codes = page.locator(".recovery-codes code").all_inner_texts()
    assert len(codes) == 10

    sign_out(page, served)
    enter_password(page, served, "mai")
    page.wait_for_url(re.compile("2fa/authenticate"))
    page.fill("[name=code]", "000000")
    page.click("main form.stacked-form button")
    expect(page.locator(".error-summary")).to_be_visible()
    page.fill("[name=code]", code_now(secret, steps=1))  # the present digits were used for setting up
    page.click("main form.stacked-form button")
    page.wait_for_url(re.compile("/viec-hoc/"))

    sign_out(page, served)
    enter_password(page, served, "mai")
    page.fill("[name=code]", codes[3])
    page.click("main form.stacked-form button")
    page.wait_for_url(re.compile("/viec-hoc/"))


def test_a_passkey_opens_the_account_without_a_password(served, browser):
    """Chromium's own authenticator, with a finger that is always right. Passkeys need a name, not an IP address."""
    here = served.url.replace("127.0.0.1", "localhost")
    page = browser.new_context().new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: "Security Policy" in message.text and faults.append(message.text))
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    page.goto(f"{here}/tai-khoan/login/?next=/tai-khoan/2fa/webauthn/add/")
    page.fill("[name=login]", "quang")
    page.fill("[name=password]", served.password)
    page.click("main form.stacked-form button")
    page.wait_for_url(re.compile("webauthn/add"))
    page.fill("[name=name]", "Máy tính cơ quan")
    page.click("#passkey_add")
    page.wait_for_url(re.compile("recovery-codes"))
    page.goto(f"{here}/tai-khoan/2fa/webauthn/")
    expect(page.get_by_text("Máy tính cơ quan").first).to_be_visible()

    page.goto(f"{here}/tai-khoan/")
    page.locator("main form[action*=logout] button").click()
    page.wait_for_url(f"{here}/")
    page.goto(f"{here}/tai-khoan/login/")
    page.click("#passkey_login")
    page.wait_for_url(f"{here}/")
    page.goto(f"{here}/tai-khoan/")
    expect(page.locator("main")).to_contain_text("Hoàng Đức Quang")

    page.locator("main form[action*=logout] button").click()
    page.wait_for_url(f"{here}/")
    page.goto(f"{here}/tai-khoan/login/?next=/viec-hoc/")
    page.fill("[name=login]", "quang")
    page.fill("[name=password]", served.password)
    page.click("main form.stacked-form button")
    page.wait_for_url(re.compile("2fa/authenticate"))
    page.click("#passkey_authenticate")
    page.wait_for_url(re.compile("/viec-hoc/"))
    assert faults == []
    page.context.close()


def test_the_first_sign_in_with_a_slip(served, visit):
    code = served.shell(GIVE_CODE).splitlines()[-1]
    visit.goto(f"{served.url}/kich-hoat/")
    visit.fill("[name=name]", "moi")
    visit.fill("[name=code]", code.lower())
    visit.click("main form.stacked-form button")
    visit.wait_for_url(re.compile("mat-khau"))
    for field in ("password1", "password2"):
        visit.fill(f"[name={field}]", "đèo cao gió lộng")
    visit.click("main form.stacked-form button")
    visit.wait_for_url(f"{served.url}/")
    visit.goto(f"{served.url}/tai-khoan/")
    expect(visit.locator("main")).to_contain_text("Lò Văn Mới")


def test_all_other_sessions_end_at_once(served, sign_in, browser):
    page = sign_in("son")
    other = browser.new_context().new_page()
    enter_password(other, served, "son")
    other.wait_for_url(re.compile("/viec-hoc/"))
    page.goto(f"{served.url}/tai-khoan/sessions/")
    page.locator("main form[action*=sessions] button").click()
    expect(page.locator(".factor-list > li")).to_have_count(1)
    other.goto(f"{served.url}/viec-hoc/")
    assert "/tai-khoan/login/" in other.url
    other.context.close()


@pytest.mark.parametrize("address", ["/viec-hoc/", "/quan-tri/"])
def test_before_the_session_ends_a_warning_asks(served, sign_in, address):
    """The page's clock is put forward; the server, whose clock is not, is asked by script and answered for."""
    page = sign_in("an")
    told = []

    def answer(route):
        told.append(route.request.method)
        left = 50 if route.request.method == "GET" else 900
        route.fulfill(json={"left": left})

    page.route(KEEP_ALIVE, answer)
    page.clock.install()
    page.goto(served.url + address)
    warning = page.locator("#idle-warning")
    limit = int(warning.get_attribute("data-limit"))
    assert limit == (300 if address == "/quan-tri/" else 900)
    expect(warning).to_be_hidden()
    page.clock.run_for(timedelta(seconds=limit - 40).seconds * 1000)
    expect(warning).to_be_visible()
    expect(warning.locator("[data-idle-left]")).to_have_text(re.compile(r"0:[0-5]\d"))
    warning.locator("[data-idle-stay]").click()
    expect(warning).to_be_hidden()
    assert told[-1] == "POST"


def test_typing_and_playing_media_count_as_use(served, sign_in):
    page = sign_in("an")
    told = []
    page.route(KEEP_ALIVE, lambda route: (told.append(route.request.method), route.fulfill(json={"left": 900})))
    page.clock.install()
    page.goto(f"{served.url}/tim-kiem/")
    for sign in ("input", "timeupdate"):
        told.clear()
        page.clock.run_for(61_000)
        page.evaluate(f"document.querySelector('main').dispatchEvent(new Event('{sign}'))")
        page.wait_for_timeout(200)
        assert told == ["POST"], sign
