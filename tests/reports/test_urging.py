"""Urging from the desk: the filters choose, the officer narrows and writes; nobody out of scope, nobody who is done."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Urging
from notices.models import Matter
from people.enums import Role
from people.models import AuditEntry
from tests.reports import factories as make

TEXT = "Đề nghị {ho_ten} hoàn thành {khoa_hoc} trước {han}."


@pytest.fixture
def staff(province):
    """Three people of Sở Nội vụ with the course to complete, one of whom has; one of Sở Xây dựng."""

    class Staff:
        an, be, done = (make.make_person(name, province.one_stop) for name in ("Lê An", "Lê Bé", "Lê Xong"))
        stranger = make.make_person("Trần Lạ", province.construction)
        hr = make.make_hr(province.home_affairs)

    make.assign(province.course, province.root, make.in_days(-3))
    make.complete(Staff.done, province.course)
    return Staff


def told() -> set[str]:
    return set(Matter.objects.filter(topic="courses.urging").values_list("person__full_name", flat=True))


def test_the_page_lists_who_is_late_in_the_scope_and_a_look_changes_nothing(desk, staff):
    page = desk(staff.hr, "don-doc/", trang_thai="qua-han")
    names = {one.person.full_name for one in page.context["selection"].recipients}
    assert names == {"Lê An", "Lê Bé"}
    answer = page.client.post("/nhan-su/don-doc/?trang_thai=qua-han", {"text": TEXT, "look": "", "person": staff.an.pk})
    assert f"Đề nghị Lê An hoàn thành Văn hóa công vụ trước {make.in_days(-3):%d/%m/%Y}." in answer.content.decode()
    assert not Urging.objects.exists()
    assert told() == set()


def test_only_the_ticked_of_ones_own_scope_get_it(desk, staff):
    client = desk(staff.hr, "don-doc/").client
    form = {
        "text": TEXT,
        "send": "",
        "shown": [staff.an.pk, staff.be.pk],
        "person": [staff.an.pk, staff.done.pk, staff.stranger.pk],
    }
    answer = client.post("/nhan-su/don-doc/", form)
    assert answer.url == "/nhan-su/don-doc/da-gui/"
    assert told() == {"Lê An"}
    urging = Urging.objects.get()
    assert (urging.sent_by, urging.recipients, urging.text) == (staff.hr, 1, TEXT)
    assert AuditEntry.objects.filter(action="learning.urged", actor=staff.hr).count() == 1
    assert "Đề nghị" in client.get(answer.url).content.decode()
    assert "Đề nghị" not in desk(make.make_hr(staff.hr.role_grants.get().unit), "don-doc/da-gui/").content.decode()


def test_without_a_text_nothing_goes_and_the_page_says_so(desk, staff):
    client = desk(staff.hr, "don-doc/").client
    page = client.post("/nhan-su/don-doc/", {"text": " ", "send": ""}).content.decode()
    assert "There is no text." in page
    assert told() == set()


def test_a_unit_out_of_scope_is_not_found(desk, staff, province):
    assert desk(staff.hr, "don-doc/", don_vi=province.construction.pk).status_code == 404


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.OBSERVER, Role.COURSE_AUTHOR])
def test_who_only_reads_may_not_urge(desk, staff, province, role):
    reader = make.make_hr(province.root, "Người Đọc", role)
    assert desk(reader, "don-doc/").status_code == 403
    if role == Role.INSPECTOR:
        assert "don-doc" not in desk(reader).content.decode()
        assert "don-doc" in desk(staff.hr).content.decode()


def test_a_head_urges_the_unit_headed(desk, staff, province):
    province.one_stop.head = staff.done
    province.one_stop.save()
    page = desk(staff.done, "don-doc/")
    assert {one.person.full_name for one in page.context["selection"].recipients} == {"Lê An", "Lê Bé"}


def test_the_page_takes_as_many_queries_for_many(desk, staff, province):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            desk(staff.hr, "don-doc/")
        return len(found)

    queries()
    few = queries()
    for number in range(3):
        make.make_person(f"Nguyễn {number}", province.one_stop)
    make.assign(province.course, province.root, make.in_days(-3))
    assert queries() == few
