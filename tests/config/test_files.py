"""Uploaded files: public ones are served under /tep/, whatever the settings; nothing else of the folder is."""

from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def public_file():
    file = Path(settings.MEDIA_ROOT) / "thu" / "anh.jpg"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"\xff\xd8\xff")
    yield file
    file.unlink()


@pytest.fixture
def private_file():
    file = Path(settings.PRIVATE_ROOT) / "certificates" / "thu.pdf"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"%PDF")
    yield file
    file.unlink()


def test_a_public_file_is_served_without_debug(client, db, public_file):
    assert settings.DEBUG is False
    response = client.get("/tep/thu/anh.jpg")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == b"\xff\xd8\xff"


@pytest.mark.parametrize(
    "address",
    [
        "/tep/../private/certificates/thu.pdf",
        "/tep/..%2Fprivate%2Fcertificates%2Fthu.pdf",
        "/tep/%2e%2e/private/certificates/thu.pdf",
        "/tep/private/certificates/thu.pdf",
        "/private/certificates/thu.pdf",
        "/tep/certificates/thu.pdf",
        "/tep/../secret-key",
        "/tep//etc/passwd",
    ],
)
def test_private_files_have_no_address(client, site, public_file, private_file, address):
    assert client.get(address).status_code in {400, 404}


@pytest.mark.parametrize("address", ["/tep/", "/tep/thu/", "/tep/thu"])
def test_folders_are_not_listed(client, site, public_file, address):
    assert client.get(address, follow=True).status_code == 404


def test_private_files_lie_outside_the_public_folder():
    public, private = Path(settings.MEDIA_ROOT).resolve(), Path(settings.PRIVATE_ROOT).resolve()
    assert not private.is_relative_to(public)
