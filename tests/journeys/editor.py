"""The editing desk as a press officer uses it: by what stands on the screen, in Vietnamese, with mouse and keyboard."""

from playwright.sync_api import Page, expect

SAVED = ".messages .success"


def open_new_story(page: Page, url: str) -> None:
    """From the desk's first page, as somebody does who has never been there."""
    page.goto(f"{url}/quan-tri/")
    page.get_by_role("link", name="Viết bài mới").click()
    page.wait_for_selector("[name=standfirst]")


def write(page: Page, title: str, standfirst: str) -> None:
    page.fill("[name=title]", title)
    page.fill("[name=standfirst]", standfirst)


def add_block(page: Page, name: str) -> None:
    """The last “+” of the body, and the block of that name from its menu."""
    page.locator("[data-contentpath=body] .c-sf-add-button").last.click()
    page.get_by_role("option", name=name, exact=True).click()


def type_text(page: Page, text: str) -> None:
    page.locator("[data-contentpath=body] [contenteditable=true]").last.click()
    page.keyboard.type(text)


def open_chooser(page: Page, field: str, button: str) -> None:
    page.locator(field).get_by_role("button", name=button).locator("visible=true").first.click()
    page.wait_for_selector(".modal-content")


def choose(page: Page, name: str) -> None:
    """What is called so in the open dialog."""
    page.locator(".modal-content").get_by_role("link", name=name).first.click()
    page.wait_for_selector(".modal-content", state="detached")


def upload_in_chooser(page: Page, file: str, *, depicted: str = "", **facts: str) -> None:
    """A new picture in the open dialog, with what the press has to know of it."""
    dialog = page.locator(".modal-content")
    dialog.get_by_role("tab", name="Tải lên").click()
    dialog.locator("[type=file]").set_input_files(file)
    for name, value in facts.items():
        dialog.locator(f"[name$=-{name}]").fill(value)
    if depicted:
        option = dialog.locator("[name$=-depicted] option", has_text=depicted)
        dialog.locator("[name$=-depicted]").select_option(option.first.get_attribute("value"))
    dialog.locator("form [type=submit]").last.click()
    page.wait_for_selector(".modal-content", state="detached")


def list_person(page: Page, name: str, portrait: str = "") -> None:
    """Who is in the story; named and pictured are ticked, consent is asked for below."""
    page.get_by_role("button", name="Thêm Cá nhân hoặc tập thể").click()
    row = "[id^=inline_child_people]"
    open_chooser(page, row, "Chọn cá nhân, tập thể điển hình")
    choose(page, name)
    if portrait:
        open_chooser(page, row, "Chọn ảnh")
        choose(page, portrait)


def save_draft(page: Page) -> str:
    """Returns the address of the page that is edited."""
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.locator(SAVED)).to_be_visible(timeout=20_000)
    return page.url


def schedule(page: Page, moment: str) -> None:
    """In the panel of the state; `moment` as the screen writes it."""
    page.locator("[data-side-panel-toggle=status]").click()
    page.get_by_role("button", name="Đặt lịch đăng", exact=True).click()
    page.fill("[name=go_live_at]", moment)
    page.get_by_role("button", name="Lưu lịch đăng").press("Enter")
    expect(page.locator(SAVED)).to_be_visible(timeout=20_000)


def act(page: Page, name: str) -> None:
    """One of the actions beside “Lưu bản nháp”."""
    page.get_by_role("button", name="Thao tác khác").click()
    page.get_by_role("button", name=name).locator("visible=true").last.click()


def approve_with_comment(page: Page, comment: str) -> None:
    act(page, "Duyệt kèm góp ý và đăng")
    page.locator(".modal-content [name=comment]").fill(comment)
    page.locator(".modal-content [type=submit]").click()
    expect(page.locator(SAVED)).to_be_visible(timeout=20_000)


def put_into_campaign(page: Page, url: str, campaign: str, story: str) -> None:
    """The campaign's page gets the story, and goes public with it."""
    page.goto(f"{url}/quan-tri/")
    page.locator("#wagtail-sidebar").get_by_role("link", name="Chiến dịch").click()
    page.locator("main").get_by_role("link", name=campaign).first.click()
    page.get_by_role("button", name="Thêm Câu chuyện").click()
    page.locator("[id^=inline_child_campaign_stories]").last.get_by_role("button", name="Chọn").click()
    choose(page, story)
    act(page, "Đăng")
    expect(page.locator(SAVED)).to_be_visible(timeout=20_000)
