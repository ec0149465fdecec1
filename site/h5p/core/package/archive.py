"""The zip archive of a package. Everything its directory says is checked before a single member is unpacked."""

import hashlib
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from stat import S_IFMT, S_ISDIR, S_ISLNK, S_ISREG

from ..findings import Findings
from ..limits import DEFAULT_LIMITS, MB, Limits

_BYTES_PER_ENTRY = 600  # of the directory: 46, a path of 240 characters, and room for extra fields
_LONGEST_END = 66_000  # the end record with the longest comment
_CHUNK = 256 * 1024
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


class UnreadableMember(Exception):
    """A member is damaged, or is not what it was when it was inspected."""

    def __init__(self, path: str):
        self.path = path
        super().__init__(path)


@dataclass(frozen=True)
class Member:
    """A file of the package: its path inside and its size unpacked, in bytes."""

    path: str
    size: int
    info: zipfile.ZipInfo

    @property
    def extension(self) -> str:
        """The last one, in small letters, without the dot; "" if there is none."""
        return PurePosixPath(self.path).suffix[1:].lower()


class Archive:
    """The members of an opened package that count: files, without those whose path has a part beginning with
    a dot or an underscore."""

    def __init__(self, source: io.BufferedReader, file: zipfile.ZipFile, members: dict[str, Member]):
        self._source, self._file = source, file
        self.members = members

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *exception) -> None:
        self._file.close()
        self._source.close()

    def chunks(self, path: str) -> Iterator[bytes]:
        """The member piece by piece. Raises UnreadableMember if it is damaged."""
        member = self.members[path]
        try:
            with self._file.open(member.info) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except _UNREADABLE as error:
            raise UnreadableMember(path) from error

    def read(self, path: str) -> bytes:
        """The whole member; its size was limited when the archive was opened. Raises UnreadableMember."""
        return b"".join(self.chunks(path))

    def head(self, path: str, size: int = 4096) -> bytes:
        """The first bytes of a member. Raises UnreadableMember."""
        for chunk in self.chunks(path):
            return chunk[:size]
        return b""

    def sha256(self, path: str) -> str:
        digest = hashlib.sha256()
        for chunk in self.chunks(path):
            digest.update(chunk)
        return digest.hexdigest()


