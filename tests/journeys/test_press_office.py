"""A good example from nomination to a public story, and down again: six people, one browser, real workers."""

import re
import time
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from tests.journeys import editor
from tests.journeys.test_pages import AXE

pytestmark = pytest.mark.browser

TITLE = "Người mở cửa sớm"
SLUG = "nguoi-mo-cua-som"
PUBLIC = f"/guong-dien-hinh/{SLUG}/"
NAME = "Nông Thị Lan"
PICTURE = "Quầy sớm (minh họa)"
CAMPAIGN = "Mỗi ngày một hành động đẹp"

# Which files there are of the story, whatever page shows them.
FILES = """
from media.models import *
story = StoryPage.objects.get(slug={slug!r})
names = [one.file.name for one in Rendition.objects.filter(image__used_in_stories__story=story)]
names += [one.file.name for model in (ShareCard, PressKit) for one in model.objects.filter(story=story)]
print("|".join(names))
"""


def fetch(page, url: str) -> int:
    return page.request.get(url, max_redirects=0).status


def until(seconds: int, right) -> bool:
    """Whether it comes true in that time; asked twice a second, as an impatient reader would."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if right():
            return True
        time.sleep(0.5)
    return False


def nominate(page, url: str, evidence) -> str:
    """The head of the commune nominates, with evidence. Returns the nomination's address."""
    page.goto(f"{url}/de-nghi/moi/")
    centre = page.locator("[name=unit] option", has_text="Trung tâm Phục vụ hành chính công xã Thượng Sơn")
    page.select_option("[name=unit]", value=centre.first.get_attribute("value"))
    page.check("[name=kind][value=official]")
    page.fill("[name=display_name]", NAME)
    page.fill("[name=position_title]", "Công chức Bộ phận Một cửa")
    page.fill("[name=staff_number]", "LG0001")
    page.fill("[name=achievement]", "Mở cửa quầy sớm mười phút mỗi sáng (minh họa).")
    page.check("[name=pillars][value=spirit]")
    page.select_option("[name=level]", label="Cơ sở")
    evidence.write_bytes(b"%PDF-1.4 minh hoa")
    page.set_input_files("[name=evidence]", evidence)
    page.click("main form .button--gold")
    page.wait_for_url(re.compile(r"/de-nghi/\d+/$"))
    return page.url


def answer(page, nomination: str, button: str) -> None:
    page.goto(nomination)
    page.click(f"button[value={button}]")


def hold_council(page, url: str) -> None:
    """The council meets, votes, writes minutes and records the decision."""
    page.goto(f"{url}/hoi-dong/")
    page.select_option("[name=unit]", index=0)
    page.fill("[name=title]", "Đợt một (minh họa)")
    page.fill("[name=held_on]", "2026-11-28")
    page.click("main form .button--gold")
    page.wait_for_url(re.compile(r"/hoi-dong/\d+/$"))
    page.click("button[name=nomination]")
    page.click("button[name=value][value=for]")
    page.fill("[name=minutes]", "Có mặt đủ thành viên (minh họa).")
    page.click("form[enctype] .button--gold")
    decide(page)
    expect(page.locator("main")).to_contain_text("12/QĐ-UBND")


def decide(page) -> None:
    page.locator("summary", has_text="Ghi quyết định").click()
    for name, value in {
        "award_form": "Giấy khen",
        "decision_number": "12/QĐ-UBND",
        "decided_on": "2026-11-28",
        "issuer": "Chủ tịch UBND xã Thượng Sơn (minh họa)",
    }.items():
        page.locator(f"[name$=-{name}]").fill(value)
    page.locator("form", has=page.locator("[value=decide]")).locator("button.button").click()


def upload(page, folder, name: str, **facts) -> None:
    """A picture nobody else uses, so that all of its files end with the story."""
    file = folder / f"{name}.jpg"
    Image.effect_noise((1600, 1067), 40).convert("RGB").save(file, quality=90)
    rights = {"credit": "Ảnh: minh họa", "rights": "Ảnh tự chụp (minh họa)"}
    editor.upload_in_chooser(page, str(file), **rights, **facts)


def write_story(page, url: str, folder) -> str:
    """The press officer writes it on the desk, with pictures of her own. Returns the editor's address."""
    editor.open_new_story(page, url)
    editor.write(page, TITLE, "Chuyện minh họa về một quầy mở cửa sớm mười phút.")
    editor.open_chooser(page, "[data-contentpath=main_photograph]", "Chọn ảnh")
    upload(page, folder, "quay", title=PICTURE, alt_text="Chị Lan mở cửa quầy.", depicted=NAME)
    editor.add_block(page, "Đoạn văn")
    editor.type_text(page, "Bảy giờ kém mười, cửa đã mở.")
    editor.add_block(page, "Ảnh")
    editor.open_chooser(page, "[data-contentpath=body]", "Chọn ảnh")
    upload(page, folder, "duong", title="Đường vào xã (minh họa)", alt_text="Con đường vào xã.")
    editor.list_person(page, NAME, portrait=PICTURE)
    page.fill("[name=byline]", "Bài: Tổ báo chí (minh họa)")
    page.check("[name=is_fictional]")
    return editor.save_draft(page)


