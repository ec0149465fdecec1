"""The PDF of activation slips."""

from .rendering import SlipRenderingError, render

__all__ = ["SlipRenderingError", "render"]
