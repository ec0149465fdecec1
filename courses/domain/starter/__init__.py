"""The starter courses: files in courses/library, read and checked as a whole, then loaded as published pages."""

from .loading import load_course
from .reading import StarterCourse, fingerprint, read_course

__all__ = ["StarterCourse", "fingerprint", "load_course", "read_course"]