def ask_for_consent(page, edit: str) -> None:
    """The editor says who has to be asked, and leads there."""
    page.goto(edit)
    page.get_by_role("link", name="xin sự đồng ý").first.click()
    for name in ("names", "position", "portrait", "story_told", "on_site", "on_social", "on_print"):
        page.check(f"[name={name}]")
    page.locator("main form footer button, main form [type=submit]").last.click()
    page.wait_for_load_state()


def consent(page, url: str) -> None:
    """The person reads wording and draft, ticks, signs; nothing is ticked for her."""
    page.goto(f"{url}/tai-khoan/dong-y/")
    page.click("text=Đọc và trả lời")
    assert page.locator("main input:checked").count() == 0
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.click("text=Ký đồng ý")
    expect(page.locator("main")).to_contain_text("Còn hiệu lực")


def submit(page, url: str, edit: str) -> None:
    """Into the campaign, with a time to go live, into the workflow."""
    editor.put_into_campaign(page, url, CAMPAIGN, TITLE)
    page.goto(edit)
    moment = timezone.now().astimezone(ZoneInfo("Asia/Ho_Chi_Minh")) + timedelta(minutes=3)
    editor.schedule(page, f"{moment:%d/%m/%Y %H:%M}")
    editor.act(page, "Trình duyệt theo Duyệt tin bài")
    expect(page.locator(editor.SAVED)).to_be_visible(timeout=20_000)


def read_it(page, url: str, served) -> list[str]:
    """As a reader with a telephone. Returns the addresses of everything the story is made of."""
    page.context.clear_cookies()
    names = lambda: served.shell(FILES.format(slug=SLUG)).splitlines()[-1].split("|")  # noqa: E731  asked again
    assert until(60, lambda: len(names()) >= 14)
    assert until(60, lambda: "og:image" in page.request.get(url + PUBLIC).text()), "the share card was not made"
    page.set_viewport_size({"width": 360, "height": 800})
    page.faults.clear()  # the admin's own policy is wider
    page.goto(url + PUBLIC)
    expect(page.locator("h1")).to_have_text(TITLE)
    assert Axe().run(page, options=AXE).response["violations"] == []
    expect(page.locator("#press-kit")).to_be_visible()
    card = page.locator("meta[property='og:image']").get_attribute("content")
    kit = url + page.locator(".downloads a").get_attribute("href")
    assert page.faults == []
    return [url + PUBLIC, card, kit, *(f"{url}/tep/{name}" for name in names())]


def withdraw(page, url: str) -> None:
    page.goto(f"{url}/tai-khoan/dong-y/")
    page.click("text=Rút lại sự đồng ý này")
    page.click("main form .button:not(.button--outline)")
    page.context.clear_cookies()


def test_from_nomination_to_withdrawal(served, sign_in, tmp_path):
    url = served.url
    nomination = nominate(sign_in("hoa"), url, tmp_path / "minh-chung.pdf")
    answer(sign_in("lan"), nomination, "agree")
    answer(sign_in("hung"), nomination, "yes")
    hold_council(sign_in("quang"), url)

    edit = write_story(sign_in("thao"), url, tmp_path)
    ask_for_consent(sign_in("thao"), edit)
    consent(sign_in("lan"), url)
    submit(sign_in("thao"), url, edit)
    page = sign_in("an")
    page.goto(edit)
    editor.approve_with_comment(page, "Đã đọc, đúng sự việc (minh họa).")
    assert fetch(page, url + PUBLIC) == 404
    assert until(300, lambda: fetch(page, url + PUBLIC) == 200), "the scheduled story did not go live"

    addresses = read_it(page, url, served)
    assert {fetch(page, one) for one in addresses} == {200}
    for place in ("/guong-dien-hinh/", "/guong-dien-hinh/feed/", "/chien-dich/moi-ngay-mot-hanh-dong-dep/"):
        assert TITLE in page.request.get(url + place).text(), place

    withdraw(sign_in("lan"), url)
    assert until(60, lambda: {fetch(page, one) for one in addresses} <= {404, 410})
    on_disk = [served.folder / "public" / one.split("/tep/")[1] for one in addresses[1:]]
    assert until(60, lambda: not any(one.exists() for one in on_disk))
    for place in ("/guong-dien-hinh/", "/guong-dien-hinh/feed/", "/sitemap.xml", "/tim-kiem/?q=mo+cua+som"):
        text = page.request.get(url + place).text()
        assert TITLE not in text and SLUG not in text, place
    page.faults.clear()