def open_archive(path: Path, findings: Findings, limits: Limits = DEFAULT_LIMITS) -> Archive | None:
    """Opens the package and checks its directory; None if it cannot be opened or must not be unpacked.

    All faults are noted in `findings`. Time and memory are bounded: a directory that is longer than one of
    `limits.members` entries can be is not read, whatever the records at the end of the file say of it.
    """
    size = path.stat().st_size
    if size > limits.package:
        findings.error("package-too-large", used=_in_mb(size), limit=limits.package // MB)
        return None
    source = _Source(path, limits.members * _BYTES_PER_ENTRY + _LONGEST_END)
    archive = _opened(source, findings, limits)
    if archive is None:
        source.close()
    return archive


def _opened(source: "_Source", findings: Findings, limits: Limits) -> Archive | None:
    try:
        file = zipfile.ZipFile(source)
    except _TooMuchAtOnce:
        findings.error("too-many-members", limit=limits.members)
        return None
    except UnicodeDecodeError:
        findings.error("name-not-utf-8", path="?")
        return None
    except _UNREADABLE:
        findings.error("unable-to-unzip")
        return None
    source.most = None
    infos = file.infolist()
    if len(infos) > limits.members:
        findings.error("too-many-members", limit=limits.members)
        return None
    members = _check_members(file, infos, findings, limits)
    return None if findings.failed else Archive(source, file, members)


class _TooMuchAtOnce(Exception):
    """More was to be read in one piece than any sound package asks for."""


class _Source(io.BufferedReader):
    """The file of the package. zipfile reads the directory in one piece, as long as one of two kinds of end records
    says it is; while the archive is opened that piece has a limit, so that no record needs to be believed."""

    def __init__(self, path: Path, most: int):
        super().__init__(io.FileIO(path))
        self.most: int | None = most

    def read(self, size: int | None = -1, /) -> bytes:
        if self.most is None:
            return super().read(size)
        data = super().read(self.most + 1 if size is None or size < 0 else min(size, self.most + 1))
        if len(data) > self.most:
            raise _TooMuchAtOnce
        return data


def _check_members(file, infos: list[zipfile.ZipInfo], findings: Findings, limits: Limits) -> dict[str, Member]:
    found: dict[str, Member] = {}
    total = 0
    for info in infos:
        name = _name(info, findings)
        total += info.file_size
        if name is None or not _check_entry(name, info, findings, limits) or info.is_dir() or _is_hidden(name):
            continue
        if name in found:
            if not _same(file, found[name].info, info):
                findings.error("duplicate-member", path=name)
            continue
        found[name] = Member(name, info.file_size, info)
    if total > limits.total:
        findings.error("total-size-too-large", used=_in_mb(total), limit=limits.total // MB)
    _check_collisions(found, findings)
    return found


def _check_entry(name: str, info: zipfile.ZipInfo, findings: Findings, limits: Limits) -> bool:
    """Path, kind, size and packing of one entry; whether nothing is wrong with it."""
    faults_before = len(findings.errors)
    _check_path(name, findings, limits)
    _check_kind(name, info, findings)
    if info.file_size > limits.file:
        findings.error("file-size-too-large", path=name, used=_in_mb(info.file_size), limit=limits.file // MB)
    if info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(info.compress_size, 1):
        findings.error("compression-ratio", path=name, limit=limits.ratio)
    return len(findings.errors) == faults_before


def _check_path(name: str, findings: Findings, limits: Limits) -> None:
    parts = name.split("/")
    if ".." in parts or ".." in name.split("\\"):
        findings.error("zip-slip", path=name)
    if name.startswith("/") or _DRIVE.match(name):
        findings.error("absolute-path", path=name)
    if "\\" in name:
        findings.error("backslash-in-path", path=name)
    if "\0" in name:
        findings.error("nul-in-path", path=name)
    elif any(unicodedata.category(char) == "Cc" for char in name):
        findings.error("control-in-path", path=name)
    if len(name) > limits.path:
        findings.error("path-too-long", path=name, limit=limits.path)


def _check_kind(name: str, info: zipfile.ZipInfo, findings: Findings) -> None:
    mode = info.external_attr >> 16
    if S_ISLNK(mode):
        findings.error("symlink", path=name)
    elif S_IFMT(mode) and not S_ISREG(mode) and not S_ISDIR(mode):
        findings.error("special-file", path=name)
    if info.flag_bits & _ENCRYPTED_FLAG:
        findings.error("encrypted-member", path=name)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        findings.error("unsupported-compression", path=name)


def _check_collisions(members: dict[str, Member], findings: Findings) -> None:
    """Paths that a file system without capital letters takes for one, and files that are folders elsewhere."""
    seen: dict[str, str] = {}
    folders: set[str] = set()
    for name in members:
        key = unicodedata.normalize("NFC", name).casefold()
        if key in seen:
            findings.error("case-collision", path=name, other=seen[key])
        seen[key] = name
        parts = key.split("/")
        folders.update("/".join(parts[:count]) for count in range(1, len(parts)))
    for key in folders & seen.keys():
        findings.error("path-collision", path=seen[key])


def _is_hidden(name: str) -> bool:
    """Parts that begin with a dot or an underscore: traces of operating systems and version control."""
    return any(part[:1] in {".", "_"} for part in name.split("/"))


def _name(info: zipfile.ZipInfo, findings: Findings) -> str | None:
    """The name as it was written; UTF-8 also counts where the archive forgot to say so (as macOS does)."""
    name = info.orig_filename
    if info.flag_bits & _UTF8_FLAG or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        findings.error("name-not-utf-8", path=name)
        return None


def _same(file: zipfile.ZipFile, one: zipfile.ZipInfo, other: zipfile.ZipInfo) -> bool:
    if (one.CRC, one.file_size) != (other.CRC, other.file_size):
        return False
    try:
        with file.open(one) as first, file.open(other) as second:
            while chunk := first.read(_CHUNK):
                if chunk != second.read(_CHUNK):
                    return False
            return True
    except _UNREADABLE:
        return False


def _in_mb(size: int) -> str:
    return f"{size / MB:.1f}"
