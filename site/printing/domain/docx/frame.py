"""The empty document: A4 with the standard's text area and grid, styles and settings."""

from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from .elements import element, put
from .styles import CHAR_SPACE, LINE, style_sheet

# GB/T 9704, 7.1: A4, 37 mm above and 28 mm left of a text area of 156 × 225 mm.
TEXT_WIDTH = 156.0
_TOP, _LEFT, _RIGHT, _BOTTOM = 37.0, 28.0, 26.0, 35.0


def blank() -> Document:
    """An empty document with our styles and geometry, and nothing of python-docx's own template."""
    document = docx.Document()
    for relation in list(document.part.package.rels.values()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del document.part.package.rels[relation.rId]
    for relation in list(document.part.rels.values()):
        if relation.reltype.endswith(("/customXml", "/stylesWithEffects")):
            document.part.drop_rel(relation.rId)
            document.part.rels.pop(relation.rId, None)
    sheet = document.styles.element
    for old in list(sheet):
        sheet.remove(old)
    for one in style_sheet():
        sheet.append(one)
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    _settings(document.settings.element)
    _geometry(document)
    return document


def paragraph(parent: Any, style: str, text: str = "") -> Paragraph:
    """A paragraph in one of our styles at the end of ``parent`` (document, cell, header or footer)."""
    made: Paragraph = parent.add_paragraph()
    put(made._p.get_or_add_pPr(), element("w:pStyle", val=style))
    if text:
        made.add_run(text)
    return made


def _settings(settings: Any) -> None:
    for old in list(settings):
        settings.remove(old)
    word = "http://schemas.microsoft.com/office/word"
    # The order is the schema's.
    for one in (
        element("w:zoom", percent=100),
        element("w:defaultTabStop", val=420),
        element("w:evenAndOddHeaders"),
        element("w:characterSpacingControl", val="doNotCompress"),
        element(
            "w:compat",
            element("w:doNotExpandShiftReturn"),
            element("w:useFELayout"),
            element("w:compatSetting", name="compatibilityMode", uri=word, val=15),
        ),
        element("w:themeFontLang", val="zh-CN", eastAsia="zh-CN"),
    ):
        settings.append(one)


def _geometry(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.different_first_page_header_footer = True
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(element("w:docGrid", type="linesAndChars", linePitch=LINE, charSpace=CHAR_SPACE))
