"""Lines of Chinese that reach the margin: WeasyPrint 70 stretches only spaces, and Chinese has none.

``apply()`` puts ``justify_line`` in the place of WeasyPrint's private function of that name. It is tried with
one version only and leaves any other alone; a test holds the installed version against ``TRIED``.
"""

import math
import re
from collections.abc import Iterator
from typing import Any

import weasyprint
from PIL import ImageFile
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

TRIED = "70.0"
# WeasyPrint, once imported, has Pillow fill up what is missing of a picture, in the whole process. A half picture that
# looks whole must not hang on a board, nor be taken in with a Word file.
ImageFile.LOAD_TRUNCATED_IMAGES = False
# Beyond this a line looks torn: it stays ragged. In units of the font size.
WIDEST_GAP = 0.5
# Characters that take room on both sides. Dashes and dots stay joined to their like.
STRETCHES = re.compile(r"[ \u00a0\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff“”‘’]")


class SpreadLayout(Layout):
    """A line's text with extra room around the characters that stretch; ``gap`` in CSS pixels."""

    gap = 0.0

    def set_text(self, text: str, justify: bool = False) -> None:
        """Set the text; the room is added only for drawing (``justify``), as WeasyPrint does with its spaces."""
        super().set_text(text, justify)
        if not justify:
            return
        spacing = self.style["letter_spacing"]
        units = _drawn((0 if spacing == "normal" else spacing) + self.gap, self.style["font_size"])
        attributes = pango.pango_layout_get_attributes(self.layout)
        if attributes == ffi.NULL:
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        for run in re.finditer(f"(?:{STRETCHES.pattern})+", self.text):
            attribute = pango.pango_attr_letter_spacing_new(units)
            attribute.start_index = len(self.text[: run.start()].encode())
            attribute.end_index = attribute.start_index + len(run[0].encode())
            pango.pango_attr_list_change(attributes, attribute)
        pango.pango_layout_set_attributes(self.layout, attributes)


def _drawn(spacing: float, font_size: float) -> int:
    """The spacing in Pango's units, half a thousandth of the size away from nought.

    PDF places characters by thousandths, and WeasyPrint cuts off what is less: so it rounds to the nearest instead,
    and a line of 28 characters ends 0.1 mm nearer to its edge.
    """
    return round((spacing + math.copysign(font_size / 2000, spacing)) * TO_UNITS)


def justify_line(context: Any, line: Any, extra: float) -> None:
    """Spread ``extra`` pixels over the gaps of a laid-out line, in place.

    Pango gives half of a character's spacing to each of its sides and none at the ends of a text box, so a gap is
    two halves, each from the neighbour that stretches.
    """
    texts = [box for box in _text_boxes(line) if box.text]
    if not texts:
        return
    halves = sum(2 * len(STRETCHES.findall(box.text)) for box in texts)
    halves -= _stretches(texts[0].text[0]) + _stretches(texts[-1].text[-1])
    if halves > 0 and (gap := 2 * extra / halves) <= WIDEST_GAP * line.style["font_size"]:
        _spread(line, gap, 0.0, texts[0], texts[-1])


def _spread(box: Any, gap: float, shift: float, first: Any, last: Any) -> float:
    """Move a box right by ``shift`` and widen it; returns the shift of what follows."""
    if isinstance(box, boxes.TextBox):
        if not box.text:
            box.position_x += shift
            return shift
        left, right = _stretches(box.text[0]), _stretches(box.text[-1])
        shift += gap / 2 * (left and box is not first)
        box.position_x += shift
        gained = gap / 2 * (2 * len(STRETCHES.findall(box.text)) - left - right)
        layout = SpreadLayout(box.style)
        layout.gap = gap
        layout.set_text(box.text)
        layout.deactivate()
        box.pango_layout = layout
        box.width += gained
        return shift + gained + gap / 2 * (right and box is not last)
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += shift
        before = shift
        for child in box.children:
            if child.is_in_normal_flow():
                shift = _spread(child, gap, shift, first, last)
        box.width += shift - before
    else:
        box.translate(shift, 0)
    return shift


def _text_boxes(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from _text_boxes(child)


def _stretches(character: str) -> bool:
    return STRETCHES.match(character) is not None


def apply() -> None:
    """Make WeasyPrint justify Chinese, where it is the version this was written for."""
    if weasyprint.__version__ == TRIED:
        inline.justify_line = justify_line
