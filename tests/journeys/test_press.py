"""The press officer's story: refused with the reason while consent is missing, public once it is on record."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

DRAFT = """
from media.models import Exemplar, Photograph, StoryIndexPage, StoryPage, StoryPerson
exemplar = Exemplar.objects.create(display_name="Quàng Văn Ví Dụ", unit_name="UBND xã Khe Mây (minh họa)")
story = StoryPage(
    title="Con dấu và nụ cười", slug="con-dau-va-nu-cuoi", standfirst="Chuyện minh họa ở một quầy nhỏ.", live=False,
    main_photograph=Photograph.objects.get(title="Núi Lam Giang (minh họa)"),
    body=[("text", "<p>Anh Ví Dụ chào trước, hỏi sau.</p>")], is_fictional=True,
)
StoryIndexPage.objects.get().add_child(instance=story)
story.people = [StoryPerson(exemplar=exemplar, named=True, pictured=False)]
story.save_revision()
print(story.pk)
"""

CONSENT = """
from django.utils import timezone
from media.domain.consent import record_consent
from media.enums import Channel, ConsentMeans, ConsentScope
from media.models import Exemplar
from people.models import Person
record_consent(
    Exemplar.objects.get(display_name="Quàng Văn Ví Dụ"), actor=Person.objects.get(username="thao"),
    given_by="Quàng Văn Ví Dụ", scopes=list(ConsentScope), channels=list(Channel),
    text_shown="Tôi đồng ý đăng bài (minh họa).", text_version="1", obtained_how=ConsentMeans.PAPER,
    obtained_on=timezone.localdate(),
)
"""

PUBLIC = "/guong-dien-hinh/con-dau-va-nu-cuoi/"


def publish(page, address: str) -> None:
    page.goto(address)
    page.locator(
        "footer [data-w-dropdown-target=toggle], footer .w-dropdown-button button[aria-expanded]"
    ).first.click()
    page.locator("[name=action-publish]").click()
    page.wait_for_load_state()


def test_a_story_waits_for_consent(served, sign_in):
    story = served.shell(DRAFT).splitlines()[-1]
    page = sign_in("thao")
    edit = f"{served.url}/quan-tri/pages/{story}/edit/"

    publish(page, edit)
    expect(page.locator(".messages")).to_contain_text("Quàng Văn Ví Dụ")
    assert page.request.get(served.url + PUBLIC).status == 404

    served.shell(CONSENT)
    publish(page, edit)
    page.context.clear_cookies()
    page.goto(served.url + PUBLIC)
    expect(page.locator("h1")).to_have_text("Con dấu và nụ cười")
    page.faults.clear()  # the admin's own policy is wider; the public page's is checked in test_pages
