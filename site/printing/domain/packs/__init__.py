"""Ordering print packs: what later plugins call."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from printing.domain import lifecycle
from printing.domain.registry import printables
from printing.models import Pack

from .orders import allowed

# What one person carries from the printer; also bounds memory while the parts are put together.
MOST_PAPERS = 300
MOST_COPIES = 100
MOST_SHEETS = 1000
# Somebody who presses the button again and again does not fill the disk.
MOST_WAITING = 5
# Of many refusals the first few say enough.
_NAMED = 5


@dataclass(frozen=True)
class PackItem:
    """One paper of a pack: as for `print_document`, and how many copies. ``size`` '' is the kind's usual one."""

    kind: str
    key: str
    size: str = ""
    copies: int = 1


def order_pack(title: str, items: Iterable[PackItem], user: Any, both_sides: bool = False) -> Pack:
    """Order papers as one file, printed in the background; `user` sees, fetches and may cancel it, nobody else.

    ``title``: the file's name; ``both_sides``: each paper begins on a new sheet when both sides are printed. Raises
    ValidationError that says what to change: nothing to print, too much, a paper that is not there or that `user` may
    not print, too many packs waiting.
    """
    wanted = list(items)
    _require_measure(wanted)
    if Pack.objects.filter(requested_by=user, state__in=Pack.at_work).count() >= MOST_WAITING:
        raise ValidationError(
            _("%(number)d packs of yours are not finished yet. Wait for one of them, or cancel it.")
            % {"number": MOST_WAITING}
        )
    rows, refusals = [], []
    for item in wanted:
        printable = printables().get(item.kind)
        row = {**asdict(item), "size": item.size or (printable.sizes[0] if printable else "")}
        try:
            printable, found = allowed(row, user)
        except ValidationError as refusal:
            refusals.append(f"{item.kind} {item.key}: {' '.join(refusal.messages)}")
            continue
        rows.append({**row, "title": _title(printable.label, found, row["size"], len(printable.sizes) > 1)})
    if refusals:
        more = len(refusals) - _NAMED
        raise ValidationError(
            [*refusals[:_NAMED], *([_("… and %(number)d more.") % {"number": more}] if more > 0 else [])]
        )
    pack = Pack(
        title=title.strip()[:200] or rows[0]["title"],
        requested_by=user,
        items=rows,
        total=len(rows),
        both_sides=both_sides,
    )
    return Pack.objects.get(pk=lifecycle.order(pack, user).pk)


def _require_measure(wanted: list[PackItem]) -> None:
    if not wanted:
        raise ValidationError(_("There is nothing to print: choose at least one paper."))
    if len(wanted) > MOST_PAPERS:
        raise ValidationError(
            ngettext(
                "%(number)d paper is too much for one pack.",
                "%(number)d papers are too many for one pack.",
                len(wanted),
            )
            % {"number": len(wanted)}
            + _("Order at most %(most)d at a time.") % {"most": MOST_PAPERS}
        )
    if any(not 1 <= item.copies <= MOST_COPIES for item in wanted):
        raise ValidationError(_("Of each paper 1 to %(most)d copies can be had.") % {"most": MOST_COPIES})
    if sum(item.copies for item in wanted) > MOST_SHEETS:
        raise ValidationError(
            _("All copies together may be %(most)d at most: print the file twice instead.") % {"most": MOST_SHEETS}
        )


def _title(label: Any, found: Any, size: str, several: bool) -> str:
    return f"{found}（{label}{' ' + size.upper() if several else ''}）"
