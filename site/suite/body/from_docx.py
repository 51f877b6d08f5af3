"""A Word draft (.docx of Word or WPS) to the blocks of a page's body; what cannot be kept is named.

The XML is read by ourselves for what is not running text (title, number, recipients, signature), for what a page has
no place for, and for what mammoth does not know: numbers that Word writes, headings by outline level, text boxes.
Then mammoth turns the text into HTML, and `from_html` that into blocks.
"""

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree

from .from_html import blocks_from_html
from .from_text import Blocks
from .headings import typed_heading
from .word.file import WordFile, open_docx, w
from .word.losses import Loss, losses
from .word.numbers import Numbers
from .word.parts import OfficialParts, joined, take_parts
from .word.pictures import Picture, PictureLost, description, picture, take_out_lost, title_of
from .word.styles import Look, Styles
from .word.text import accept_changes, blocks_of, open_boxes, open_wrappers, text_of

_STYLE_MAP = """
p.DraftH2 => h2:fresh
p.DraftH3 => h3:fresh
p.DraftCaption => p.caption:fresh
p.DraftTableCaption => p.table-caption:fresh
p.DraftText => p:fresh
"""
_CAPTIONS = {"图题": "DraftCaption", "表题": "DraftTableCaption", "caption": ""}
_BLANKS = " \t\u3000\u00a0\u200b\ufeff"
_LONGEST_TITLE = 255


@dataclass(frozen=True)
class Draft:
    """A draft as a page can take it. In figure blocks ``image`` is the key of one of ``pictures``."""

    title: str
    blocks: Blocks
    parts: OfficialParts = field(default_factory=OfficialParts)
    pictures: dict[str, Picture] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)


def read_docx(content: bytes, file_name: str) -> Draft:
    """What a page can take of a DOCX file, and what not.

    Raises ValidationError with what to do for a file that is none, too large, protected, or made to do harm.
    """
    file = open_docx(content)
    found = [*losses(file), *take_out_lost(file)]
    body = file.body
    open_wrappers(body)
    _drop_contents(body)
    accept_changes(body)
    open_boxes(body)
    styles = Styles(file)
    _write_numbers(body, styles, Numbers(file))
    looks = {one: styles.look(one) for one in body.iter(w("p"))}
    title, parts = take_parts(body, looks.__getitem__)
    if not title:
        title = PurePath(file_name).stem
        found.append(Loss(_("No title was found at the top: the file's name stands in. Check the title.")))
    if len(title) > _LONGEST_TITLE:
        found.append(Loss(_("The title is too long and was cut: %(title)s") % {"title": title}))
        title = title[:_LONGEST_TITLE]
    _prepare(body, styles, looks)
    html, pictures = _converted(file, title_of(PurePath(file_name).stem), found)
    blocks = blocks_from_html(html, title, figures=True)
    if not blocks:
        raise ValidationError(_("The document has no text. If it is a scan, have its text recognised first."))
    if any(block["type"] == "figure" and not block["value"]["alt"] for block in blocks):  # type: ignore[index]  # a dict
        found.append(Loss(_("A picture has no description. Write what it shows: the page is not published without.")))
    return Draft(title, blocks, parts, pictures, found)


def _drop_contents(body: Any) -> None:
    """A table of contents: its lines lead to pages that are no more."""
    for paragraph in list(body.iter(w("p"))):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        if style is not None and str(style.get(w("val"), "")).upper().startswith("TOC"):
            paragraph.getparent().remove(paragraph)


