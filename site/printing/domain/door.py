"""The door: kind and key in, a paper out. The command, the public address and packs all go through it."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from printing.sheets import Mark, Printable, Sheet
from suite.hooks import collect

from .files import file_name
from .kept import render_kept
from .papers import Living, key_of, mark_of
from .registry import find_printable, sheet_of
from .rendering import PrintingUnavailable, render

__all__ = ["Paper", "mark_of", "print_document", "print_found", "print_sheet", "sheet_of"]


@dataclass(frozen=True)
class Paper:
    """A paper ready to be handed over: its bytes, its file name with ending, the sheet it was made of, and in words
    what could not be put into it."""

    content: bytes
    file_name: str
    sheet: Sheet
    warnings: tuple[str, ...] = ()


def print_document(kind: str, key: str, size: str = "", *, docx: bool = False) -> Paper:
    """The paper of that kind and key, in ``size`` or the kind's usual one: as PDF, or for Word (``docx``).

    Raises ValidationError where there is no such kind, key or size, or no such kind for Word; and PrintingUnavailable.
    """
    printable, found = find_printable(kind, key)
    return print_found(printable, key, found, size, docx=docx)


def print_found(
    printable: Printable, key: str, found: Any, size: str = "", *, docx: bool = False, keep: bool = False
) -> Paper:
    """The same for an object that was found already. ``keep``: it may come from a file, and be kept as one."""
    if docx and not printable.docx:
        raise ValidationError(
            _("%(label)s cannot be had as a Word document. Print it as PDF.") % {"label": printable.label},
            code="no_docx",
        )
    sheet = sheet_of(printable, found, size)
    usual = sheet if size in ("", printable.sizes[0]) else sheet_of(printable, found)
    mark = mark_of(Living(printable, key_of(key, found), found, usual))
    return print_sheet(sheet, mark, docx=docx, keep=keep and not sheet.draft)


def print_sheet(sheet: Sheet, mark: Mark | None = None, *, docx: bool = False, keep: bool = False) -> Paper:
    """The same for a sheet that no printable stands behind. Messages name the document."""
    title = sheet.name or sheet.title
    try:
        if docx:
            from .docx import render as render_for_word  # python-docx takes 10 MB

            rendered = render_for_word(sheet, mark)
        else:
            named = replace(sheet, names=(*sheet.names, *_known_names()))
            rendered = render_kept(named, mark) if keep else render(named, mark)
    except PrintingUnavailable as error:
        raise PrintingUnavailable(
            _("“%(title)s” was not printed: %(reason)s") % {"title": title, "reason": " ".join(error.messages)}
        ) from error
    warnings = tuple(
        _("“%(title)s”: %(reason)s. Its description was printed instead.") % {"title": title, "reason": warning}
        for warning in rendered.warnings
    )
    return Paper(rendered.content, file_name(sheet, "docx" if docx else "pdf"), sheet, warnings)


def _known_names() -> list[str]:
    """Names that plugins know; none where there is no database yet: a plain document is set without one."""
    try:
        return list(collect("personal_names"))
    except DatabaseError:
        return []
