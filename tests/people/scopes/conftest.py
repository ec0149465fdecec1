import pytest
from django.conf import settings as django_settings

from tests.reports import factories as make


@pytest.fixture
def province(db):
    """A province > two communes, one with an office; an HR officer for each commune, one for the province."""

    class Province:
        root = make.make_unit("Tỉnh Lam Giang")
        north = make.make_unit("UBND xã Thượng Sơn", root)
        office = make.make_unit("Văn phòng", north)
        south = make.make_unit("UBND phường Khe Luông", root)
        hr_north = make.make_hr(north, "Vũ Mạnh Hùng")
        hr_south = make.make_hr(south, "Triệu Thanh Bình")
        hr_all = make.make_hr(root, "Lê Thị Tỉnh")

    return Province


@pytest.fixture
def desk(client, db):
    """Opens the HR desk as somebody, in English, so in message ids: `desk(viewer)` gives a client."""
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"

    def as_viewer(viewer):
        client.force_login(viewer)
        return client

    return as_viewer
