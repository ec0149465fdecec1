from .letter import Letter, Matter
from .notice import Notice
from .preference import Preference

__all__ = ["Letter", "Matter", "Notice", "Preference"]
