"""Measures a PDF as a person with a ruler would, in millimetres."""

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pdfplumber
import segno

from printing import Sheet
from printing.domain.gongwen import gongwen_sheet
from printing.domain.rendering import render_pdf

MM = 25.4 / 72
BODY = 16  # points
HAN = re.compile(r"[\u3400-\u9fff，。、；：！？（）《》“”]+")


def gongwen(**changes: Any) -> Sheet:
    """A short document, with changes."""
    given = {
        "title": "关于召开效能听证会的通知",
        "body_html": "<p>定于本月召开效能听证会。</p>",
        "issuer": "石桥镇人民政府",
        "signatory": "石桥镇人民政府",
        "day": date(2026, 11, 21),
    }
    return gongwen_sheet(**{**given, **changes})


class Line:
    """One line of text on a page: its text, edges and the characters."""

    def __init__(self, page: int, characters: list[dict[str, Any]]) -> None:
        self.page = page
        self.characters = sorted(characters, key=lambda one: one["x0"])
        self.text = "".join(one["text"] for one in self.characters)
        self.left = self.characters[0]["x0"] * MM
        self.right = self.characters[-1]["x1"] * MM
        self.top = min(one["top"] for one in characters) * MM
        self.bottom = max(one["bottom"] for one in characters) * MM
        self.font = self.characters[0]["fontname"].split("+")[-1]

    def __repr__(self) -> str:
        return f"<{self.page} {self.text} {self.left:.2f}-{self.right:.2f}>"


def lines(pdf: bytes, size: float = BODY) -> list[Line]:
    """All lines of one type size, in reading order."""
    return [line for page in pages(pdf) for line in _lines(page, size)]


def pages(pdf: bytes) -> list[Any]:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            assert page.chars is not None  # read now: the file closes
        return list(document.pages)


def text(pdf: bytes) -> str:
    return "".join("".join(one["text"] for one in page.chars) for page in pages(pdf))


def code_is_drawn(pdf: bytes, address: str) -> bool:
    """Whether the QR code of the address stands at the foot of page 1, module for module.

    13 mm wide, its lower left corner 28 mm from the left and 5 mm from the bottom.
    """
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        paper = document.pages[0].to_image(resolution=600).original.convert("L")
    code = [[bool(module) for module in row] for row in segno.make(address, error="m").matrix]
    module, dots = 13 / len(code), 600 / 25.4
    left, top = 28 * dots, (297 - 5 - 13) * dots
    places = [(place + 0.5) * module * dots for place in range(len(code))]
    return code == [[paper.getpixel((int(left + x), int(top + y))) < 128 for x in places] for y in places]


def printed(**changes: Any) -> bytes:
    return render_pdf(gongwen(**changes))


def _lines(page: Any, size: float) -> Iterator[Line]:
    rows: dict[int, list[dict[str, Any]]] = {}
    for one in page.chars:
        if abs(one["size"] - size) < 0.01:
            rows.setdefault(round(one["matrix"][5]), []).append(one)
    for baseline in sorted(rows, reverse=True):
        yield Line(page.page_number, rows[baseline])


def rules(page: Any, least: float = 10) -> list[float]:
    """Horizontal rules of at least ``least`` mm, as their distance from the page's top in mm, each once."""
    # A border on one side is painted as the difference of two boxes: its place is their lower edge.
    found: list[float] = []
    for top in sorted(one["bottom"] * MM for one in [*page.rects, *page.lines] if one["width"] * MM > least):
        if not found or top - found[-1] > 1:
            found.append(top)
    return found
