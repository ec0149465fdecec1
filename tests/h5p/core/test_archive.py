"""The zip archive: what must never be unpacked is refused with its code, fast, and without reading it all."""

import io
import os
import stat
import struct
import subprocess
import sys
import time
import zipfile

import pytest

from h5p.core.package import inspect
from tests.h5p.packages import PIXEL, library, members, package, write, zipped

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def codes(path, **options) -> set[str]:
    return {finding.code for finding in inspect(path, may_install=True, **options).errors}


@pytest.fixture
def sound():
    """The files of a package in which nothing is wrong."""
    return members(library(), params={"question": "Hai cộng hai?"}, media={"images/diem.png": PIXEL})


def changed(tmp_path, files, name="extra", data=b"x", **attributes):
    """The package with one further entry whose ZipInfo has these attributes."""
    buffer = io.BytesIO(zipped(files))
    with zipfile.ZipFile(buffer, "a") as archive:
        info = zipfile.ZipInfo(name)
        for key, value in attributes.items():
            setattr(info, key, value)
        archive.writestr(info, data)
    return write(tmp_path, buffer.getvalue())


def test_a_sound_package_is_accepted(tmp_path, sound):
    result = inspect(write(tmp_path, zipped(sound)), may_install=True)
    assert result.accepted
    assert not result.warnings
    assert result.media.keys() == {"images/diem.png"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../outside.txt", "zip-slip"),
        ("content/../../outside.txt", "zip-slip"),
        ("content/..\\..\\outside.txt", "zip-slip"),
        ("/etc/passwd.txt", "absolute-path"),
        ("C:/windows.txt", "absolute-path"),
        ("content\\evil.txt", "backslash-in-path"),
        ("content/line\nbreak.txt", "control-in-path"),
        ("content/" + "a" * 240 + ".txt", "path-too-long"),
        ("content/IMAGES/diem.png", "case-collision"),
        ("content/images/diem.png/inside.txt", "path-collision"),
        ("content/drawing.svg", "not-in-whitelist"),
        ("content/page.html", "not-in-whitelist"),
        ("content/script.js", "not-in-whitelist"),
        ("content/film.swf", "not-in-whitelist"),
        ("H5P.Sample-1.0/run.php", "not-in-whitelist"),
        ("H5P.Sample-1.0/README", "not-in-whitelist"),
    ],
)
def test_bad_names_are_refused(tmp_path, sound, name, code):
    assert code in codes(changed(tmp_path, sound, name))


def test_a_name_with_a_zero_byte_is_refused(tmp_path, sound):
    data = zipped(sound | {"content/aXb.txt": b"x"}).replace(b"content/aXb.txt", b"content/a\0b.txt")
    assert "nul-in-path" in codes(write(tmp_path, data))


@pytest.mark.parametrize(
    ("kind", "code"), [(stat.S_IFLNK, "symlink"), (stat.S_IFIFO, "special-file"), (stat.S_IFCHR, "special-file")]
)
def test_what_is_no_file_is_refused(tmp_path, sound, kind, code):
    assert code in codes(
        changed(tmp_path, sound, "content/link.txt", b"/etc/passwd", external_attr=(kind | 0o777) << 16)
    )


def test_encrypted_members_are_refused(tmp_path, sound):
    data = bytearray(zipped(sound | {"content/geheim.txt": b"x"}))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"content/geheim.txt"))
    data[at + 8] |= 1
    assert "encrypted-member" in codes(write(tmp_path, bytes(data)))


def test_other_ways_of_packing_are_refused(tmp_path, sound):
    assert "unsupported-compression" in codes(
        changed(tmp_path, sound, "content/a.txt", b"x" * 99, compress_type=zipfile.ZIP_BZIP2)
    )


def test_members_twice_only_if_identical(tmp_path, sound):
    same = changed(tmp_path, sound, "content/images/diem.png", PIXEL)
    assert codes(same) == set()
    other = changed(tmp_path, sound, "content/images/diem.png", PIXEL + b"\0")
    assert "duplicate-member" in codes(other)


def test_folders_and_hidden_files_are_no_matter(tmp_path, sound):
    buffer = io.BytesIO(zipped(sound))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.mkdir("content/")
        archive.mkdir("H5P.Empty-1.0/")
        archive.writestr("__MACOSX/content/._page.html", b"<html>")
        archive.writestr("content/.DS_Store", b"x")
        archive.writestr("H5P.Sample-1.0/_notes.php", b"x")
        archive.writestr("readme.exe", b"ignored: it lies in no folder")
    result = inspect(write(tmp_path, buffer.getvalue()), may_install=True)
    assert result.accepted
    assert result.media.keys() == {"images/diem.png"}


def test_names_in_utf_8_without_the_mark_are_read(tmp_path, sound):
    written = "content/images/ảnh.png".encode()
    stand_in = b"content/images/" + b"X" * (len(written) - 19) + b".png"
    data = zipped(sound | {stand_in.decode(): PIXEL}).replace(stand_in, written)
    assert inspect(write(tmp_path, data), may_install=True).media.keys() >= {"images/ảnh.png"}


def test_names_in_another_encoding_are_refused(tmp_path, sound):
    data = zipped(sound | {"content/aXb.txt": b"x"}).replace(b"content/aXb.txt", b"content/a\xe9b.txt")
    assert "name-not-utf-8" in codes(write(tmp_path, data))


def test_a_bomb_by_ratio_is_refused_unread(tmp_path, sound):
    path = write(tmp_path, zipped(sound | {"content/bomb.txt": b"\0" * 60_000_000}))
    assert path.stat().st_size < 100_000
    began = time.monotonic()
    assert codes(path) == {"compression-ratio"}
    assert time.monotonic() - began < 0.5


