"""The named styles of an official document in Word: one row each, with the sizes of GB/T 9704-2012.

Heading styles lean on Word's own headings, so that the navigation pane shows them; the others have names that an
office knows. The first of each chain in `printing.fonts` is the font that offices have.
"""

from dataclasses import dataclass
from typing import Any

from printing import fonts as families

from .elements import TWIPS, borders, element, fonts

# 7.1: 22 lines of 28 characters in 225 × 156 mm.
LINE = 579  # twips
CHAR_SPACE = -848  # 1/4096 point: 16 pt close up to 15.793 pt
# Our styles close up and count lines by themselves, off the grid: LibreOffice gives a character that is wider than
# its cell two of them. By arithmetic 4.1 twips would do; it rounds, and justification spreads what is too much.
CLOSED_UP = -6  # twips
CHARACTER = 16 + CLOSED_UP / 20  # points
RED = "D7000F"
BLACK = "000000"


@dataclass(frozen=True)
class Style:
    """``size`` in points; ``line``: exact height in twips, 0 as tall as it needs; indents in characters of its size;
    ``before`` and ``after`` in lines; ``outline``: level of heading, 0 for none; ``closed``: whether characters close
    up as in running text."""

    id: str
    name: str
    based: str = "Normal"
    next: str = ""
    family: str = ""
    size: float = 0
    line: int | None = None
    align: str = ""
    first: float | None = None
    left: float = 0
    hanging: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    outline: int = 0
    keep_next: bool = False
    closed: bool = True
    colour: str = ""
    borders: Any = None


BODY = "Body"
STYLES = (
    Style("Issuer", "发文机关标志", next="Number", family="title", line=0, align="center", closed=False, colour=RED),
    Style("Number", "发文字号", next="GongwenTitle", align="center", closed=False),
    Style("Reprint", "标题下文号", "Number", next=BODY, family="kai", after=1),
    Style(
        "GongwenTitle", "公文标题", "Title", "Recipients", "title", 22, LINE, "center", before=2, after=1, closed=False
    ),
    Style("Recipients", "主送机关", next=BODY, first=0),
    Style(BODY, "公文正文", first=2),
    Style("Chapter", "章标题", "Heading1", BODY, "hei", align="center", first=0, outline=1),
    Style("Section", "节标题", "Heading2", BODY, "hei", align="center", first=0, outline=2),
    Style("Level1", "一级标题", "Heading1", BODY, "hei", first=2, outline=1),
    Style("Level2", "二级标题", "Heading2", BODY, "kai", first=2, outline=2),
    Style("Level3", "三级标题", "Heading3", BODY, "fang", first=2, outline=3),
    Style("Level4", "四级标题", "Heading4", BODY, "fang", first=2, outline=4),
    Style("Bullets", "公文项目", first=2),
    Style("Numbers", "公文编号", first=2),
    Style("Quotation", "引文", next=BODY, family="kai", first=2),
    Style(
        "CutLine",
        "裁切线",
        next=BODY,
        family="kai",
        size=12,
        align="center",
        before=1,
        keep_next=True,
        closed=False,
        borders={"top": (0.25, 4, BLACK, "dashed")},
    ),
    Style("Rule", "分隔线", next=BODY, line=240),
    Style("Picture", "图", next="PictureCaption", line=0, align="center", keep_next=True, closed=False),
    Style("PictureCaption", "图题", next=BODY, family="kai", size=12, line=400, align="center", closed=False),
    Style("TableCaption", "表题", next=BODY, family="hei", size=14, align="center", keep_next=True, closed=False),
    Style("TableText", "表文", size=12, line=363, align="left", closed=False),
    Style("TableHead", "表头", "TableText", family="hei", align="center"),
    Style("Attachments", "附件说明", first=0, left=5, hanging=3, before=1),
    Style("MoreAttachments", "附件说明续", left=6, hanging=1),
    Style("Signatory", "署名", next="Date", align="right", before=2, keep_next=True, closed=False),
    Style("Date", "成文日期", next="Note", align="right", closed=False),
    Style("Note", "附注", first=2, closed=False),
    Style(
        "Colophon",
        "版记",
        size=14,
        line=482,
        align="left",
        left=1,
        right=1,
        closed=False,
        borders={
            "top": (0.35, 1, BLACK, "single"),
            "bottom": (0.35, 1, BLACK, "single"),
            "between": (0.25, 1, BLACK, "single"),
        },
    ),
    Style("Copies", "抄送机关", "Colophon", next="PrintedBy", left=4, hanging=3, right=1),
    Style("PrintedBy", "印发机关", "Colophon"),
    Style("PageNumber", "页码", family="song", size=14, line=280, closed=False),
    Style("Imprint", "版本说明", size=7.5, line=218, align="left", closed=False, colour="555555"),
)
# What a run can be. Bold Song or Fang is no font an office has: what is stressed stands in 黑体 or 楷体.
RUNS = (("Strong", "Strong", "hei"), ("Emphasis", "Emphasis", "kai"))
HEADINGS = 4


def style_sheet() -> list[Any]:
    """Every w:style of the document, with the defaults they lean on."""
    return [
        _defaults(),
        element("w:style", element("w:name", val="Default Paragraph Font"), type="character", default="1",
                styleId="DefaultParagraphFont"),
        _normal(),
        *(_plain(f"Heading{level}", f"heading {level}", level) for level in range(1, HEADINGS + 1)),
        _plain("Title", "Title", 0),
        _plain("Header", "header", 0, keep_next=False),
        _plain("Footer", "footer", 0, keep_next=False),
        *map(_made, STYLES),
        *(_run_style(*row) for row in RUNS),
        _table("TableNormal", "Normal Table", default=True),
        _table("GongwenTable", "公文表格"),
    ]  # fmt: skip


