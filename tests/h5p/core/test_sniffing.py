"""What a file really is, whatever it is called."""

import io

import pytest
from PIL import Image, ImageFile

from h5p.core.findings import Findings
from h5p.core.limits import Limits
from h5p.core.package import inspect
from h5p.core.package.sniffing import check_content_file, check_image, kind_of
from tests.h5p.packages import PIXEL, library, package, write


def picture(kind: str, size=(4, 4)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, kind)
    return buffer.getvalue()


def found(extension: str, data: bytes) -> tuple[set[str], set[str]]:
    """Codes of errors and warnings."""
    findings = Findings()
    check_content_file(f"content/x.{extension}", extension, data[:4096], len(data), findings)
    return {one.code for one in findings.errors}, {one.code for one in findings.warnings}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<!DOCTYPE html><html>", "html"),
        (b"  \n<html>", "html"),
        (b"\xef\xbb\xbf<script>", "html"),
        (b"<SCRIPT src=x>", "html"),
        (b"<!-- a --><p>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b"<svg xmlns='x'>", "svg"),
        (b"<?xml version='1.0'?><!-- x --><svg>", "svg"),
        (b"<?xml version='1.0'?><rss>", "xml"),
        (PIXEL, "png"),
        (b"<3 is a heart", "text"),
        (b"\0\x01\x02", ""),
    ],
)
def test_kinds(data, kind):
    assert kind_of(data) == kind


@pytest.mark.parametrize("extension", ["png", "txt", "csv", "json", "mp4", "vtt", "pdf", "woff"])
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html><script>alert(1)</script>", "content-sniffed-as-html"),
        (b"<svg onload=alert(1)>", "content-sniffed-as-svg"),
        (b"<?xml version='1.0'?><x/>", "content-sniffed-as-xml"),
    ],
)
def test_markup_is_refused_under_any_name(extension, data, code):
    assert found(extension, data)[0] == {code}


@pytest.mark.parametrize(
    ("extension", "data"),
    [
        ("png", PIXEL),
        ("jpeg", picture("JPEG")),
        ("gif", picture("GIF")),
        ("tif", picture("TIFF")),
        ("mp4", b"\0\0\0\x18ftypmp42"),
        ("m4a", b"\0\0\0\x18ftypM4A "),
        ("webm", b"\x1a\x45\xdf\xa3xxxx"),
        ("mp3", b"ID3\x03\0"),
        ("mp3", b"\xff\xfb\x90\x64"),
        ("mp3", b"\0" * 100 + b"\xff\xfb\x90\x64"),
        ("ogg", b"OggS\0"),
        ("wav", b"RIFF\x24\0\0\0WAVEfmt "),
        ("pdf", b"%PDF-1.7"),
        ("docx", b"PK\x03\x04"),
        ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("ttf", b"\0\1\0\0\0"),
        ("vtt", b"WEBVTT\n"),
        ("txt", "Chào".encode("utf-16")),
        ("json", b"{}"),
    ],
)
def test_files_that_are_what_they_say(extension, data):
    assert found(extension, data) == (set(), set())


@pytest.mark.parametrize(
    ("extension", "data", "code"),
    [
        ("png", b"MZ\x90\0", "not-an-image"),
        ("jpg", b"plain words", "not-an-image"),
        ("mp4", b"plain words", "content-type-mismatch"),
        ("mp3", PIXEL, "content-type-mismatch"),
        ("pdf", b"MZ\x90\0", "content-type-mismatch"),
        ("txt", b"MZ\x90\0\x01", "content-type-mismatch"),
        ("woff2", b"\0\0\0\0", "content-type-mismatch"),
    ],
)
def test_files_that_are_something_else(extension, data, code):
    assert found(extension, data)[0] == {code}


def test_one_format_under_the_name_of_a_sibling_is_only_worth_a_warning():
    assert found("png", picture("JPEG")) == (set(), {"other-media-type"})
    assert found("mp3", b"\0\0\0\x18ftypM4A ") == (set(), {"other-media-type"})
    assert found("txt", b"") == (set(), {"empty-file"})


def test_pictures_must_decode():
    whole, findings = picture("PNG", (64, 64)), Findings()
    check_image("a.png", whole, findings)
    assert not findings.errors
    check_image("a.png", whole[:-30], findings)
    assert [one.code for one in findings.errors] == ["not-an-image"]


def test_a_package_full_of_pictures_is_not_decoded_for_ever(tmp_path, monkeypatch):
    pictures = {f"{n}.png": picture("PNG", (64, 64)) for n in range(4)}
    torn = pictures["3.png"][:-30] + b"\0" * 30
    path = write(tmp_path, package(library(), media=pictures | {"4.png": torn}))
    decoded = []
    load = ImageFile.ImageFile.load
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda image: decoded.append(image.size) or load(image))
    found = inspect(path, may_install=True, limits=Limits(decoded_pixels=2 * 64 * 64))
    assert len(decoded) == 2
    assert [(one.code, one.values["path"]) for one in found.errors] == [("not-an-image", "content/4.png")]
