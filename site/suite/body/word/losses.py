"""What of a draft a page has no place for: named, with where it stood, before anything is changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .file import MC, A, WordFile, w
from .text import place_of, text_of

_OFFICE_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_GRAPHIC = f"{{{A}}}graphicData"
_LONGEST_TEXT = 80
# Styles of `printing.domain.docx`: small print, page number, the name at a letter's head.
_OURS = ("Imprint", "PageNumber", "Issuer")


@dataclass(frozen=True)
class Loss:
    """One thing that was not kept as it was: ``what`` in words, ``where`` the beginning of the text it stood in."""

    what: str
    where: str = ""


def losses(file: WordFile) -> list[Loss]:
    """All that is lost or kept in another shape, in the order of the document, then what concerns all of it.

    Pictures are looked at when they are read.
    """
    body = file.body
    found = [*_in_text(body), *_changes(body), *_comments(file), *_notes(file), *_headers(file)]
    if any("vbaProject" in name for name in file.parts):
        found.append(Loss(_("The file holds a macro. It was not run and not kept.")))
    if _has_looks(body):
        found.append(Loss(_("Fonts, sizes and colours follow the site; headings and bold text are kept.")))
    return list(dict.fromkeys(found))


def _in_text(body: Any) -> Iterator[Loss]:
    """Things that stand at one place, each with it."""
    for one in body.iter():
        if not isinstance(one.tag, str) or one.getparent() is None:
            continue
        # A box or chart is written twice, for old and new programs.
        if next(one.iterancestors(f"{{{MC}}}Fallback"), None) is None and (what := _what(one)):
            yield Loss(what, place_of(one, body))


def _what(one: Any) -> str:
    if one.tag == w("txbxContent"):
        return _("A text box: its text stands behind the paragraph now.") if text_of_box(one) else ""
    if one.tag == w("tbl"):
        return _table(one)
    if one.tag == w("docPartGallery"):
        return _("The table of contents was left out.") if one.get(w("val")) == "Table of Contents" else ""
    # As said in the office's language, so at run time.
    return {
        _OFFICE_MATH: _("A formula was left out. Write it as text or put it in as a picture."),
        w("object"): _("An embedded object (table of Excel, file) was left out. Attach the file to the page."),
        w("altChunk"): _("An embedded document was left out. Copy its text."),
        f"{_GRAPHIC} chart": _("A chart was left out. Put it in as a picture, with its figures in words."),
        f"{_GRAPHIC} diagram": _("A drawing (SmartArt) was left out. Put it in as a picture, with its text in words."),
    }.get(f"{one.tag} {one.get('uri', '').rpartition('/')[2]}".strip(), "")


def _table(table: Any) -> str:
    if next(table.iterancestors(w("tbl")), None) is not None:
        return _("A table inside a table: its text stands in the cell.")
    merged = [one for one in table.iter(w("gridSpan"), w("vMerge")) if one.get(w("val")) not in ("1", "restart")]
    if merged:
        return _("Merged cells: their text stands in the first cell, the others are empty.")
    return ""


def text_of_box(box: Any) -> str:
    """The text of a text box."""
    return "".join(one.text or "" for one in box.iter(w("t"))).strip()


def _changes(body: Any) -> Iterator[Loss]:
    changes = [
        one
        for one in body.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo"))
        if one.getparent().tag not in (w("rPr"), w("trPr"))
    ]
    if changes:
        yield Loss(
            ngettext(
                "%(number)d tracked change was taken as accepted.",
                "%(number)d tracked changes were taken as accepted.",
                len(changes),
            )
            % {"number": len(changes)},
            place_of(changes[0], body),
        )


def _comments(file: WordFile) -> Iterator[Loss]:
    root = file.root("comments.xml")
    places = {one.get(w("id")): one for one in file.body.iter(w("commentReference"))}
    for comment in () if root is None else root.findall(w("comment")):
        reference = places.get(comment.get(w("id")))
        yield Loss(
            _("A comment was left out: “%(text)s”") % {"text": _short(text_of(comment))},
            "" if reference is None else place_of(reference, file.body),
        )


def _notes(file: WordFile) -> Iterator[Loss]:
    first = next(file.body.iter(w("footnoteReference"), w("endnoteReference")), None)
    if first is not None:
        yield Loss(_("Footnotes stand at the end of the text now."), place_of(first, file.body))


def _headers(file: WordFile) -> Iterator[Loss]:
    """Headers and footers that say more than a page's number."""
    seen = set()
    for name, root in sorted(file.roots.items()):
        if root.tag not in (w("hdr"), w("ftr")):
            continue
        text = _short(" ".join(text_of(one) for one in root.iter(w("p")) if not _is_ours(one)))
        if text.strip("—-–·/ 0123456789第页共") and text not in seen:
            seen.add(text)
            yield Loss(
                (_("A header was left out: “%(text)s”") if "header" in name else _("A footer was left out: “%(text)s”"))
                % {"text": text}
            )


def _is_ours(paragraph: Any) -> bool:
    """Whether it is what every paper of this product has above and below its text."""
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and style.get(w("val")) in _OURS


def _has_looks(body: Any) -> bool:
    for properties in body.iter(w("rPr")):
        for name in ("color", "highlight", "u", "rFonts", "sz", "shd", "strike"):
            found = properties.find(w(name))
            if found is not None and found.get(w("val")) not in ("auto", "none", "000000"):
                return True
    return False


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"
