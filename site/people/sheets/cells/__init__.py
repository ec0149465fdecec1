"""From a cell to a value: one module a kind. Each function returns the value and the problems found on the way."""

from .text import as_text

__all__ = ["as_text"]