def test_sizes_are_limited(tmp_path, sound):
    from h5p.core.limits import Limits

    path = write(tmp_path, zipped(sound | {"content/large.txt": os.urandom(3_000).hex().encode()}))
    assert codes(path, limits=Limits(file=2_000)) >= {"file-size-too-large"}
    assert "total-size-too-large" in codes(path, limits=Limits(total=2_000))
    assert codes(path, limits=Limits(package=2_000)) == {"package-too-large"}
    assert codes(path) == set()


def test_too_many_members(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(6_000):
            archive.writestr(f"content/{number}.txt", b"")
    assert codes(write(tmp_path, buffer.getvalue())) == {"too-many-members"}


def test_a_lie_about_the_number_of_members_does_not_help(tmp_path):
    """The end record says ten; the directory holds 100,000. It is refused by the directory's length, unread."""
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 100_000
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 10, 10, len(directory), 0, 0)
    began = time.monotonic()
    assert codes(write(tmp_path, directory + end)) == {"too-many-members"}
    assert time.monotonic() - began < 0.2


def with_a_64_bit_end(data: bytes, members: int, length: int, *, also_in_32_bits: bool) -> bytes:
    """The archive with the end record of 64 bits that says this, before the usual one."""
    at = data.rindex(b"PK\x05\x06")
    record = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, members, members, length, at - length)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, at, 1)
    small = (
        data[at:]
        if also_in_32_bits
        else struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, *[0xFFFF] * 2, *[2**32 - 1] * 2, 0)
    )
    return data[:at] + record + locator + small


@pytest.mark.parametrize("also_in_32_bits", [True, False])
def test_archives_of_the_64_bit_kind_are_read(tmp_path, sound, also_in_32_bits):
    """Tools that write without knowing the sizes beforehand use it for small archives too."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in sound.items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as member:
                member.write(data)
    data = buffer.getvalue()
    length = struct.unpack("<I", data[-10:-6])[0]
    data = with_a_64_bit_end(data, len(sound), length, also_in_32_bits=also_in_32_bits)
    assert inspect(write(tmp_path, data), may_install=True).accepted


@pytest.mark.parametrize("place", ["64 bits", "hidden end"])
def test_a_long_directory_is_not_read_whichever_record_names_it(tmp_path, place):
    """A million entries: named in the 64-bit record alone, or in an end record that looks as if it began later."""
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 1_000_000
    if place == "64 bits":
        end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(entry), 0, 0)
        data = with_a_64_bit_end(directory + end, 1_000_000, len(directory), also_in_32_bits=True)
    else:
        offset = struct.unpack("<I", b"PK\x05\x06")[0]
        data = directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), offset, 0)
    path = write(tmp_path, data)
    began = time.process_time()
    assert codes(path) == {"too-many-members"}
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html>", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_refused(tmp_path, data):
    assert codes(write(tmp_path, data)) <= {"unable-to-unzip", "too-many-members"}
    assert codes(write(tmp_path, data))


def test_a_damaged_member_is_refused(tmp_path, sound):
    data = bytearray(zipped(sound, store=True))
    at = data.index(b"Hai c")
    data[at] ^= 0xFF
    assert "unable-to-read-package-file" in codes(write(tmp_path, bytes(data)))


def test_the_ending_of_the_name_is_asked_for(tmp_path, sound):
    path = write(tmp_path, zipped(sound), name="goi.zip")
    assert codes(path) == {"missing-h5p-extension"}
    assert codes(path, name="Gói.H5P") == set()


HOSTILE = """
import re, sys, time
sys.path.insert(0, {site!r})
from pathlib import Path
from h5p.core.package import inspect
began = time.monotonic()
result = inspect(Path({path!r}), may_install=True)
print(",".join(sorted({{one.code for one in result.errors}})), time.monotonic() - began,
      re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def _many(count):
    """Empty files, as a zip program would write them; Python's own takes seconds for so many."""
    files, directory, at = [], [], 0
    for number in range(count):
        name = b"content/%d.txt" % number
        files.append(struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0) + name)
        entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, len(name), *[0] * 5, at)
        directory.append(entry + name)
        at += len(files[-1])
    listed = b"".join(directory)
    # more entries than the old end record can count: the 64-bit one stands before it
    far = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(listed), at)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, at + len(listed), 1)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(listed), at, 0)
    return b"".join(files) + listed + far + locator + end


def _bomb():
    return package(library(), media={"bomb.txt": b"\0" * 63_000_000})


def _long_json():
    return zipped(members(library("H5P.Long", description="a" * 50_000_000)), store=True)


def _wide_picture():
    import zlib

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1_000_000)), (b"IEND", b"")]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return package(library(), media={"images/wide.png": data})


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (lambda: _many(100_000), "too-many-members"),
        (_bomb, "compression-ratio"),
        (_long_json, "json-too-large"),
        (_wide_picture, "image-too-large"),
        (lambda: package(library(), media={"images/virus.png": EICAR}), "not-an-image"),
        (lambda: package(library(), media={"a.json": b"[" * 5_000_000}, params={}), ""),
    ],
    ids=["100,000 members", "bomb", "library.json of 50 MB", "picture of 3.6 gigapixels", "EICAR", "deep JSON unread"],
)
def test_hostile_packages_take_neither_time_nor_memory(tmp_path, build, code):
    """Measured in a process of its own: at most 2 s and 300 MB."""
    path = write(tmp_path, build())
    site = str(next(folder for folder in sys.path if folder.endswith("/site")))
    script = HOSTILE.format(site=site, path=str(path))
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=30)
    found, seconds, kilobytes = told.stdout.split(" ")
    assert code in found
    assert float(seconds) < 2
    assert int(kilobytes) < 300 * 1024