def _write_numbers(body: Any, styles: Styles, numbers: Numbers) -> None:
    """Numbers that a list of the page cannot show become text; the others stay lists, their numbering by itself."""
    for paragraph in list(body.iter(w("p"))):
        look = styles.look(paragraph)
        if look.numbering is None:
            continue
        label = numbers.label(look.numbering, look.level > 0)
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.SubElement(paragraph, w("pPr"))
            paragraph.insert(0, properties)
        for old in properties.findall(w("numPr")):
            properties.remove(old)
        if label is None:
            numbering = etree.SubElement(properties, w("numPr"))
            etree.SubElement(numbering, w("ilvl")).set(w("val"), str(look.numbering[1]))
            etree.SubElement(numbering, w("numId")).set(w("val"), look.numbering[0])
        elif label:
            run = etree.Element(w("r"))
            etree.SubElement(run, w("t")).text = label
            properties.addnext(run)


def _prepare(body: Any, styles: Styles, looks: dict[Any, Look]) -> None:
    """Give every paragraph the style by which the converter knows it, and stress where it is."""
    top = {look.level for one in blocks_of(body) if (look := looks.get(one)) and look.level and text_of(one).strip()}
    chapter = min(top, default=0)
    for paragraph in list(body.iter(w("p"))):
        look = looks.get(paragraph) or styles.look(paragraph)
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        for old in properties.findall(w("pStyle")):
            properties.remove(old)
        if properties.find(w("numPr")) is None:
            style = etree.Element(w("pStyle"))
            style.set(w("val"), _style(paragraph, look, chapter))
            properties.insert(0, style)
        for run in paragraph.iter(w("r")):
            _stress(run, styles)


def _style(paragraph: Any, look: Look, chapter: int) -> str:
    in_table = next(paragraph.iterancestors(w("tc")), None) is not None
    caption = next((_CAPTIONS[name] for name in look.names if name in _CAPTIONS), None)
    text = text_of(paragraph).strip(_BLANKS)
    if caption is not None:
        # Word's own style serves pictures and tables alike.
        return caption or ("DraftTableCaption" if text.startswith("表") else "DraftCaption")
    if in_table:
        return "DraftText"
    if look.level:
        return "DraftH2" if look.level <= chapter else "DraftH3"
    typed = typed_heading(text)
    return {"h2": "DraftH2", "h3": "DraftH3"}[typed[0]] if typed else "DraftText"


def _stress(run: Any, styles: Styles) -> None:
    bold = styles.is_bold(run)
    properties = run.find(w("rPr"))
    if properties is not None:
        for name in ("rStyle", "b"):
            for old in properties.findall(w(name)):
                properties.remove(old)
    if bold:
        if properties is None:
            properties = etree.Element(w("rPr"))
            run.insert(0, properties)
        etree.SubElement(properties, w("b"))


def _converted(file: WordFile, title: str, found: list[Loss]) -> tuple[str, dict[str, Picture]]:
    """The text as HTML; pictures are named by their keys."""
    pictures: dict[str, Picture] = {}

    def keep(image: Any) -> dict[str, str]:
        try:
            with image.open() as source:
                one = picture(source.read(), image.alt_text or "", title)
        except (PictureLost, KeyError) as error:
            # Only what the check before could not see; nothing is dropped in silence.
            found.append(Loss(str(error)))
            return {}
        pictures[one.key] = one
        return {"src": f"picture:{one.key}", "alt": description(image.alt_text)}

    import mammoth  # takes 3 MB

    try:
        html = mammoth.convert_to_html(
            file.packed(),
            style_map=_STYLE_MAP,
            convert_image=mammoth.images.img_element(keep),
            include_embedded_style_map=False,
            external_file_access=False,
        ).value
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ValidationError(
            _("The document's parts do not fit together. Open it in Word or WPS, save it again and try once more.")
        ) from error
    return _tidy(html), pictures


def _tidy(html: str) -> str:
    """Without typed indents and the arrows that lead back from footnotes; alt texts ours alone."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.select('a[href^="#footnote-ref"], a[href^="#endnote-ref"]'):
        link.decompose()
    for tag in soup.find_all("p"):
        if isinstance(tag, Tag) and tag.string is not None:
            tag.string = str(tag.string).strip(_BLANKS)
    return str(soup)


__all__ = ["Draft", "Loss", "OfficialParts", "Picture", "joined", "read_docx"]
