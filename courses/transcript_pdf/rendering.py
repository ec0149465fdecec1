"""The transcript as a PDF: A4 pages drawn by Typst; the texts are set as text, never read as markup."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import typst

from courses.certificate_pdf.rendering import fonts_of
from shared.text.fold import to_nfc

_TEMPLATES = Path(__file__).resolve().parent


@dataclass(frozen=True)
class TranscriptLine:
    """One completed course, as its completion recorded it."""

    course: str
    completed_on: str
    minutes: int
    result: str
    certificate: str


@dataclass(frozen=True)
class Transcript:
    """Everything that is printed, in Vietnamese whatever the interface language: it leaves the site."""

    full_name: str
    staff_number: str
    position: str
    unit: str
    lines: tuple[TranscriptLine, ...]
    years: tuple[tuple[str, str], ...]  # a year and its hours
    as_of: str
    demo_mark: str


def render(transcript: Transcript, fonts: Path, made_at: datetime) -> bytes:
    """The PDF, tagged; the same content at the same moment gives the same bytes."""
    faces = fonts_of(fonts)
    compiler = typst.Compiler(
        _TEMPLATES / "transcript.typ", root=_TEMPLATES, font_paths=faces.loaded, ignore_system_fonts=True
    )
    content = to_nfc(json.dumps(asdict(transcript), ensure_ascii=False))
    return compiler.compile(
        format="pdf",
        sys_inputs={"content": content, "sans": faces.sans, "serif": faces.serif},
        pdf_standards=["ua-1"],
        timestamp=made_at.replace(microsecond=0),
    )
