"""Who gets in, and what is not found. Each test has something in the house that could leak."""

import pytest
from django.urls import reverse

from people.enums import Role
from tests.reports import factories as make
from tests.reports.reading import names_of, tables_of, text_of

PATHS = ["", "xuat.xlsx", "xuat.csv"]


@pytest.fixture
def namesakes(province):
    """Two people of one name in two departments, both of whom completed the course."""
    ours = make.make_person("Nguyễn Thị Trang", province.home_affairs)
    theirs = make.make_person("Nguyễn Thị Trang", province.construction)
    make.assign(province.course, province.root, make.in_days(30))
    for person in (ours, theirs):
        make.complete(person, province.course)
    return ours, theirs


@pytest.mark.parametrize("path", [*PATHS, "nguoi/1/"])
def test_signing_in_comes_first(client, db, path):
    response = client.get(f"/nhan-su/{path}")
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("path", PATHS)
def test_403_for_a_learner(desk, namesakes, path):
    assert desk(namesakes[0], path).status_code == 403


@pytest.mark.parametrize("role", [Role.COURSE_AUTHOR, Role.PRESS_OFFICER, Role.CLERK, Role.OBSERVER, Role.REVIEWER])
def test_403_for_other_desks(desk, province, role):
    assert desk(make.make_hr(province.root, role=role)).status_code == 403


def test_403_even_for_ones_own_record_without_the_role(desk, namesakes):
    assert desk(namesakes[0], f"nguoi/{namesakes[0].pk}/").status_code == 403


@pytest.mark.parametrize("role", [Role.HR_OFFICER, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_roles_with_reports(desk, province, namesakes, role):
    response = desk(make.make_hr(province.home_affairs, role=role))
    assert response.status_code == 200
    assert len(names_of(response)) == 1


def test_the_head_of_a_unit_sees_that_unit(desk, province, namesakes):
    head = make.make_person("Vũ Quốc Bình")
    province.construction.head = head
    province.construction.save()
    response = desk(head)
    assert [row[1] for row in tables_of(response)["people-table"][1:]] == [namesakes[1].staff_number]


@pytest.mark.parametrize("path", PATHS)
def test_a_namesake_of_another_unit_stays_there(desk, province, namesakes, path):
    ours, theirs = namesakes
    text = text_of(desk(make.make_hr(province.home_affairs), path))
    assert ours.staff_number in text
    assert theirs.staff_number not in text
    assert "Sở Xây dựng" not in text
    assert "Tỉnh Lam Giang" not in text


def test_other_units_are_not_in_the_figures_nor_in_the_choice(desk, province, namesakes):
    text = desk(make.make_hr(province.home_affairs)).content.decode()
    assert "1 of 1 required course" in text
    for name, is_ours in {"Phòng Một cửa": True, "Sở Xây dựng": False, "Tỉnh Lam Giang": False}.items():
        assert (f"{name}</option>" in text) == is_ours


def test_searching_finds_nobody_outside(desk, province, namesakes):
    response = desk(make.make_hr(province.home_affairs), q=namesakes[1].staff_number)
    assert names_of(response) == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("unit", ["construction", "root"])
def test_404_for_a_unit_outside(desk, province, namesakes, path, unit):
    viewer = make.make_hr(province.home_affairs)
    assert desk(viewer, path, don_vi=getattr(province, unit).pk).status_code == 404
    assert desk(viewer, path, don_vi=999_999).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_404_for_an_unknown_course(desk, province, path):
    assert desk(make.make_hr(province.root), path, khoa_hoc=999_999).status_code == 404


def test_404_for_an_unpublished_course_of_another_unit(desk, province, namesakes):
    secret = make.make_course("Chuyên đề chưa công bố", live=False)
    make.begin(namesakes[1], secret)
    ours, theirs = make.make_hr(province.home_affairs), make.make_hr(province.construction)
    assert desk(ours, khoa_hoc=secret.pk).status_code == 404
    assert secret.title not in desk(ours).content.decode()
    assert desk(theirs, khoa_hoc=secret.pk).status_code == 200


def test_404_for_the_record_of_a_person_outside(desk, province, namesakes):
    ours, theirs = namesakes
    viewer = make.make_hr(province.home_affairs)
    assert desk(viewer, f"nguoi/{ours.pk}/").status_code == 200
    assert desk(viewer, f"nguoi/{theirs.pk}/").status_code == 404
    assert desk(viewer, "nguoi/999999/").status_code == 404


def test_404_for_the_record_of_somebody_who_left(desk, province, namesakes):
    posting = namesakes[0].postings.get()
    posting.valid_to = make.today()
    posting.save()
    assert desk(make.make_hr(province.root), f"nguoi/{namesakes[0].pk}/").status_code == 404


def test_two_roots_show_both_and_nothing_between(desk, province, namesakes):
    viewer = make.make_hr(province.one_stop)
    make.RoleGrant.objects.create(person=viewer, role=Role.HR_OFFICER, unit=province.construction)
    response = desk(viewer)
    assert [row[0] for row in tables_of(response)["unit-table"][1:]] == ["Sở Xây dựng", "Phòng Một cửa"]
    assert names_of(response) == ["Nguyễn Thị Trang"]
    assert "Sở Nội vụ" not in response.content.decode()


def test_a_role_on_no_living_unit_is_an_empty_desk(desk, province, namesakes):
    viewer = make.make_hr(province.one_stop)
    province.one_stop.closure_above.update(valid_to=make.today())
    response = desk(viewer)
    assert response.status_code == 200
    assert "No unit is in your scope" in response.content.decode()


def test_no_copy_is_kept_by_browser_or_proxy(desk, province, namesakes):
    viewer = make.make_hr(province.root)
    for path in (*PATHS, f"nguoi/{namesakes[0].pk}/"):
        assert "no-store" in desk(viewer, path).headers["Cache-Control"]


def test_a_report_is_only_read(client, province):
    client.force_login(make.make_hr(province.root))
    assert client.post("/nhan-su/").status_code == 405
