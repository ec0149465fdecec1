"""Parts of files: without them no film can be wound."""

import gzip

import pytest
from django.test import RequestFactory

from h5p.views import ranged
from h5p.views.ranged import file_response

DATA = bytes(range(256)) * 1200  # several chunks


@pytest.fixture
def film(tmp_path):
    path = tmp_path / "phim.mp4"
    path.write_bytes(DATA)
    return path


def asked(path, content_type="video/mp4", **headers):
    request = RequestFactory().get("/", headers={name.replace("_", "-"): value for name, value in headers.items()})
    return file_response(request, path, content_type, "private")


def test_the_whole_file_in_pieces(film):
    response = asked(film)
    pieces = list(response.streaming_content)
    assert b"".join(pieces) == DATA
    assert len(pieces) == -(-len(DATA) // ranged.CHUNK) > 1
    assert response.status_code == 200
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Length"] == str(len(DATA))


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-", 0, len(DATA) - 1),
        ("bytes=0-0", 0, 0),
        ("bytes=70000-210000", 70000, 210000),
        ("bytes=-5", len(DATA) - 5, len(DATA) - 1),
        (f"bytes={len(DATA) - 1}-", len(DATA) - 1, len(DATA) - 1),
        (f"bytes=10-{len(DATA) + 99}", 10, len(DATA) - 1),
        (f"bytes=-{len(DATA) + 99}", 0, len(DATA) - 1),
    ],
)
def test_a_part(film, wanted, first, last):
    response = asked(film, Range=wanted)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(DATA)}"
    assert response["Content-Length"] == str(last - first + 1)
    assert response.getvalue() == DATA[first : last + 1]


@pytest.mark.parametrize("wanted", [f"bytes={len(DATA)}-", "bytes=9-3", "bytes=-0"])
def test_a_part_that_is_not_there(film, wanted):
    response = asked(film, Range=wanted)
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(DATA)}"


@pytest.mark.parametrize("wanted", ["bytes=0-1,5-6", "bytes=-", "bytes=a-b", "lines=1-2", ""])
def test_what_is_no_single_range_gets_the_whole(film, wanted):
    assert asked(film, Range=wanted).status_code == 200


def test_a_part_of_a_file_that_changed_is_the_whole(film):
    whole = asked(film)
    for condition in (whole["ETag"], whole["Last-Modified"]):
        assert asked(film, Range="bytes=0-1", If_Range=condition).status_code == 206
    for condition in ('"another"', f"W/{whole['ETag']}", "Mon, 01 Jan 2001 00:00:00 GMT"):
        assert asked(film, Range="bytes=0-1", If_Range=condition).status_code == 200


def test_unchanged_files_are_not_sent_again(film):
    tag = asked(film)["ETag"]
    assert asked(film, If_None_Match=f'"x", {tag}').status_code == 304
    assert asked(film, If_None_Match='"x"').status_code == 200


def test_texts_are_compressed_but_never_their_parts(tmp_path):
    path = tmp_path / "ten.js"
    path.write_bytes(b"var a = 1;\n" * 100)
    response = asked(path, "text/javascript", Accept_Encoding="gzip, br")
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == path.read_bytes()
    assert "Accept-Encoding" in response["Vary"]
    assert "Content-Encoding" not in asked(path, "text/javascript")
    part = asked(path, "text/javascript", Accept_Encoding="gzip", Range="bytes=0-4")
    assert part.getvalue() == b"var a"
    assert "Content-Encoding" not in part


def test_films_are_not_compressed(film):
    assert "Content-Encoding" not in asked(film, Accept_Encoding="gzip")


def test_what_is_missing_raises(tmp_path):
    with pytest.raises(FileNotFoundError):
        asked(tmp_path / "x")
    with pytest.raises(OSError):
        asked(tmp_path)
