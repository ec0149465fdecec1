"""The whole main job: from sign-in to a certificate anybody can check, HR sees it, the press tells a story."""

import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from shared.text.fold import to_nfc
from tests.journeys.answers import by_stem, fill_in, open_quiz, shown, stem_of

pytestmark = pytest.mark.browser

SAVED = re.compile(r"\d:\d\d:\d\d")  # “Đã lưu lúc 9:41:07”
COURSE = "/khoa-hoc/van-hoa-cong-vu-de-an-1847/"


def read_all_lessons(page, served, course: str) -> None:
    page.goto(served.url + course)
    page.locator(".course-action form button, .course-action a.button").first.click()
    for _ in range(40):
        done = page.locator(".lesson-nav form button")
        if done.count():
            done.click()
        elif page.locator(".lesson-nav a.button:not(.button--outline)").count():
            page.locator(".lesson-nav a.button:not(.button--outline)").click()
        if "#quiz" in page.url:
            return
    raise AssertionError("the lessons did not come to an end")


def take_quiz(page, questions: dict, right: bool) -> None:
    open_quiz(page)
    for number in range(1, len(questions) + 1):
        expect(page.locator("[data-place]")).to_have_text(f"{number}/{len(questions)}")
        if right:
            stem = stem_of(page)
            fill_in(page, questions[stem])
            expect(page.locator("[data-saved]")).to_contain_text(SAVED)
        page.locator("button[name=go][value=next]").click()
    page.wait_for_url(re.compile("nop-bai"))
    page.locator("form[action*=nop-bai] button").click()
    page.wait_for_url(re.compile("ket-qua"))


def test_from_sign_in_to_certificate_and_hr(served, sign_in, tmp_path):
    questions = by_stem("van-hoa-cong-vu-1847")
    page = sign_in("lan")
    read_all_lessons(page, served, COURSE)

    take_quiz(page, questions, right=False)
    assert "chưa đạt" in page.locator("h1").inner_text().lower()
    take_quiz(page, questions, right=True)
    assert "Đạt" in page.locator("h1").inner_text()

    for _ in range(40):  # the worker makes the PDF; the page says so until it is there
        link = page.locator("a[href$='.pdf']")
        if link.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    answer = page.request.get(served.url + link.get_attribute("href"))
    assert answer.ok
    assert answer.headers["content-type"] == "application/pdf"
    pdf = tmp_path / "certificate.pdf"
    pdf.write_bytes(answer.body())
    text = to_nfc(PdfReader(pdf).pages[0].extract_text())
    assert "Nông Thị Lan" in text
    [address] = {
        annotation.get_object()["/A"]["/URI"]
        for annotation in PdfReader(pdf).pages[0].get("/Annots", [])
        if "/A" in annotation.get_object()
    }
    assert re.search(r"/xac-minh/[0-9A-Z-]{14}/$", address)

    page.context.clear_cookies()
    page.goto(served.url + address[address.index("/xac-minh/") :])
    assert "Hợp lệ" in page.locator("main").inner_text()
    assert "Nông Thị Lan" in page.locator("main").inner_text()

    page = sign_in("hung")
    page.goto(f"{served.url}/nhan-su/?q=nong+thi+lan")
    row = page.locator("main table tr").filter(has_text="Nông Thị Lan").filter(has_text="Văn hóa công vụ")
    assert "Đã hoàn thành" in row.first.inner_text()


def test_without_javascript_a_learner_reaches_the_certificate(served, browser, request):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.url}/tai-khoan/login/")
    page.fill("[name=login]", "minh")
    page.fill("[name=password]", served.password)
    page.click("main form button")
    read_all_lessons(page, served, "/khoa-hoc/quy-tac-ung-xu-noi-cong-so/")
    questions = by_stem("quy-tac-ung-xu-cong-so")
    open_quiz(page)
    for _ in range(len(questions)):
        stem = stem_of(page)
        fill_in(page, questions[stem])
        page.locator("button[name=go][value=next]").click()
    page.locator("form[action*=nop-bai] button").click()
    assert "Đạt" in page.locator("h1").inner_text()
    context.close()


def test_an_answer_survives_closing_the_browser(served, browser):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.url}/tai-khoan/login/")
    page.fill("[name=login]", "mai")
    page.fill("[name=password]", served.password)
    page.click("main form button")
    read_all_lessons(page, served, "/khoa-hoc/ky-nang-so-cho-can-bo-cong-chuc/")
    questions = by_stem("ky-nang-so-cbccvc")
    open_quiz(page)
    shown(page).wait_for()
    fill_in(page, questions[stem_of(page)])
    expect(page.locator("[data-saved]")).to_contain_text(SAVED)
    address = page.url
    context.close()

    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.url}/tai-khoan/login/?next={address.removeprefix(served.url)}")
    page.fill("[name=login]", "mai")
    page.fill("[name=password]", served.password)
    page.click("main form button")
    assert page.url == address
    assert ":" in page.locator("[data-saved]").inner_text()
    context.close()
