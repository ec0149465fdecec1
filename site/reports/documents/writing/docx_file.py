"""The paper as a Word document: A4 with the margins and sizes of Decree 30/2020, Appendix I.

python-docx makes everything but the rows; those are written into its document one after another, so that memory
does not grow with them (as a tree of elements a row takes some 50 KB).
"""

import io
import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reports.documents.paper import Paper

_BODY = "word/document.xml"
_FONT = "Times New Roman"
_PLACE_OF_ROWS = "zq-rows-go-here-qz"
_ROW_OF_THAT = re.compile(rb"<w:tr\b(?:(?!<w:tr\b).)*?" + _PLACE_OF_ROWS.encode() + rb".*?</w:tr>", re.DOTALL)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TWENTIETHS_A_MM = 56.6929
_CENTRE, _LEFT, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


def write_docx(paper: Paper, file: BinaryIO, folder: str | None = None) -> None:
    shell = io.BytesIO()
    widths = _widths(paper)
    _shell(paper, widths).save(shell)
    with ZipFile(shell) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry.filename)
            if entry.filename != _BODY:
                target.writestr(entry.filename, content)
                continue
            place = _ROW_OF_THAT.search(content)
            with target.open(_BODY, "w", force_zip64=True) as body:
                body.write(content[: place.start()])
                for piece in _rows(paper, widths):
                    body.write(piece.encode())
                body.write(content[place.end() :])


def _rows(paper: Paper, widths: list[int]) -> Iterator[str]:
    sides = ["right" if column.align == "right" else "left" for column in paper.table.columns]
    for is_total, texts in paper.texts():
        strong = "<w:rPr><w:b/></w:rPr>" if is_total else ""
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/>'
            f'<w:jc w:val="{side}"/></w:pPr><w:r>{strong}<w:t xml:space="preserve">{_escaped(text)}</w:t></w:r></w:p>'
            "</w:tc>"
            for text, width, side in zip(texts, widths, sides, strict=True)
        )
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _escaped(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text))


def _widths(paper: Paper) -> list[int]:
    """Of the columns, in twentieths of a point, in proportion to what they hold."""
    whole = (252 if paper.is_wide else 165) * _TWENTIETHS_A_MM
    shares = [column.width for column in paper.table.columns]
    return [int(whole * share / sum(shares)) for share in shares]


def _shell(paper: Paper, widths: list[int]):
    document = Document()
    _styles(document)
    _page(document.sections[0], paper)
    document.core_properties.title = paper.title
    document.core_properties.author = paper.prepared_by
    document.core_properties.language = "vi-VN"
    document.core_properties.comments = paper.as_of
    _letterhead(document, paper)
    _line(document, "", 6)
    _line(document, paper.title, 14, bold=True)
    for fact in paper.facts:
        _line(document, fact, 13)
    for text in (paper.as_of, *paper.marks):
        _line(document, text, 13, italic=True)
    _line(document, "", 6)
    _table(document, paper, widths)
    for text in paper.foot:
        _line(document, text, 11, italic=True, side=_LEFT)
    _line(document, "", 6)
    _signatures(document, paper)
    return document


def _styles(document) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = _FONT, Pt(13), RGBColor(0, 0, 0)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.rPr.append(language)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    cell = document.styles.add_style("Cell", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style, cell.font.size = normal, Pt(11)


def _page(section, paper: Paper) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    if paper.is_wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True  # the first page bears no number
    number = section.header.paragraphs[0]
    number.alignment = _CENTRE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)


def _line(document, text: str, size: int, *, bold=False, italic=False, side=_CENTRE) -> None:
    _set(document.add_paragraph(), text, size, bold=bold, italic=italic, side=side)


def _set(paragraph, text: str, size: int, *, bold=False, italic=False, side=_CENTRE) -> None:
    paragraph.alignment = side
    run = paragraph.add_run(_NOT_IN_XML.sub("", text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _letterhead(document, paper: Paper) -> None:
    """Agency on the left, nation and motto, or the Party, on the right, a line below either; the Party's star."""
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    head = paper.letterhead
    _set(left.paragraphs[0], head.superior, 12)
    _set(left.add_paragraph(), head.agency, 13, bold=True)
    if head.star:
        _set(left.add_paragraph(), head.star, 14)
    else:
        _ruled(left.add_paragraph(), 30)
    _set(left.add_paragraph(), head.number, 13)
    _set(right.paragraphs[0], head.nation, 13, bold=True)
    if head.motto:
        _set(right.add_paragraph(), head.motto, 14, bold=True)
    _ruled(right.add_paragraph(), 15)
    _set(right.add_paragraph(), paper.place_and_day, 14, italic=True)


def _ruled(paragraph, aside_mm: int) -> None:
    """A thin line over the middle of the cell, drawn as the border of an empty paragraph."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(aside_mm)
    paragraph.paragraph_format.line_spacing = Pt(6)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    paragraph._p.get_or_add_pPr().insert(0, border)


def _table(document, paper: Paper, widths: list[int]) -> None:
    labels = paper.table.labels()
    table = document.add_table(rows=2, cols=len(labels), style="Table Grid")
    table.autofit = False
    heading, place = table.rows
    for cell, label, width in zip(heading.cells, labels, widths, strict=True):
        cell.width = width * 635  # of a twentieth of a point in English Metric Units
        paragraph = cell.paragraphs[0]
        paragraph.style = document.styles["Cell"]
        _set(paragraph, label, 11, bold=True)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width * 635
    repeated = OxmlElement("w:tblHeader")
    heading._tr.get_or_add_trPr().append(repeated)
    place.cells[0].paragraphs[0].add_run(_PLACE_OF_ROWS)


def _signatures(document, paper: Paper) -> None:
    table = document.add_table(rows=1, cols=2)
    for cell, title, under, name in zip(
        table.rows[0].cells, paper.signatures, paper.under_signatures, (paper.prepared_by, ""), strict=True
    ):
        _set(cell.paragraphs[0], title, 13, bold=True)
        _set(cell.add_paragraph(), under, 13, italic=True)
        for _blank in range(3):
            cell.add_paragraph()
        _set(cell.add_paragraph(), name, 13, bold=True)
