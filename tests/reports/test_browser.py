"""The desk in a real browser: accessible and narrow enough at every width, and no script is needed."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings

from tests.reports import factories as make

pytestmark = [pytest.mark.browser]

AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox"]}


@pytest.fixture
def busy(transactional_db):
    """A desk with all it can show: states, units with long names, several pages. Returns the viewer and a person."""
    root = make.make_unit("Tỉnh Lam Giang")
    names = ["Sở Nông nghiệp và Môi trường", "Ủy ban nhân dân xã Suối Bạc", "Sở Văn hóa, Thể thao và Du lịch"]
    units = [make.make_unit(name, root) for name in names]
    units.append(make.make_unit("Trung tâm Phục vụ hành chính công và Bộ phận Một cửa liên thông", units[1]))
    course = make.make_course("Văn hóa công vụ theo Đề án 1847: tinh thần, thái độ, chuẩn mực giao tiếp")
    given = ["An", "Ánh", "Ân", "Bình", "Chiến", "Dũng", "Đức"]
    people = [make.make_person(f"Nguyễn Thị Hoàng {given[number % 7]}", units[number % 4]) for number in range(60)]
    for unit, days in zip(units, (-9, 3, 30, -40), strict=True):
        make.assign(course, unit, make.in_days(days))
    for number, person in enumerate(people):
        if number % 3 == 0:
            make.complete(person, course, unit=units[0], unit_name=units[0].name, position_title="Chuyên viên")
        elif number % 3 == 1:
            make.begin(person, course, done=1)
    return make.make_hr(root), people[0]


def _open(context, live_server, client, viewer, path):
    client.force_login(viewer)
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + path)
    return page


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_accessible_and_never_wider_than_the_screen(live_server, context, client, busy, width):
    viewer, person = busy
    for path in ("/nhan-su/?don_vi=abc", "/nhan-su/?q=khong+co+ai", f"/nhan-su/nguoi/{person.pk}/"):
        page = _open(context, live_server, client, viewer, path)
        page.set_viewport_size({"width": width, "height": 800})
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{path} at {width} px"
        results = Axe().run(page, options=AXE)
        assert results.violations_count == 0, results.generate_report()


def test_without_javascript_filters_and_pages_work(live_server, browser, client, busy):
    viewer, _person = busy
    context = browser.new_context(java_script_enabled=False)
    page = _open(context, live_server, client, viewer, "/nhan-su/")
    page.select_option("#state", "hoan-thanh")
    page.click("form.filters button")
    assert "trang_thai=hoan-thanh" in page.url
    assert page.locator("#people-table tbody tr").count() == 20
    page.fill("#text", "nguyen thi hoang duc")
    page.click("form.table-tools button")
    assert "trang_thai=hoan-thanh" in page.url
    found = page.locator("#people-table tbody th").all_inner_texts()
    assert set(found) == {"Nguyễn Thị Hoàng Đức"}
    page.goto(live_server.url + "/nhan-su/")
    page.click("a[rel=next]")
    assert page.locator("#people-table tbody tr").count() == 10
    page.locator("#people-table tbody th a").first.click()
    assert page.locator("#courses-table tbody tr").count() == 1
    context.close()
