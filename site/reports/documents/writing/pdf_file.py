"""The paper as a tagged PDF drawn by Typst; the texts are set as text, never read as markup.

The face is Libertinus Serif, which comes with Typst: it was drawn to stand in for Times New Roman, which nobody may
hand on, and has every Vietnamese letter. What it lacks is set in the site's own face.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import typst
from django.conf import settings
from django.utils import timezone

from reports.documents.paper import Paper
from shared.text.fold import to_nfc

_TEMPLATES = Path(__file__).resolve().parent


def write_pdf(paper: Paper, file: BinaryIO, folder: str | None = None) -> None:
    """All rows are held in memory: some 0.2 MB for each of them (`kinds.MOST_ROWS`)."""
    compiler = typst.Compiler(_TEMPLATES / "paper.typ", root=_TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True)
    file.write(
        compiler.compile(
            format="pdf",
            sys_inputs={"content": to_nfc(json.dumps(_content(paper), ensure_ascii=False))},
            pdf_standards=["ua-1"],
            timestamp=timezone.now().replace(microsecond=0),
        )
    )


def _content(paper: Paper) -> dict:
    return {
        "superior": paper.letterhead.superior,
        "agency": paper.letterhead.agency,
        "number": paper.letterhead.number,
        "nation": paper.letterhead.nation,
        "motto": paper.letterhead.motto,
        "star": paper.letterhead.star,
        "place_and_day": paper.place_and_day,
        "title": paper.title,
        "facts": paper.facts,
        "as_of": paper.as_of,
        "marks": paper.marks,
        "wide": paper.is_wide,
        "columns": [
            {"label": label, "right": column.align == "right", "width": column.width}
            for column, label in zip(paper.table.columns, paper.table.labels(), strict=True)
        ],
        "rows": [{"sum": is_total, "cells": texts} for is_total, texts in paper.texts()],
        "foot": paper.foot,
        "signatures": list(paper.signatures),
        "under": list(paper.under_signatures),
        "prepared_by": paper.prepared_by,
    }


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    own = settings.ASSETS_DIR / "shared" / "fonts" / "pdf"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(own)])
