"""Below the text: page numbers, and the small print that tells whether the paper in hand still counts."""

import io
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.shared import Mm

from .elements import borders, element, field_around, put, twips
from .frame import TEXT_WIDTH, paragraph
from .styles import RED

# 7.5: the dash stands 7 mm below the text area, in the middle of a line 14 pt high; that line ends so far from the
# paper's edge.
_NUMBER = 25.5
# The small print ends so far from it.
_EDGE, _LETTER_EDGE = 8.0, 5.0
# 10.1: a letter's second rule stands 20 mm from the edge, beyond the text area on either side.
_LETTER_RULE = 20.0
LETTER_BEYOND = 7.0
_QR_SIDE, _QR_ROOM = 13.0, 14.0
_SMALL_LINE = 218 / twips(1)


@dataclass(frozen=True)
class SmallPrint:
    """``title`` of the document, ``imprint`` (version, day), ``address`` the QR code leads to, '' for none."""

    title: str
    imprint: str
    address: str


def write_footers(document: Document, small: SmallPrint, letter: bool) -> None:
    """Numbers outside (odd right, even left) with the small print below; on page 1 with the QR code.

    Page 1 of a letter has a rule in the number's place.
    """
    section = document.sections[0]
    edge = _LETTER_EDGE if letter else _EDGE
    section.footer_distance = Mm(edge)
    first = _emptied(section.first_page_footer)
    room = _QR_SIDE + 0.85
    if letter:
        _closing_rule(first, _LETTER_RULE - edge - room)
    else:
        _number(first, "right", _NUMBER - edge - room)
    _first_small_print(first, small)
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        _emptied(footer)
        _number(footer, side, _NUMBER - edge - 2 * _SMALL_LINE)
        for line in (small.title, small.imprint):
            made = paragraph(footer, "Imprint", line)
            put(made._p.pPr, element("w:jc", val="right" if side == "left" else "left"))


def _emptied(footer: Any) -> Any:
    footer.is_linked_to_previous = False
    for old in list(footer._element):
        footer._element.remove(old)
    return footer


def _number(footer: Any, side: str, after: float) -> None:
    """7.5: one character in from the outer edge."""
    made = paragraph(footer, "PageNumber")
    put(
        made._p.pPr,
        element("w:spacing", after=twips(after)),
        element("w:ind", **{f"{side}Chars": 100, side: 280}),
        element("w:jc", val=side),
    )
    made.add_run("— ")
    with field_around(made, "PAGE"):
        made.add_run("1")
    made.add_run(" —")


def _closing_rule(footer: Any, after: float) -> None:
    beyond = -twips(LETTER_BEYOND)
    put(
        paragraph(footer, "PageNumber")._p.pPr,
        borders(where="w:pBdr", bottom=(1.2, 0, RED, "thinThickSmallGap")),
        element("w:spacing", after=twips(after), line=20, lineRule="exact"),
        element("w:ind", left=beyond, right=beyond),
    )


def _first_small_print(footer: Any, small: SmallPrint) -> None:
    """The QR code, and beside it what it leads to: Word can do that in a table only."""
    code = qr_picture(small.address)
    widths = [_QR_ROOM, TEXT_WIDTH - _QR_ROOM] if code else [TEXT_WIDTH]
    table = footer.add_table(1, len(widths), Mm(TEXT_WIDTH))
    table.autofit = False
    none = (element(f"w:{side}", w=0, type="dxa") for side in ("left", "right"))
    put(table._tbl.tblPr, element("w:tblInd", w=0, type="dxa"), element("w:tblCellMar", *none))
    table.rows[0].height = Mm(_QR_SIDE + 0.5)
    for place, (cell, width) in enumerate(zip(table.rows[0].cells, widths, strict=True)):
        cell.width = table.columns[place].width = Mm(width)
        cell._tc.remove(cell.paragraphs[0]._p)
    if code:
        holder = paragraph(table.rows[0].cells[0], "Imprint")
        put(holder._p.pPr, element("w:spacing", line=240, lineRule="auto"))
        shape = holder.add_run().add_picture(io.BytesIO(code), Mm(_QR_SIDE), Mm(_QR_SIDE))
        shape._inline.docPr.set("descr", small.address)
    for line in (small.imprint, small.address):
        if line:
            put(paragraph(table.rows[0].cells[-1], "Imprint", line)._p.pPr, element("w:ind", left=twips(2)))
    # Word wants a paragraph after a table.
    put(paragraph(footer, "Imprint")._p.pPr, element("w:spacing", line=20, lineRule="exact"))


def qr_picture(address: str) -> bytes:
    """The address as a QR code (PNG); b"" without an address."""
    if not address:
        return b""
    import segno

    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", scale=8, border=0)
    return out.getvalue()
