"""Pictures of one day: many at once, bad ones refused with the reason, faces blurred with the mouse."""

import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CREDIT = "Ảnh: Tổ báo chí (minh họa)"


def picture(folder, name: str):
    file = folder / name
    Image.effect_noise((800, 600), 50).convert("RGB").save(file, "JPEG", quality=90)
    return file


def row(page, name: str):
    return page.locator("#upload-list > li", has_text=name)


def upload(page, url: str, folder) -> None:
    """From the desk's first page: three pictures, one of them cut off in the middle."""
    cut = picture(folder, "cut-doi.jpg")
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    files = [picture(folder, "ngay-hoi-1.jpg"), cut, picture(folder, "ngay-hoi-2.jpg")]
    page.goto(f"{url}/quan-tri/")
    page.get_by_role("link", name="Tải ảnh lên").click()
    page.set_input_files("#fileupload", files)
    expect(row(page, "cut-doi.jpg")).to_contain_text("thiếu phần cuối", timeout=30_000)
    expect(page.locator("#upload-list form")).to_have_count(2, timeout=30_000)


def describe(page) -> None:
    """What both share is typed once; what a picture shows is asked of each."""
    forms = page.locator("#upload-list form")
    assert forms.first.locator("[name$=-title]").input_value() == "ngay-hoi-1"
    forms.first.locator("[name$=-credit]").fill(CREDIT)
    forms.first.locator("[name$=-rights]").fill("ảnh tự chụp")
    forms.first.get_by_role("button", name="Dùng cho cả các ảnh bên dưới").click()
    assert forms.last.locator("[name$=-credit]").input_value() == CREDIT

    forms.last.get_by_role("button", name="Cập nhật").click()
    expect(forms.last).to_contain_text("Cần điền ô này.")
    forms.last.locator("[name$=-alt_text]").fill("Người dân trong ngày hội.")
    forms.last.get_by_role("button", name="Cập nhật").click()
    expect(forms).to_have_count(1, timeout=20_000)


def blur_with_the_mouse(page, url: str) -> None:
    page.goto(f"{url}/quan-tri/images/")
    page.locator("main").get_by_role("link", name="ngay-hoi-2").first.click()
    board = page.locator("canvas")
    board.scroll_into_view_if_needed()
    box = board.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.25)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5, steps=4)
    page.mouse.up()
    left, top, width, height = map(float, page.locator("[data-blur-regions]").input_value().split())
    assert [left, top, width, height] == pytest.approx([25, 25, 25, 25], abs=2)
    page.get_by_role("button", name="Lưu").last.click()
    expect(page.locator(".messages .success")).to_be_visible(timeout=20_000)


def test_many_pictures_of_one_day(served, sign_in, tmp_path):
    page = sign_in("thao")
    upload(page, served.url, tmp_path)
    describe(page)
    blur_with_the_mouse(page, served.url)
    told = "from media.models import Photograph as P; p = P.objects.get(title='ngay-hoi-2'); print(p.credit, p.rights)"
    assert served.shell(told).splitlines()[-1] == f"{CREDIT} ảnh tự chụp"
    page.faults.clear()  # the admin's own policy is wider
