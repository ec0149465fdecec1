"""Names of libraries: "H5P.Blanks 1.14" in content, "H5P.Blanks-1.14" as a folder."""

import re
from typing import NamedTuple, Self

_SPACED = re.compile(r"([\w.-]{1,255}) (\d{1,5})\.(\d{1,5})", re.ASCII)
_FOLDER = re.compile(r"([\w.-]{1,255})-(\d{1,5})\.(\d{1,5})", re.ASCII)


class LibraryName(NamedTuple):
    """What identifies a library: its machine name with major and minor number. Patches share it."""

    machine_name: str
    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}"

    @property
    def folder(self) -> str:
        return f"{self.machine_name}-{self.major}.{self.minor}"

    @classmethod
    def parse(cls, text: object) -> Self | None:
        """From "H5P.Blanks 1.14"; None if it is not such a name."""
        return cls._from(_SPACED, text)

    @classmethod
    def parse_folder(cls, text: object) -> Self | None:
        """From "H5P.Blanks-1.14"; None if it is not such a name."""
        return cls._from(_FOLDER, text)

    @classmethod
    def _from(cls, pattern: re.Pattern, text: object) -> Self | None:
        found = pattern.fullmatch(text) if isinstance(text, str) else None
        return cls(found[1], int(found[2]), int(found[3])) if found else None
