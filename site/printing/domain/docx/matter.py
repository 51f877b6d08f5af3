"""What stands around the text of an official document: head, title, recipients; attachments, signature, 版记."""

from collections.abc import Iterable, Mapping
from typing import Any

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt, Twips
from docx.text.paragraph import Paragraph

from .elements import borders, element, put, twips
from .footers import LETTER_BEYOND
from .frame import TEXT_WIDTH, paragraph
from .styles import BODY, LINE, RED

_POINTS_PER_MM = 72 / 25.4
# 7.2.4: the name's upper edge stands 35 mm below the text area's.
_ABOVE_MARK = 35.0
# 7.2.6: the rule stands 4 mm below the number.
_ABOVE_RULE = 4.0
_RULE = 0.6
# 10.1 letter: the name 30 mm from the paper's edge, rules of 170 mm: 7 mm beyond the text area on either side.
_LETTER_TOP = 30.0
_LETTER_TITLE_LINES = 2
# A longer last paragraph goes over the page by itself; LibreOffice would move all of it.
_MOST_HELD = 4 * 28
_COLOPHON_CHARACTER = 14  # points


def write_head(document: Document, given: Mapping[str, Any]) -> None:
    """Everything above the text: the name in red with its rule, number, title, recipients."""
    head, number = given.get("head", ""), given.get("number", "")
    if head == "document":
        mark = _mark(document, given)
        put(mark._p.pPr, element("w:spacing", before=twips(_ABOVE_MARK), after=0, line=240, lineRule="auto"))
        _number_over_rule(document, number)
    elif head == "letter":
        _letter_head(document, given)
    if head == "letter" and number:
        put(paragraph(document, "Number", number)._p.pPr, element("w:jc", val="right"))
    _write_lines(paragraph(document, "GongwenTitle"), given.get("title_lines", ()))
    if number and not head:
        paragraph(document, "Reprint", number)
    if recipients := given.get("recipients"):
        paragraph(document, "Recipients", f"{recipients}：")


def write_end(document: Document, given: Mapping[str, Any]) -> None:
    """Everything below the text: attachments, signature and date, note, 版记."""
    names = given.get("attachments", ())
    for place, name in enumerate(names):
        made = paragraph(document, "MoreAttachments" if place else "Attachments", "" if place else "附件：")
        if len(names) > 1:
            if not place:
                put(made._p.pPr, element("w:ind", leftChars=600, left=6 * 316, hangingChars=400, hanging=4 * 316))
            made.add_run(f"{place + 1}.\t")
        made.add_run(name)
    signatory, day = given.get("signatory"), given.get("date")
    if (signatory or day) and (written := document.paragraphs) and len(written[-1].text) <= _MOST_HELD:
        # A signature never stands on a page without text.
        written[-1].paragraph_format.keep_with_next = True
    before = None if given.get("sealed") else LINE
    for style, text, room in (
        ("Signatory", signatory, given.get("signatory_room", "0em")),
        ("Date", day, given.get("date_room", "0em")),
    ):
        if text:
            made = paragraph(document, style, text)
            characters = float(room.removesuffix("em"))
            put(made._p.pPr, element("w:ind", rightChars=round(characters * 100), right=round(characters * 320)))
            if style == "Signatory" and before:
                put(made._p.pPr, element("w:spacing", before=before))
            elif not signatory:
                put(made._p.pPr, element("w:spacing", before=before or 2 * LINE))
    if note := given.get("note"):
        paragraph(document, "Note", f"（{note}）")
    _colophon(document, given)


def _number_over_rule(document: Document, number: str) -> None:
    """The number two lines below the name, over the rule; without one the rule alone."""
    made = paragraph(document, "Number", number)
    put(
        made._p.pPr,
        element("w:spacing", before=2 * LINE),
        borders(where="w:pBdr", bottom=(_RULE, round(_ABOVE_RULE * _POINTS_PER_MM), RED, "single")),
    )


def _letter_head(document: Document, given: Mapping[str, Any]) -> None:
    """In the header of page 1: the name above the text area, a double rule below it."""
    section = document.sections[0]
    section.header_distance = Mm(_LETTER_TOP)
    header = section.first_page_header
    header.is_linked_to_previous = False
    for old in list(header._element):
        header._element.remove(old)
    mark = _mark(header, given)
    beyond = -twips(LETTER_BEYOND)
    put(
        mark._p.pPr,
        element("w:ind", left=beyond, right=beyond),
        element("w:spacing", after=_LETTER_TITLE_LINES * 290),
        borders(where="w:pBdr", bottom=(_RULE * 2, round(_ABOVE_RULE * _POINTS_PER_MM), RED, "thickThinSmallGap")),
    )


def _mark(place: Any, given: Mapping[str, Any]) -> Paragraph:
    """The name at the head, in its size."""
    mark = paragraph(place, "Issuer")
    _write_lines(mark, given["mark_lines"])
    for run in mark.runs:
        run.font.size = Pt(round(given["mark_size"] * _POINTS_PER_MM * 2) / 2)
    return mark


def _write_lines(made: Paragraph, lines: Iterable[str]) -> None:
    for place, line in enumerate(lines):
        if place:
            made.add_run().add_break()
        made.add_run(line)


def _colophon(document: Document, given: Mapping[str, Any]) -> None:
    """7.4: rules above, between and below, at the foot of the last page's text area.

    A frame, not a text box: its paragraphs stay paragraphs for WPS, for screen readers and for import.
    """
    copies, printed_by = given.get("copies"), given.get("printed_by")
    lines = []
    if copies:
        lines.append(paragraph(document, "Copies", f"抄送：{copies}。"))
    if printed_by:
        made = paragraph(document, "PrintedBy", printed_by)
        if printed_on := given.get("printed_on"):
            edge = twips(TEXT_WIDTH) - _COLOPHON_CHARACTER * 20
            made.paragraph_format.tab_stops.add_tab_stop(Twips(edge), WD_TAB_ALIGNMENT.RIGHT)
            made.add_run(f"\t{printed_on}印发")
        lines.append(made)
    if not lines:
        return
    for line in lines:
        put(
            line._p.pPr,
            element(
                "w:framePr", w=twips(TEXT_WIDTH), hSpace=0, wrap="around", vAnchor="margin", hAnchor="margin",
                xAlign="left", yAlign="bottom",
            ),
        )  # fmt: skip
    # Where there is a frame, Word wants a paragraph beside it.
    paragraph(document, BODY)
