"""WordprocessingML that python-docx has no words for."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

TWIPS = 20  # in a point
TWIPS_PER_MM = 1440 / 25.4


def twips(millimetres: float) -> int:
    """Millimetres in Word's unit, a twentieth of a point."""
    return round(millimetres * TWIPS_PER_MM)


def element(name: str, /, *children: Any, **attributes: Any) -> Any:
    """An element like ``element("w:ind", left=640)``: attributes are of the element's own namespace, None is left out.

    An attribute of another namespace is set on what is returned.
    """
    made = OxmlElement(name)
    prefix = name.partition(":")[0]
    for key, value in attributes.items():
        if value is not None:
            made.set(qn(f"{prefix}:{key}"), str(value))
    for child in children:
        if child is not None:
            made.append(child)
    return made


# The schema's order of what we put there; Word refuses a file that has another.
_ORDER = {
    "pPr": "pStyle keepNext keepLines framePr widowControl numPr pBdr tabs overflowPunct autoSpaceDE autoSpaceDN "
    "snapToGrid spacing ind jc outlineLvl rPr",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": "cantSplit trHeight tblHeader",
    "tcPr": "tcW gridSpan vMerge vAlign",
}


def put(parent: Any, *children: Any) -> Any:
    """Put property elements where the schema wants them among ``parent``'s; one of the same name is replaced."""
    order = _ORDER[_local(parent)].split()
    for child in children:
        for old in parent.findall(child.tag):
            parent.remove(old)
        place = order.index(_local(child))
        after = [one for one in parent if order.index(_local(one)) > place]
        if after:
            after[0].addprevious(child)
        else:
            parent.append(child)
    return parent


def _local(one: Any) -> str:
    return str(one.tag).partition("}")[2]


def fonts(name: str) -> Any:
    """One font for Chinese, Latin and everything else: an official document has no second one for digits."""
    return element("w:rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def borders(*, where: str, **sides: Any) -> Any:
    """Borders (``where``: "w:pBdr" …) by side: (width in mm, space to the text in points, colour, kind)."""
    order = ("top", "left", "bottom", "right", "insideH", "insideV", "between")
    return element(
        where,
        *(
            element(f"w:{side}", val=sides[side][3], sz=round(sides[side][0] / 25.4 * 72 * 8), space=sides[side][1],
                    color=sides[side][2])
            for side in order
            if side in sides
        ),
    )  # fmt: skip


@contextmanager
def field_around(into: Any, instruction: str) -> Iterator[None]:
    """A field around what is added to a paragraph meanwhile."""

    def mark(kind: str) -> None:
        into.add_run()._r.append(element("w:fldChar", fldCharType=kind))

    mark("begin")
    code = element("w:instrText")
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    code.text = f" {instruction} "
    into.add_run()._r.append(code)
    mark("separate")
    yield
    mark("end")
