"""Sheet in, DOCX out: for Word and WPS, with named styles, the standard's grid, fields and a repeating table head.

Nothing in the file runs or is fetched: no macro, no relationship that leads out of it.
"""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.template.loader import render_to_string
from django.utils import timezone, translation
from docx.document import Document

from printing.domain.rendering import Rendered, render_html
from printing.sheets import Mark, Sheet

from .body import Body
from .footers import SmallPrint, write_footers
from .frame import blank, paragraph
from .matter import write_end, write_head

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render_docx(sheet: Sheet, mark: Mark | None = None) -> bytes:
    """The file alone; see `render`."""
    return render(sheet, mark).content


def render(sheet: Sheet, mark: Mark | None = None) -> Rendered:
    """The sheet as a Word document.

    ``sheet``: one with the context of `printing.domain.gongwen.gongwen_sheet`. A picture that is missing or damaged
    is replaced by what it shows, and named by a warning, as on paper.
    """
    sheet = replace(sheet, title=_written(sheet.title))
    given = {name: _written(value) for name, value in sheet.context.items()}
    document = blank()
    write_head(document, given)
    body = Body(document)
    body.write(str(given.get("body", "")))
    write_end(document, given)
    if given.get("receipt"):
        _write_receipt(document, body, render_html(sheet, mark))
    address = (mark.address if mark else "") or sheet.address
    write_footers(document, SmallPrint(sheet.title, _imprint(sheet, mark), address), given.get("head") == "letter")
    _describe(document, sheet, given)
    out = io.BytesIO()
    document.save(out)
    return Rendered(out.getvalue(), tuple(dict.fromkeys(body.refused)))


def _write_receipt(document: Document, body: Body, html: str) -> None:
    """送达回证, from the page that paper is made of: a line to cut along, the title, the table."""
    section = BeautifulSoup(html, "html.parser").select_one("section.receipt")
    cut, title, table = (section.find(name) if section else None for name in ("p", "h2", "table"))
    if isinstance(cut, Tag) and isinstance(title, Tag) and isinstance(table, Tag):
        paragraph(document, "CutLine", cut.get_text(strip=True))
        paragraph(document, "TableCaption", title.get_text(strip=True))
        for unit in table.select(".when span"):
            unit.insert_before("\u3000\u3000")  # room for the figure
        body.table(table)


def _written(value: Any) -> Any:
    """Texts without the characters that no XML file can hold."""
    if isinstance(value, list):
        return [_written(one) for one in value]
    return _NOT_IN_XML.sub("", value) if isinstance(value, str) else value


def _imprint(sheet: Sheet, mark: Mark | None) -> str:
    """The line of small print that paper has too: version, standing, day of printing."""
    printed = sheet.printed or timezone.localdate()
    with translation.override("zh-hans" if sheet.language.startswith("zh") else sheet.language):
        text = render_to_string("printing/imprint.html", {"sheet": sheet, "mark": mark, "printed": printed})
    plain = BeautifulSoup(text, "html.parser").get_text()
    return " ".join(line.strip(" ") for line in plain.splitlines()).strip()


def _describe(document: Document, sheet: Sheet, given: dict[str, Any]) -> None:
    about = document.core_properties
    about.title = sheet.title
    about.author = str(given.get("signatory") or given.get("issuer") or "")
    about.language = sheet.language
    about.comments = about.subject = about.keywords = about.category = ""
    about.last_modified_by = about.author
    day = sheet.issued or sheet.printed or timezone.localdate()
    about.created = datetime.combine(day, time(), UTC)
    about.modified = timezone.now()
    about.revision = 1
