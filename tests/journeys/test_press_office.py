"""A good example from nomination to a public story, and down again: six people, one browser, real workers."""

import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.test_pages import AXE

pytestmark = pytest.mark.browser

TITLE = "Người mở cửa sớm"
SLUG = "nguoi-mo-cua-som"

# The press officer's pictures and words; choosing them in the editor's dialogs is Wagtail's own, tested journey.
DRAFT = """
from media.models import *
from people.models import Person
exemplar = Nomination.objects.get(display_name="Nông Thị Lan").exemplar
thao = Person.objects.get(username="thao")
photograph = Photograph.objects.get(title="Quầy số hai (minh họa)")
picture = Photograph(title="Quầy sớm (minh họa)", alt_text="Chị Lan mở cửa quầy.", credit="Ảnh: minh họa",
                     caption="Chị Lan mở cửa quầy.", is_drawing=True, uploaded_by_user=thao)
from django.core.files.base import ContentFile
with photograph.open_file() as file:
    picture.file = ContentFile(file.read(), name="quay-som.jpg")
picture._set_image_file_metadata()
picture.save()
picture.depicted.set([exemplar])
story = StoryPage(title={title!r}, slug={slug!r}, standfirst="Chuyện minh họa về một quầy mở cửa sớm mười phút.",
    live=False, owner=thao, main_photograph=picture, byline="Bài: Tổ báo chí (minh họa)", is_fictional=True,
    body=[("text", "<p>Bảy giờ kém mười, cửa đã mở.</p>"),
          ("pull_quote", {{"text": "Mở sớm để bà con khỏi đứng chờ.", "attribution": "Nông Thị Lan"}})])
StoryIndexPage.objects.get().add_child(instance=story)
story.people = [StoryPerson(exemplar=exemplar, named=True, pictured=True, portrait=picture)]
story.save_revision(user=thao)
CampaignStory.objects.create(campaign=CampaignPage.objects.first(), story=story)
print(exemplar.pk, story.pk)
"""

SCHEDULE = """
from datetime import timedelta
from django.utils import timezone
from media.models import StoryPage
draft = StoryPage.objects.get(slug={slug!r}).get_latest_revision_as_object()
draft.go_live_at = timezone.now() + timedelta(seconds=5)
draft.save_revision().publish()
"""

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


