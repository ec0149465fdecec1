"""The HR desk for people in a real browser: accessible, and narrow enough at every width."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils import timezone

from people.domain import postings
from people.models import Person, Unit
from tests.reports import factories as make

pytestmark = [pytest.mark.browser]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
SHOTS = os.environ.get("SHOTS_DIR")  # a folder to leave pictures in, for looking at them


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox"]}


@pytest.fixture
def busy(transactional_db):
    """Units with long names, several pages of people, one with a history and plans. Returns viewer and person."""
    root = make.make_unit("Tỉnh Lam Giang")
    names = ["Sở Nông nghiệp và Môi trường", "Ủy ban nhân dân xã Suối Bạc", "Sở Văn hóa, Thể thao và Du lịch"]
    units = [make.make_unit(name, root) for name in names]
    units.append(make.make_unit("Trung tâm Phục vụ hành chính công và Bộ phận Một cửa liên thông", units[1]))
    given = ["An", "Ánh", "Ân", "Bình", "Chiến", "Dũng", "Đức"]
    people = [make.make_person(f"Nguyễn Thị Hoàng {given[n % 7]}", units[n % 4]) for n in range(60)]
    Person.objects.filter(pk__in=[person.pk for person in people[::3]]).update(
        last_login=timezone.now(), phone="0100123456", work_email=""
    )
    for person in people[::2]:
        Person.objects.filter(pk=person.pk).update(work_email=f"{person.username}.canbo@lamgiang.example")
    who = people[8]
    first = who.postings.get()
    today = timezone.localdate()
    second = postings.change(first, on=today - timedelta(days=200), actor=None, position_title="Chuyên viên chính")
    postings.start(who, units[3], "Phó Giám đốc Trung tâm", since=today, actor=None, is_manager=True)
    postings.transfer(second, units[2], on=today + timedelta(days=9), actor=None)
    viewer = make.make_hr(root)
    return viewer, who, second


def _open(context, live_server, client, viewer, path):
    client.force_login(viewer)
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + path)
    return page


def _judge(page, width: int, name: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{name} at {width} px"
    results = Axe().run(page, options=AXE)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_accessible_and_never_wider_than_the_screen(live_server, context, client, busy, width):
    viewer, who, posting = busy
    pages = {
        "directory": "nguoi/?q=nguyen",
        "nobody": "nguoi/?q=khong+co+ai&nhom=abc",
        "person": f"nguoi/{who.pk}/ho-so/",
        "change": f"nguoi/{who.pk}/ho-so/sua/",
        "add": "nguoi/them/",
        "close": f"nguoi/{who.pk}/tai-khoan/dong/",
        "move": f"chuc-vu/{posting.pk}/dieu-dong/",
    }
    for name, path in pages.items():
        page = _open(context, live_server, client, viewer, f"/nhan-su/{path}")
        if name == "person":
            page.locator(".step-menu summary").first.click()
        _judge(page, width, name)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_person_is_added_after_a_look_at_namesakes(live_server, context, client, busy, width):
    viewer, who, _posting = busy
    page = _open(context, live_server, client, viewer, "/nhan-su/nguoi/them/")
    page.click("form.stacked-form button.button--gold")  # the form is still empty
    assert page.locator(".error-summary").is_visible()
    _judge(page, width, "add-errors")
    page.fill("#full_name", "nguyen thi hoang anh")
    page.select_option("#unit", str(who.postings.first().unit_id))
    page.fill("#position_title", "Chuyên viên")
    page.click("form.stacked-form button.button--gold")
    _judge(page, width, "add-preview")
    page.check("#not_the_same")
    page.click("button[name=confirm]")
    page.wait_for_url("**/ho-so/")
    assert Person.objects.filter(username="anhnth").exists()
    _judge(page, width, "added")


def test_a_unit_is_found_by_typing_without_marks(busy, context, live_server, client):
    """A province has two thousand units: nobody scrolls through them."""
    viewer, _who, _posting = busy
    commune = Unit.objects.get(name="Ủy ban nhân dân xã Suối Bạc")
    for number in range(25):
        make.make_unit(f"Trường Tiểu học số {number}", commune)
    page = _open(context, live_server, client, viewer, reverse("people:persons"))
    box = page.get_by_role("combobox", name="Đơn vị")
    offered = page.locator(".choice-list:visible [role=option]")
    box.fill("buu chinh vien thong")
    assert offered.count() == 0
    box.fill("hoc 17 SUOI bac")
    assert offered.all_inner_texts() == ["Trường Tiểu học số 17 Ủy ban nhân dân xã Suối Bạc"]
    assert Axe().run(page, options=AXE).response["violations"] == []
    box.press("Enter")
    assert box.input_value() == "Trường Tiểu học số 17"
    page.get_by_role("button", name="Tìm", exact=True).click()
    chosen = Unit.objects.get(name="Trường Tiểu học số 17")
    page.wait_for_url(f"**don_vi={chosen.pk}*")
    assert page.get_by_role("combobox", name="Đơn vị").input_value() == "Trường Tiểu học số 17"
    box.fill("")
    box.press("Tab")
    assert page.locator("select[name=don_vi]").input_value() == "", "cleared: all units again"
