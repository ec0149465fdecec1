import pytest
from django.conf import settings as django_settings

from tests.reports import factories as make


@pytest.fixture
def desk(client, db):
    """Opens the desk as somebody, in English, so in message ids: `desk(viewer, "xuat.csv", q="an")`."""
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"

    def open_as(viewer, path="", **parameters):
        client.force_login(viewer)
        return client.get(f"/nhan-su/{path}", parameters)

    return open_as


@pytest.fixture
def province(db):
    """A province > Sở Nội vụ (> Phòng Một cửa) and Sở Xây dựng, nobody in them; a course, not assigned."""

    class Province:
        root = make.make_unit("Tỉnh Lam Giang")
        home_affairs = make.make_unit("Sở Nội vụ", root)
        one_stop = make.make_unit("Phòng Một cửa", home_affairs)
        construction = make.make_unit("Sở Xây dựng", root)
        course = make.make_course("Văn hóa công vụ")

    return Province
