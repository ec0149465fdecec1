"""An HR officer's job: ten people from a list, a course by rule, one learns, one is late, the number is defended."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from shared.text.fold import to_nfc
from tests.journeys.answers import by_stem
from tests.journeys.test_main_job import read_all_lessons, take_quiz
from tests.people.sheets import books

pytestmark = pytest.mark.browser

UNIT = "UBND xã Thượng Sơn"
COURSE = "Kỹ năng số cho cán bộ, công chức"
LEARNER, LATE = "Lò Văn Thử", "Hoàng Thị Một"
OTHERS = ("Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín")
PASSWORD = "mot-cau-that-dai-de-nho"

# Three weeks go by: the steps that have come are written down, and letters go out on a working day.
THREE_WEEKS_LATER = """
from datetime import datetime, timedelta
from django.utils import timezone
from courses.domain.reminding import ladder
from notices.domain import quiet
from notices.domain.letters import sending
now = timezone.localtime() + timedelta(days=21)
now = now.replace(hour=9, minute=0)
while not quiet.is_open(now):
    now += timedelta(days=1)
ladder.queue_due(now.date())
print(sum(sending.send_due(now=now).values()))
"""


def ten_people() -> bytes:
    names = [LEARNER, LATE, *(f"Hoàng Thị {name}" for name in OTHERS)]
    return books.plain(
        books.person(
            number, name, unit=UNIT, staff_number=f"HJ{number:04d}", national_id=f"0990950{number:05d}",
            work_email=f"hj{number}@lamgiang.example",
        )
        for number, name in enumerate(names, start=1)
    )  # fmt: skip


def import_ten(page, served) -> None:
    page.goto(f"{served.url}/nhan-su/nhap-danh-sach/moi/")
    page.set_input_files("input[type=file]", {"name": "muoi-nguoi.xlsx", "mimeType": "", "buffer": ten_people()})
    page.click("main form[enctype] button")
    confirm = page.locator("form[action$='/xac-nhan/'] button")
    wait_for(page, confirm)
    assert "sẽ tạo 10 tài khoản" in page.locator("main").inner_text()
    confirm.click()
    wait_for(page, page.locator("form[action$='/hoan-tac/'], a[href*='hoan-tac']"))


def assign_by_rule(page, served) -> None:
    page.goto(f"{served.url}/nhan-su/giao-hoc/moi/")
    page.select_option("[name=what]", label=COURSE)
    page.locator("label", has_text=re.compile(rf"^\s*{UNIT}\s*$")).locator("input").check()
    page.uncheck("[name=with_subtree]")
    page.fill("[name=due_on]", f"{timezone.localdate() + timedelta(days=2):%Y-%m-%d}")
    page.get_by_role("button", name="Xem ai sẽ được giao").click()
    preview = page.locator("table", has_text="Theo quy tắc này")
    assert "Được giao" in preview.locator("tr", has_text=LATE).inner_text()
    page.get_by_role("button", name=re.compile(r"^Giao cho \d+ người")).click()
    page.wait_for_url(re.compile(r"/giao-hoc/\d+/"))


def slip_of(page, served, name: str) -> tuple[str, str]:
    """Sign-in name and one-time code, from the printed slips of the unit."""
    page.goto(f"{served.url}/nhan-su/phieu-kich-hoat/")
    page.click("form[action$='/tao/'] button")
    print_out = page.locator("form[action*='tai-ve'] button")
    wait_for(page, print_out)
    with page.expect_download() as download:
        print_out.click()
    text = to_nfc("\n".join(sheet.extract_text() for sheet in PdfReader(download.value.path()).pages))
    found = re.search(rf"{name}\s.*?Tên đăng nhập (\S+)\s+Mã dùng một lần (\S+)", text, re.DOTALL)
    return found[1], found[2]


def activate(page, served, username: str, code: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{served.url}/kich-hoat/")
    page.fill("[name=name]", username)
    page.fill("[name=code]", code)
    page.click("main form button")
    for field in page.locator("main form input[type=password]").all():
        field.fill(PASSWORD)
    page.click("main form button")
    page.wait_for_url(re.compile(r"^(?!.*kich-hoat)"))


def letters_to(served, address: str) -> str:
    """The words of all letters to the address, as the mail folder of the demonstration keeps them."""
    found = []
    for file in (served.folder / "mail").iterdir():
        for text in re.split(rb"\n-{70,}\n", file.read_bytes()):
            letter = message_from_bytes(text.lstrip(), policy=default)
            if address in str(letter["To"]):
                found.append(letter.get_body(("plain",)).get_content())
    return to_nfc("\n".join(found))


def wait_for(page, element) -> None:
    """The worker does it; the page says so when it is looked at again."""
    for _ in range(60):
        if element.count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(page.locator("main").inner_text()[:2000])


def test_from_a_list_of_ten_to_a_number_that_can_be_defended(served, sign_in):
    page = sign_in("hung")
    import_ten(page, served)
    assign_by_rule(page, served)
    username, code = slip_of(page, served, LEARNER)

    activate(page, served, username, code)
    page.goto(f"{served.url}/viec-hoc/")
    assert COURSE in page.locator("main").inner_text()
    read_all_lessons(page, served, "/khoa-hoc/ky-nang-so-cho-can-bo-cong-chuc/")
    take_quiz(page, by_stem("ky-nang-so-cbccvc"), right=True)
    assert "Đạt" in page.locator("h1").inner_text()

    assert int(served.shell(THREE_WEEKS_LATER).splitlines()[-1]) > 0
    page = sign_in("hoa")
    page.goto(f"{served.url}/thong-bao/")
    late = page.locator("main button", has_text=COURSE).filter(has_text=re.compile(rf"{UNIT}: \d+ người quá hạn"))
    late_ones = int(re.search(r": (\d+) người", late.inner_text())[1])
    assert LATE in letters_to(served, "hoa@lamgiang.example")

    page = sign_in("hung")
    page.goto(f"{served.url}/nhan-su/tong-quan/")
    page.select_option("[name=khoa_hoc]", label=COURSE)
    page.click("main form button")
    page.get_by_role("link", name=re.compile("^Xem tất cả")).click()
    row = page.locator("table tr", has_text=f"{UNIT} (trực tiếp)")
    obliged = int(row.locator("td a").first.inner_text())
    assert late_ones == obliged - 2  # all but the learner who is done, and the head who is told
    row.locator("td a").first.click()
    people = page.locator("main table").last
    assert f"trong số {obliged}" in page.locator("main").inner_text()
    shown = [line.locator("td, th").all_inner_texts() for line in people.locator("tbody tr").all()]
    [address] = {link.get_attribute("href") for link in page.locator("main a[href*='xuat.xlsx']").all()}
    answer = page.request.get(served.url + "/nhan-su/" + address.removeprefix("/nhan-su/"))
    sheet = load_workbook(BytesIO(answer.body())).worksheets[0]
    cells = {str(cell) for line in sheet.iter_rows(values_only=True) for cell in line if cell is not None}
    names = [next(text for text in line if "\n" in text or text) for line in shown]
    assert len(names) == obliged
    assert {name.splitlines()[0].strip() for name in names} <= cells

    people.locator("a", has_text=LEARNER).first.click()
    evidence = page.locator("main").inner_text()
    assert COURSE in evidence
    assert "Đã hoàn thành" in evidence
