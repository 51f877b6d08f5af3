"""The door: kind and key in, a paper out. The command, the public address and packs all go through it."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from printing.sheets import Mark, Printable, Sheet
from suite.hooks import collect

from .files import file_name
from .registry import find_printable
from .rendering import PrintingUnavailable, render


@dataclass(frozen=True)
class Paper:
    """A paper ready to be handed over: its bytes, its file name with ending, the sheet it was made of, and in words
    what could not be put into it."""

    content: bytes
    file_name: str
    sheet: Sheet
    warnings: tuple[str, ...] = ()


def print_document(kind: str, key: str, size: str = "") -> Paper:
    """The paper of that kind and key as PDF, in ``size`` or the kind's usual one.

    Raises ValidationError where there is no such kind, key or size, and PrintingUnavailable.
    """
    printable, found = find_printable(kind, key)
    return print_found(printable, key, found, size)


def print_found(printable: Printable, key: str, found: Any, size: str = "") -> Paper:
    """The same for an object that was found already."""
    sheet = sheet_of(printable, found, size)
    return print_sheet(sheet, mark_of(printable, key, sheet))


def print_sheet(sheet: Sheet, mark: Mark | None = None) -> Paper:
    """The same for a sheet that no printable stands behind. Messages name the document."""
    title = sheet.name or sheet.title
    sheet = replace(sheet, names=(*sheet.names, *collect("personal_names")))
    try:
        rendered = render(sheet, mark)
    except PrintingUnavailable as error:
        raise PrintingUnavailable(
            _("“%(title)s” was not printed: %(reason)s") % {"title": title, "reason": " ".join(error.messages)}
        ) from error
    warnings = tuple(
        _("“%(title)s”: %(reason)s. Its description was printed instead.") % {"title": title, "reason": warning}
        for warning in rendered.warnings
    )
    return Paper(rendered.content, file_name(sheet), sheet, warnings)


def sheet_of(printable: Printable, found: Any, size: str = "") -> Sheet:
    """The sheet in ``size``, or in the kind's usual one. Raises ValidationError for a size it does not come in."""
    size = size or printable.sizes[0]
    if size not in printable.sizes:
        raise ValidationError(
            _("%(label)s cannot be printed as %(size)s. Choose one of: %(sizes)s.")
            % {"label": printable.label, "size": size.upper(), "sizes": ", ".join(printable.sizes).upper()},
            code="unknown_size",
        )
    return printable.document(found, size) if len(printable.sizes) > 1 else printable.document(found)


def mark_of(printable: Printable, key: str, sheet: Sheet) -> Mark | None:
    """The version that this paper is; None for a draft and for papers nobody traces."""
    return None
