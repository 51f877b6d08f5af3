"""The text of a draft's XML as a reader sees it: changes accepted, boxes opened, places named."""

from collections.abc import Iterator
from typing import Any

from .file import MC, w

_LONGEST_PLACE = 24
_TAKEN_BACK = ("del", "moveFrom")
_ACCEPTED = ("ins", "moveTo")
_WRAPPERS = ("customXml", "smartTag", "sdt")


def text_of(element: Any) -> str:
    """The text in an element, with tabs and line breaks as blanks and line ends; text in boxes left out."""
    parts = []
    for one in element.iter(w("t"), w("tab"), w("br"), w("cr")):
        if next(one.iterancestors(w("txbxContent"), w("del"), w("moveFrom")), None) is not None:
            continue
        if one.tag == w("t"):
            parts.append(one.text or "")
        elif one.getparent().tag == w("r"):
            parts.append("\t" if one.tag == w("tab") else "\n")
    return "".join(parts)


def accept_changes(body: Any) -> None:
    """Tracked changes as if everybody had agreed: what was put in stays, what was taken out goes."""
    for name in _TAKEN_BACK:
        for one in list(body.iter(w(name))):
            # In the properties of a paragraph's mark or a row it says something else, which the converter knows.
            if one.getparent() is not None and one.getparent().tag not in (w("rPr"), w("trPr")):
                _take_out(one)
    for name in _ACCEPTED:
        for one in list(body.iter(w(name))):
            if one.getparent() is not None and one.getparent().tag not in (w("rPr"), w("trPr")):
                unwrap(one)


def open_wrappers(body: Any) -> None:
    """Content controls and the like around paragraphs: their paragraphs take their place."""
    for name in _WRAPPERS:
        for one in list(body.iter(w(name))):
            if one.find(f".//{w('p')}") is None:
                continue
            content = one.find(w("sdtContent")) if name == "sdt" else one
            if content is not None:
                for child in list(content):
                    if child.tag in (w("p"), w("tbl"), w("sdt"), w("customXml")):
                        one.addprevious(child)
            _take_out(one)


def open_boxes(body: Any) -> None:
    """Text boxes: their paragraphs stand behind the one they hung on; of two writings of a box the newer is taken."""
    for one in list(body.iter(f"{{{MC}}}AlternateContent")):
        if one.getparent() is None:
            continue
        boxes = list(one.iter(w("txbxContent")))
        if boxes:
            _put_behind(one, boxes[0])
            _take_out(one)
    for box in list(body.iter(w("txbxContent"))):
        holder = next(box.iterancestors(w("pict"), w("drawing"), w("object")), None)
        if holder is not None and holder.getparent() is not None:
            _put_behind(holder, box)
            _take_out(holder)


def _put_behind(holder: Any, box: Any) -> None:
    paragraph = next(holder.iterancestors(w("p")), None)
    if paragraph is not None:
        for child in reversed([child for child in box if child.tag in (w("p"), w("tbl"))]):
            paragraph.addnext(child)


def unwrap(element: Any) -> None:
    """Put an element's children in its place."""
    for child in list(element):
        element.addprevious(child)
    _take_out(element)


def _take_out(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def blocks_of(body: Any) -> Iterator[Any]:
    """Paragraphs and tables at the top of the text."""
    return (child for child in body if child.tag in (w("p"), w("tbl")))


def place_of(element: Any, body: Any) -> str:
    """Where something stands: the beginning of its paragraph's text, or of the nearest one before; '' at the top."""
    top = element
    while top.getparent() is not None and top.getparent() is not body:
        top = top.getparent()
    while top is not None:
        paragraphs = top.iter(w("p")) if top.tag != w("p") else (top,)
        if text := " ".join(" ".join(map(text_of, paragraphs)).split()):
            return text if len(text) <= _LONGEST_PLACE else f"{text[:_LONGEST_PLACE]}…"
        top = top.getprevious()
    return ""
