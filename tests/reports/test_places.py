"""Pages of long lists: from one to the next, back, and to the end, as if counted from the beginning."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.reports import factories as make

pytestmark = pytest.mark.django_db
LIST = "/nhan-su/?dien=tinh-ty-le"


@pytest.fixture
def long_list(province, monkeypatch):
    """Eleven people, some of one name, with two courses each, seven rows a page: a person's courses are torn apart."""
    monkeypatch.setattr("reports.page.ROWS_A_PAGE", 7)
    for number in range(11):
        make.make_person(f"Lê Văn {'An' if number % 3 else 'Bình'}", province.home_affairs)
    for course in (province.course, make.make_course("Khóa hai")):
        make.assign(course, province.root, make.in_days(5))


def rows_of(response) -> list[tuple[int, str]]:
    return [(row.person_id, row.course) for row, _cells in response.context["people_lines"]]


def test_every_way_through_the_list_meets_the_same_rows(client, province, long_list):
    client.force_login(make.make_hr(province.root))
    pages = [rows_of(client.get(f"{LIST}&trang={number}")) for number in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [7, 7, 7, 1]
    assert len({row for page in pages for row in page}) == 22
    answer, way = client.get(LIST), []
    while address := answer.context["next_address"]:
        assert "sau=" in address
        answer = client.get(f"/nhan-su/?{address}")
        way.append(rows_of(answer))
    assert way == pages[1:]
    while address := answer.context["previous_address"]:
        answer = client.get(f"/nhan-su/?{address}")
        way.append(rows_of(answer))
    assert way[3:] == pages[2::-1]
    (end,) = {link.address for link in answer.context["page_links"] if "cuoi=1" in link.address}
    assert rows_of(client.get(f"/nhan-su/?{end}")) == pages[3]


def test_a_place_outside_the_scope_tells_nothing(client, province, long_list):
    """Somebody else's number would otherwise show where in the alphabet they stand."""
    stranger = make.make_person("Hoàng Văn Bích", province.construction)
    client.force_login(make.make_hr(province.home_affairs))
    address = f"{LIST}&trang=2&sau={stranger.pk}-{province.course.pk}"
    assert rows_of(client.get(address)) == rows_of(client.get(f"{LIST}&trang=2"))
    for nonsense in ("sau=x-1", "sau=1", "truoc=-", "cuoi=2", "sau=99999999999999999999-1"):
        assert rows_of(client.get(f"{LIST}&trang=2&{nonsense}")) == rows_of(client.get(f"{LIST}&trang=2"))


def test_a_late_page_is_not_reached_by_walking(client, province, long_list):
    client.force_login(make.make_hr(province.root))
    address = client.get(f"{LIST}&trang=2").context["next_address"]
    with CaptureQueriesContext(connection) as statements:
        client.get(f"/nhan-su/?{address}")
    assert not [one for one in statements if re.search(r"OFFSET [1-9]", one["sql"])]
    with CaptureQueriesContext(connection) as statements:
        client.get(f"{LIST}&trang=3")
    assert [one for one in statements if re.search(r"OFFSET [1-9]", one["sql"])]
