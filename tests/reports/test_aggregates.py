"""What observers see: figures by unit, nobody's name, no few people, no way to them."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from people.enums import Role
from tests.reports import factories as make
from tests.reports.reading import tables_of, text_of


@pytest.fixture
def figures(province):
    """Home affairs: 20 people, 10 done. Construction: 12, all done. Tiny: 3, one done. An observer of it all."""
    tiny = make.make_unit("Trạm Quan trắc", province.root)
    make.assign(province.course, province.root, make.in_days(30))
    people = {}
    for unit, size, done in ((province.home_affairs, 20, 10), (province.construction, 12, 12), (tiny, 3, 1)):
        people[unit.name] = [make.make_person(f"Người Thử {unit.pk}", unit) for _ in range(size)]
        make.assign(province.course, unit, make.in_days(30))
        for person in people[unit.name][:done]:
            make.complete(person, province.course)
    return make.make_hr(province.root, role=Role.OBSERVER)


def rows(response) -> list[list[str]]:
    return tables_of(response)["unit-table"][1:]


def test_small_units_are_put_together_and_few_left_over_are_bounds(desk, figures):
    response = desk(figures, "tong-hop/")
    assert response.status_code == 200
    assert rows(response) == [
        ["Sở Nội vụ", "20", "10", "50.0%"],
        ["2 units with few people, together", "15", "at least 11", "at least 73.3%"],
    ]
    text = response.content.decode()
    assert "Trạm Quan trắc" not in text
    assert "Người Thử" not in text and "/nguoi/" not in text


def test_hr_keeps_exact_numbers(desk, province, figures):
    text = desk(make.make_hr(province.root)).content.decode()
    assert "Trạm Quan trắc" in text


@pytest.mark.parametrize("path", ["tong-hop/", "tong-hop/xuat.xlsx"])
@pytest.mark.parametrize("role", [Role.HR_OFFICER, Role.COURSE_AUTHOR, Role.REVIEWER])
def test_the_figures_are_for_observers(desk, province, figures, path, role):
    assert desk(make.make_hr(province.root, role=role), path).status_code == 403


def test_observers_see_no_other_page_of_the_desk(desk, province, figures):
    person = make.make_person("Lê Văn Kín", province.home_affairs)
    for path in ("", "xuat.xlsx", "xuat.csv", f"nguoi/{person.pk}/", "nguoi/"):
        assert desk(figures, path).status_code in {403, 404}, path


def test_another_observers_units_are_not_in_it(desk, province, figures):
    elsewhere = make.make_hr(province.construction, role=Role.OBSERVER)
    text = text_of(desk(elsewhere, "tong-hop/"))
    assert "Sở Nội vụ" not in text and "Sở Xây dựng" in text


def test_too_few_people_show_nothing(desk, province):
    make.assign(province.course, province.root, make.in_days(30))
    for _ in range(4):
        make.make_person("Người Thử", province.home_affairs)
    response = desk(make.make_hr(province.root, role=Role.OBSERVER), "tong-hop/")
    assert "Too few people" in response.content.decode()


@pytest.mark.parametrize("course", ["999999", "abc", "1'"])
def test_404_for_an_unknown_course(desk, figures, course):
    assert desk(figures, "tong-hop/", khoa_hoc=course).status_code == 404


def test_the_file_says_the_same(desk, figures):
    response = desk(figures, "tong-hop/xuat.xlsx")
    cells = [cell.value for row in load_workbook(io.BytesIO(response.content)).active.iter_rows() for cell in row]
    assert "Sở Nội vụ" in cells and 20 in cells
    assert not any("Trạm Quan trắc" in str(cell) or "Người Thử" in str(cell) for cell in cells)


def test_the_same_queries_for_one_unit_and_for_many(desk, province, figures, django_assert_max_num_queries):
    desk(figures, "tong-hop/")
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(25) as counted:
            desk(figures, "tong-hop/")
        counts.append(len(counted))
        for number in range(3):
            unit = make.make_unit(f"Sở {number}", province.root)
            make.assign(province.course, unit, make.in_days(30))
            make.make_person("Người Thử", unit)
    assert counts[0] == counts[1]


def test_the_menu_leads_observers_there(desk, figures):
    assert reverse("reports:aggregates") in desk(figures, "tong-hop/").content.decode()
