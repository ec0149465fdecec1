"""Directives down the tree and into people's hands; the roll-call; what learners see of all this."""

import io
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from openpyxl import load_workbook

from courses.domain import citations, dissemination
from courses.models import Directive, DirectiveHop, DirectiveReceipt, LessonCitation
from shared.errors import DomainError
from tests.reports import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    class World:
        root = make.make_unit("Tỉnh Lam Giang")
        office = make.make_unit("Sở Nội vụ", root)
        desk = make.make_unit("Phòng Một cửa", office)
        other = make.make_unit("Sở Xây dựng", root)
        clerk = make.make_person("Lê Văn An", desk)
        chief = make.make_person("Trần Thị Bình", office)
        builder = make.make_person("Phạm Văn Cường", other)
        top_hr = make.make_hr(root)
        hr = make.make_hr(office)
        directive = Directive.objects.create(number="05/CT-UBND", title="Về văn hóa công vụ", issuer="UBND tỉnh")
        today = timezone.localdate()

    return World


@pytest.fixture
def visit(client):
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"

    def go(viewer, address, data=None):
        client.force_login(viewer)
        return client.post(address, data) if data is not None else client.get(address)

    return go


def test_it_goes_down_hop_by_hop_and_each_hop_has_its_day(world, visit):
    address = f"/nhan-su/van-ban/{world.directive.pk}/"
    sent = {"from_unit": world.root.pk, "units": [world.office.pk, world.other.pk], "confirm_by": ""}
    visit(world.top_hr, f"{address}gui/", sent)
    visit(world.top_hr, f"{address}gui/", sent)
    hops = {hop.unit_id: hop for hop in DirectiveHop.objects.all()}
    assert set(hops) == {world.root.pk, world.office.pk, world.other.pk}
    assert hops[world.root.pk].received_at and not hops[world.office.pk].received_at
    page = visit(world.hr, address).content.decode()
    assert "Sở Nội vụ" in page and "Sở Xây dựng" not in page
    visit(world.hr, f"/nhan-su/van-ban/nhan/{hops[world.office.pk].pk}/", {})
    assert visit(world.hr, f"/nhan-su/van-ban/nhan/{hops[world.other.pk].pk}/", {}).status_code == 404
    hops = {hop.unit_id: hop for hop in DirectiveHop.objects.all()}
    assert hops[world.office.pk].received_by == world.hr and not hops[world.other.pk].received_at
    visit(world.hr, f"{address}gui/", {"from_unit": world.office.pk, "units": [world.other.pk]})
    assert DirectiveHop.objects.count() == 3


def test_the_roll_call_counts_and_names_only_one_s_own(world, visit):
    address = f"/nhan-su/van-ban/{world.directive.pk}/"
    day = world.today + timedelta(days=5)
    dissemination.hand_out(world.directive, world.root, with_subtree=True, confirm_by=day, actor=world.top_hr)
    newcomer = make.make_person("Vũ Thị Dung", world.desk)
    assert (
        dissemination.hand_out(world.directive, world.root, with_subtree=True, confirm_by=day, actor=world.top_hr) == 1
    )
    visit(world.clerk, f"/van-ban/{world.directive.pk}/")
    visit(world.chief, f"/van-ban/{world.directive.pk}/", {})
    states = dict(DirectiveReceipt.objects.values_list("person", "confirmed_at"))
    assert states[world.chief.pk] and not states[world.clerk.pk] and not states[newcomer.pk]
    DirectiveReceipt.objects.filter(person=newcomer).update(confirm_by=world.today - timedelta(days=1))

    def names(state="", viewer=world.hr):
        content = visit(viewer, f"{address}nguoi/xuat.xlsx?tinh_trang={state}").content
        return {row[0].value for row in load_workbook(io.BytesIO(content)).active.iter_rows()}

    everybody = {"Lê Văn An", "Trần Thị Bình", "Vũ Thị Dung", "Phạm Văn Cường"}
    assert names(viewer=world.top_hr) >= everybody
    assert everybody & names() == everybody - {"Phạm Văn Cường"}
    assert everybody & names("opened") == {"Lê Văn An"}
    assert everybody & names("confirmed") == {"Trần Thị Bình"}
    assert everybody & names("unopened") == {"Vũ Thị Dung"} == everybody & names("late")
    assert visit(world.hr, f"{address}nguoi/?don_vi={world.other.pk}").status_code == 404
    page = visit(world.hr, f"{address}nguoi/").content.decode()
    assert "Lê Văn An" in page and "Phạm Văn Cường" not in page
    assert visit(world.hr, address).status_code == 200 and visit(world.hr, "/nhan-su/van-ban/").status_code == 200


def test_nobody_opens_what_they_were_not_handed(world, visit):
    dissemination.hand_out(world.directive, world.office, with_subtree=True, confirm_by=None, actor=world.hr)
    assert visit(world.builder, f"/van-ban/{world.directive.pk}/").status_code == 404
    assert visit(world.builder, f"/van-ban/{world.directive.pk}/", {}).status_code == 404
    assert "05/CT-UBND" in visit(world.clerk, "/van-ban/").content.decode()
    refused = visit(world.hr, f"/nhan-su/van-ban/{world.directive.pk}/phat/", {"phat_unit": "", "unit": world.other.pk})
    assert refused.status_code == 302
    assert not DirectiveReceipt.objects.filter(person=world.builder).exists()


def test_the_first_opening_and_the_first_confirmation_stay(world):
    dissemination.hand_out(world.directive, world.desk, with_subtree=False, confirm_by=None, actor=world.hr)
    receipt = DirectiveReceipt.objects.get()
    dissemination.opened(receipt)
    first = dissemination.confirm(receipt)
    dissemination.opened(DirectiveReceipt.objects.get())
    again = dissemination.confirm(receipt)
    assert (again.opened_at, again.confirmed_at) == (receipt.opened_at, first.confirmed_at)
    with pytest.raises(DomainError):
        dissemination.hand_out(
            world.directive, world.desk, with_subtree=False, confirm_by=world.today - timedelta(days=1), actor=world.hr
        )


def test_lessons_that_rest_on_what_is_no_longer_in_force_are_listed(world, visit):
    course = make.make_course("Văn hóa công vụ")
    lesson = course.get_children().first().specific
    for directive in (world.directive, Directive.objects.create(number="1/QĐ", title="Cũ", issuer="Bộ")):
        lesson.body.append(("legal_basis", {"document": directive.number, "directive": directive, "note": ""}))
    lesson.live = True
    lesson.save()
    citations.follow(lesson)
    citations.follow(lesson)
    assert LessonCitation.objects.count() == 2
    make.complete(world.clerk, course)
    address = "/nhan-su/van-ban/het-hieu-luc/"
    assert "Every published lesson rests" in visit(world.hr, address).content.decode()
    Directive.objects.filter(number="1/QĐ").update(valid_to=world.today - timedelta(days=1))
    page = visit(world.hr, address).content.decode()
    assert lesson.title in page and "1/QĐ" in page and "05/CT-UBND" not in page
    lesson.body.pop()
    lesson.save()
    citations.follow(lesson)
    assert [one.directive for one in LessonCitation.objects.all()] == [world.directive]
