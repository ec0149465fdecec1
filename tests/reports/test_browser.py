"""The desk in a real browser: accessible and narrow enough at every width, and no script is needed."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from playwright.sync_api import expect

from courses.models import Assignment
from reports.documents.kinds import ReportKind
from reports.domain import keeping as figures
from reports.models import Export, MonthFigures, Schedule
from reports.schedules import keeping
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
    Assignment.objects.update(target_percent=90)
    for number, person in enumerate(people):
        person.gender = ("female", "male", "")[number % 3]
        person.save()
        if number % 3 == 0:
            make.complete(person, course, unit=units[0], unit_name=units[0].name, position_title="Chuyên viên")
        elif number % 3 == 1:
            make.begin(person, course, done=1)
    _months_of(course, units, rising=len(people))
    return make.make_hr(root), people[0]


def _months_of(course, units, rising: int):
    """Six months that were over, each with more completions, so that the line and its forecast are drawn."""
    for number, day in enumerate(figures.month_ends(make.today(), 6)):
        for of_course in (course, None):
            MonthFigures.objects.create(
                day=day, course=of_course, unit=units[0], people=rising, obliged=rising, fulfilled=3 * number
            )


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
    former = f"?ngay={make.in_days(-1).isoformat()}"
    overview = "/nhan-su/tong-quan/"
    for path in (
        overview,
        overview + former,
        "/nhan-su/" + former,
        "/nhan-su/?don_vi=abc",
        "/nhan-su/?q=khong+co+ai",
        f"/nhan-su/nguoi/{person.pk}/",
    ):
        page = _open(context, live_server, client, viewer, path)
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{path} at {width} px"
        results = Axe().run(page, options=AXE)
        assert results.violations_count == 0, results.generate_report()


PAPERS = [f"/nhan-su/bao-cao/{kind}/" for kind in ReportKind.values]
DESK = ["/nhan-su/bao-cao/", "/nhan-su/gui-hang-thang/", "/nhan-su/ho-so-kiem-tra/", "/nhan-su/tep-da-xuat/"]


@pytest.mark.parametrize("width", [360, 1280])
def test_papers_and_exports_are_accessible_and_never_wider_than_the_screen(live_server, context, client, busy, width):
    viewer, _person = busy
    waiting, ready = (
        Export.objects.create(
            asked_by=viewer, what="report", title=f"Danh sách chi tiết {number}", language="vi", file_format="csv",
            wish=str(number), total=120, done=40, parameters={"report": "danh-sach"},
        )
        for number in range(2)
    )  # fmt: skip
    Export.objects.filter(pk=ready.pk).update(state="gone")
    keeping.set_up(Schedule(person=viewer, unit=viewer.role_grants.get().unit, report="danh-sach"))
    pages = [*PAPERS, *DESK, *(f"/nhan-su/tep-da-xuat/{one.pk}/" for one in (waiting, ready))]
    page = _open(context, live_server, client, viewer, "/nhan-su/bao-cao/")
    page.set_viewport_size({"width": width, "height": 800})
    for path in pages:
        assert page.goto(live_server.url + path).status == 200, path
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{path} at {width} px"
        results = Axe().run(page, options=AXE)
        assert results.violations_count == 0, f"{path}: {results.generate_report()}"


def test_without_javascript_a_file_is_asked_for_made_and_downloaded(live_server, browser, client, busy, monkeypatch):
    """From the report to the file, with nothing but links and buttons."""
    viewer, _person = busy
    monkeypatch.setattr("reports.documents.views.AT_ONCE", 10)
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    page = _open(context, live_server, client, viewer, "/nhan-su/bao-cao/")
    page.click("text=Danh sách chi tiết")
    page.click("text=Excel (.xlsx)")
    page.click("text=Tạo tệp")
    assert "/tep-da-xuat/" in page.url
    with page.expect_download() as found:
        page.click("text=Tải về")
    assert found.value.suggested_filename.endswith(".xlsx")
    context.close()


def test_without_javascript_filters_and_pages_work(live_server, browser, client, busy):
    viewer, _person = busy
    context = browser.new_context(java_script_enabled=False)
    page = _open(context, live_server, client, viewer, "/nhan-su/")
    page.select_option("#state", "hoan-thanh")
    page.click("form.filters button")
    assert "trang_thai=hoan-thanh" in page.url
    expect(page.locator("#people-table tbody tr")).to_have_count(20)
    page.fill("#text", "nguyen thi hoang duc")
    page.click("form.table-tools button")
    assert "trang_thai=hoan-thanh" in page.url
    page.wait_for_load_state()
    found = page.locator("#people-table tbody th").all_inner_texts()
    assert set(found) == {"Nguyễn Thị Hoàng Đức"}
    page.goto(live_server.url + "/nhan-su/")
    page.click("a[rel=next]")
    expect(page.locator("#people-table tbody tr")).to_have_count(10)
    page.locator("#people-table tbody th a").first.click()
    expect(page.locator("#courses-table tbody tr")).to_have_count(1)
    context.close()
