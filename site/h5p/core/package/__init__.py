"""A .h5p file, opened safely.

    with open_archive(path, findings) as archive: …      the zip: names, sizes and kinds of members checked
    package = inspect(path, may_install=True)            everything: what it holds and everything that is wrong

Nothing is written to disk here. What is accepted can be read out again member by member, checked against the
hash noted at the inspection.
"""

from .archive import Archive, Member, open_archive
from .contents import BundledLibrary, Package
from .inspection import inspect

__all__ = ["Archive", "BundledLibrary", "Member", "Package", "inspect", "open_archive"]
