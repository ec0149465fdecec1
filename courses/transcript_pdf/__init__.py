"""A person's own transcript as a PDF."""

from .rendering import Transcript, TranscriptLine, render

__all__ = ["Transcript", "TranscriptLine", "render"]