def family(role: str) -> str:
    """The font that offices use for this role."""
    return families.FAMILIES[role][0]


def _defaults() -> Any:
    run = element(
        "w:rPr", fonts(family("fang")), element("w:sz", val=32), element("w:szCs", val=32),
        element("w:lang", val="zh-CN", eastAsia="zh-CN"),
    )  # fmt: skip
    # Blanks between Han and digits, and punctuation in the margin, would leave the text area's grid.
    paragraph = element(
        "w:pPr", *(element(f"w:{name}", val=0) for name in ("overflowPunct", "autoSpaceDE", "autoSpaceDN"))
    )
    return element("w:docDefaults", element("w:rPrDefault", run), element("w:pPrDefault", paragraph))


def _normal() -> Any:
    paragraph = element(
        "w:pPr", element("w:widowControl", val=1),
        element("w:spacing", before=0, after=0, line=LINE, lineRule="exact"), element("w:jc", val="both"),
    )  # fmt: skip
    # Some programs work the grid out from this style's own size.
    run = element("w:rPr", element("w:sz", val=32), element("w:szCs", val=32))
    return element("w:style", element("w:name", val="Normal"), element("w:qFormat"), paragraph, run, type="paragraph",
                   default="1", styleId="Normal")  # fmt: skip


def _plain(identifier: str, name: str, outline: int, keep_next: bool = True) -> Any:
    """A style that Word knows by its English name; how it looks is said by ours that leans on it."""
    paragraph = element(
        "w:pPr", element("w:keepNext") if keep_next else None, element("w:keepLines") if keep_next else None,
        element("w:outlineLvl", val=outline - 1) if outline else None,
    )  # fmt: skip
    return element(
        "w:style", element("w:name", val=name), element("w:basedOn", val="Normal"), element("w:next", val=BODY),
        element("w:qFormat") if outline else None, paragraph, type="paragraph", styleId=identifier,
    )  # fmt: skip


def _made(style: Style) -> Any:
    size = style.size or 16
    line = {} if style.line is None else {"line": style.line or 240, "lineRule": "exact" if style.line else "auto"}
    vertical = {"before": round(style.before * LINE), "after": round(style.after * LINE)}
    paragraph = element(
        "w:pPr", element("w:keepNext") if style.keep_next else None,
        borders(where="w:pBdr", **style.borders) if style.borders else None,
        element("w:snapToGrid", val=0),
        element("w:spacing", **vertical, **line),
        _indents(style, size),
        element("w:jc", val=style.align) if style.align else None,
        element("w:outlineLvl", val=style.outline - 1) if style.outline else None,
    )  # fmt: skip
    run = element(
        "w:rPr", fonts(family(style.family)) if style.family else None,
        element("w:snapToGrid", val=0),
        element("w:color", val=style.colour) if style.colour else None,
        element("w:spacing", val=CLOSED_UP if style.closed and not style.size else 0),
        element("w:sz", val=round(style.size * 2)) if style.size else None,
        element("w:szCs", val=round(style.size * 2)) if style.size else None,
    )  # fmt: skip
    return element(
        "w:style", element("w:name", val=style.name), element("w:basedOn", val=style.based),
        element("w:next", val=style.next) if style.next else None, element("w:qFormat"), paragraph, run,
        type="paragraph", customStyle="1", styleId=style.id,
    )  # fmt: skip


def _indents(style: Style, size: float) -> Any:
    """In hundredths of a character, which Word follows when the size changes, and in twips for other programs."""
    character = CHARACTER if style.closed and not style.size else size
    values: dict[str, int] = {}
    for key, characters in (("left", style.left), ("right", style.right), ("hanging", style.hanging)):
        if characters:
            values[f"{key}Chars"], values[key] = round(characters * 100), round(characters * character * TWIPS)
    if style.first is not None and not style.hanging:
        values["firstLineChars"] = round(style.first * 100)
        values["firstLine"] = round(style.first * character * TWIPS)
    return element("w:ind", **values) if values else None


def _run_style(identifier: str, name: str, role: str) -> Any:
    off = [element(tag, val=0) for tag in ("w:b", "w:bCs", "w:i", "w:iCs")]
    return element("w:style", element("w:name", val=name), element("w:basedOn", val="DefaultParagraphFont"),
                   element("w:qFormat"), element("w:rPr", fonts(family(role)), *off), type="character",
                   styleId=identifier)  # fmt: skip


def _table(identifier: str, name: str, default: bool = False) -> Any:
    edge = (0.25, 0, "auto", "single")
    margins = element(
        "w:tblCellMar", element("w:top", w=57 * (not default), type="dxa"), element("w:left", w=108, type="dxa"),
        element("w:bottom", w=57 * (not default), type="dxa"), element("w:right", w=108, type="dxa"),
    )  # fmt: skip
    sides = {} if default else dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), edge)
    properties = element(
        "w:tblPr", element("w:tblInd", w=0, type="dxa"), borders(where="w:tblBorders", **sides) if sides else None,
        margins,
    )  # fmt: skip
    made = element(
        "w:style", element("w:name", val=name), None if default else element("w:basedOn", val="TableNormal"),
        properties, type="table", styleId=identifier,
    )  # fmt: skip
    made.set(f"{{{made.nsmap['w']}}}{'default' if default else 'customStyle'}", "1")
    return made