def test_from_nomination_to_withdrawal(served, sign_in, tmp_path):
    page = sign_in("hoa")  # the head of the commune nominates, with evidence
    page.goto(f"{served.url}/de-nghi/moi/")
    centre = page.locator("[name=unit] option", has_text="Trung tâm Phục vụ hành chính công xã Thượng Sơn")
    page.select_option("[name=unit]", value=centre.first.get_attribute("value"))
    page.check("[name=kind][value=official]")
    page.fill("[name=display_name]", "Nông Thị Lan")
    page.fill("[name=position_title]", "Công chức Bộ phận Một cửa")
    page.fill("[name=staff_number]", "LG0001")
    page.fill("[name=achievement]", "Mở cửa quầy sớm mười phút mỗi sáng (minh họa).")
    page.check("[name=pillars][value=spirit]")
    page.select_option("[name=level]", label="Cơ sở")
    evidence = tmp_path / "minh-chung.pdf"
    evidence.write_bytes(b"%PDF-1.4 minh hoa")
    page.set_input_files("[name=evidence]", evidence)
    page.click("main form .button--gold")
    page.wait_for_url(re.compile(r"/de-nghi/\d+/$"))
    nomination = page.url

    page = sign_in("lan")  # the nominee reads it first and agrees
    page.goto(nomination)
    page.click("button[value=agree]")
    page = sign_in("hung")  # HR says yes
    page.goto(nomination)
    page.click("button[value=yes]")

    page = sign_in("quang")  # the council meets, votes and decides
    page.goto(f"{served.url}/hoi-dong/")
    page.select_option("[name=unit]", index=0)
    page.fill("[name=title]", "Đợt một (minh họa)")
    page.fill("[name=held_on]", "2026-11-28")
    page.click("main form .button--gold")
    page.wait_for_url(re.compile(r"/hoi-dong/\d+/$"))
    page.click("button[name=nomination]")
    page.click("button[name=value][value=for]")
    page.fill("[name=minutes]", "Có mặt đủ thành viên (minh họa).")
    page.click("form[enctype] .button--gold")
    page.locator("summary", has_text="Ghi quyết định").click()
    for name, value in {
        "award_form": "Giấy khen",
        "decision_number": "12/QĐ-UBND",
        "decided_on": "2026-11-28",
        "issuer": "Chủ tịch UBND xã Thượng Sơn (minh họa)",
    }.items():
        page.locator(f"[name$=-{name}]").fill(value)
    page.locator("form", has=page.locator("[value=decide]")).locator("button.button").click()
    expect(page.locator("main")).to_contain_text("12/QĐ-UBND")

    exemplar, story = served.shell(DRAFT.format(title=TITLE, slug=SLUG)).splitlines()[-1].split()
    public = f"{served.url}/guong-dien-hinh/{SLUG}/"
    page = sign_in("thao")  # the press office asks for consent
    page.goto(f"{served.url}/quan-tri/consent_requests/new/?exemplar={exemplar}&story={story}")
    for name in ("names", "position", "portrait", "story_told", "on_site", "on_social", "on_print"):
        page.check(f"[name={name}]")
    page.locator("main form footer button, main form [type=submit]").last.click()
    page.wait_for_load_state()

    page = sign_in("lan")  # the person reads wording and draft, ticks, signs
    page.goto(f"{served.url}/tai-khoan/dong-y/")
    page.click("text=Đọc và trả lời")
    assert page.locator("main input:checked").count() == 0
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.click("text=Ký đồng ý")
    expect(page.locator("main")).to_contain_text("Còn hiệu lực")

    page = sign_in("thao")  # into the workflow
    page.goto(f"{served.url}/quan-tri/pages/{story}/edit/")
    page.locator(
        "footer [data-w-dropdown-target=toggle], footer .w-dropdown-button button[aria-expanded]"
    ).first.click()
    page.locator("[name=action-submit]").click()
    page.wait_for_load_state()
    page = sign_in("an")  # the approver publishes; then a schedule is kept by the beat
    page.goto(f"{served.url}/quan-tri/pages/{story}/edit/")
    assert fetch(page, public) == 404
    served.shell(SCHEDULE.format(slug=SLUG))
    assert until(130, lambda: fetch(page, public) == 200), "the scheduled story did not go live"

    page.context.clear_cookies()
    assert until(60, lambda: len(served.shell(FILES.format(slug=SLUG)).splitlines()[-1].split("|")) >= 14)
    card_tag = "meta[property='og:image']"
    assert until(60, lambda: "og:image" in page.request.get(public).text()), "the share card was not made"
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(public)
    expect(page.locator("h1")).to_have_text(TITLE)
    page.faults.clear()  # the admin's own policy is wider
    assert Axe().run(page, options=AXE).response["violations"] == []
    expect(page.locator("#press-kit")).to_be_visible()
    card = page.locator(card_tag).get_attribute("content")
    kit = served.url + page.locator(".downloads a").get_attribute("href")
    files = [f"{served.url}/tep/{name}" for name in served.shell(FILES.format(slug=SLUG)).splitlines()[-1].split("|")]
    assert {fetch(page, one) for one in [card, kit, *files]} == {200}
    for place in ("/guong-dien-hinh/", "/guong-dien-hinh/feed/", "/chien-dich/moi-ngay-mot-hanh-dong-dep/"):
        assert TITLE in page.request.get(served.url + place).text(), place

    page = sign_in("lan")  # and she withdraws
    page.goto(f"{served.url}/tai-khoan/dong-y/")
    page.click("text=Rút lại sự đồng ý này")
    page.click("main form .button:not(.button--outline)")
    page.context.clear_cookies()
    gone = [public, card, kit, *files]
    assert until(60, lambda: {fetch(page, one) for one in gone} <= {404, 410})
    on_disk = [served.folder / "public" / name.split("/tep/")[1] for name in [card, kit, *files]]
    assert until(60, lambda: not any(one.exists() for one in on_disk))
    for place in ("/guong-dien-hinh/", "/guong-dien-hinh/feed/", "/sitemap.xml", "/tim-kiem/?q=mo+cua+som"):
        text = page.request.get(served.url + place).text()
        assert TITLE not in text and SLUG not in text, place
    page.faults.clear()
