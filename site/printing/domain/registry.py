"""What can be printed: the Printables that plugins register, and how one is found."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.translation import gettext as _

from printing.sheets import Printable, Sheet
from suite.hooks import collect


def printables() -> dict[str, Printable]:
    """Every registered printable by kind, in the plugins' order. Raises ImproperlyConfigured for a kind twice."""
    found: dict[str, Printable] = {}
    for printable in collect("register_printables"):
        if printable.kind in found:
            raise ImproperlyConfigured(f"Two plugins register the printable {printable.kind!r}.")
        found[printable.kind] = printable
    return found


def find_printable(kind: str, key: str) -> tuple[Printable, Any]:
    """The printable and the object it is made of. Raises ValidationError that says which kinds there are."""
    known = printables()
    if kind not in known:
        raise ValidationError(
            _("Nothing called “%(kind)s” can be printed. Choose one of: %(kinds)s.")
            % {"kind": kind, "kinds": ", ".join(known) or "-"},
            code="unknown_kind",
        )
    found = known[kind].find(key)
    if found is None:
        raise ValidationError(
            _("There is no %(label)s “%(key)s”. See the keys with: %(command)s")
            % {"label": known[kind].label, "key": key, "command": "manage.py print_document --list"},
            code="unknown_key",
        )
    return known[kind], found


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
