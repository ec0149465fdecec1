"""The press officer's story: refused with the reason while consent is missing, public once it is on record."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys import editor

pytestmark = pytest.mark.browser

NAME = "Quàng Văn Ví Dụ"
TITLE = "Con dấu và nụ cười"
PUBLIC = "/guong-dien-hinh/con-dau-va-nu-cuoi/"


def enter_person(page, url: str) -> str:
    """From the desk's first page. Returns the number of the record."""
    page.goto(f"{url}/quan-tri/")
    page.get_by_role("link", name="Thêm cá nhân, tập thể").click()
    page.select_option("[name=kind]", label="Cá nhân")
    page.fill("[name=display_name]", NAME)
    page.fill("[name=unit_name]", "UBND xã Khe Mây (minh họa)")
    page.get_by_role("button", name="Lưu").click()
    address = page.locator(".messages a").first.get_attribute("href")
    return re.search(r"/(\d+)/", address).group(1)


def write_story(page, url: str) -> str:
    editor.open_new_story(page, url)
    editor.write(page, TITLE, "Chuyện minh họa ở một quầy nhỏ.")
    editor.open_chooser(page, "[data-contentpath=main_photograph]", "Chọn ảnh")
    editor.choose(page, "Núi Lam Giang (minh họa)")
    editor.add_block(page, "Đoạn văn")
    editor.type_text(page, "Anh Ví Dụ chào trước, hỏi sau.")
    editor.list_person(page, NAME)
    page.check("[name=is_fictional]")
    return editor.save_draft(page)


def record_paper(page, url: str, exemplar: str) -> None:
    """The signed paper is copied; no box is ticked beforehand."""
    page.goto(f"{url}/quan-tri/consents/new/?exemplar={exemplar}")
    assert page.locator("main form input:checked").count() == 0
    page.fill("[name=given_by]", NAME)
    for name in ("names", "position", "portrait", "story", "on_site", "on_social", "on_print"):
        page.check(f"[name={name}]")
    page.fill("[name=obtained_on]", f"{timezone.localdate():%d/%m/%Y}")
    page.locator("main form footer button, main form [type=submit]").last.press("Enter")
    expect(page.locator(editor.SAVED)).to_be_visible(timeout=20_000)


def test_a_story_waits_for_consent(served, sign_in):
    page = sign_in("thao")
    exemplar = enter_person(page, served.url)
    edit = write_story(page, served.url)

    editor.act(page, "Đăng")
    expect(page.locator(".messages")).to_contain_text(NAME)
    assert page.request.get(served.url + PUBLIC).status == 404

    record_paper(page, served.url, exemplar)
    page.goto(edit)
    editor.act(page, "Đăng")
    expect(page.locator(editor.SAVED)).to_be_visible(timeout=20_000)
    page.context.clear_cookies()
    page.goto(served.url + PUBLIC)
    expect(page.locator("h1")).to_have_text(TITLE)
    page.faults.clear()  # the admin's own policy is wider; the public page's is checked in test_pages
