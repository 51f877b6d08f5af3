"""席卡: folded name cards for a table, the name on both sides (requirement H: seat cards)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from printing.sheets import Sheet

from .plain import one_line
from .rendering import PrintingUnavailable

# For so many cards on an A4 sheet: the room for a name, and the height of its largest character (mm).
_ROOM = {1: (257.0, 74.0), 2: (180.0, 50.0)}
# Below the name: how much of the height it takes.
_WITH_LINE = 0.8
_LETTER = 0.62  # a bold Latin letter's width, in characters
_SPREAD = 0.03  # room to spare
_SHORTEST = 2


@dataclass(frozen=True)
class SeatCard:
    """Whose seat it is; ``below``: a small line under the name (post, unit, village), left out where empty."""

    name: str
    below: str = ""


def seat_card_sheet(
    cards: Iterable[SeatCard], *, per_sheet: int = 1, title: str = "", kind: str = "seat-card", name: str = ""
) -> Sheet:
    """Seat cards, one or two (``per_sheet``) on an A4 sheet, to be folded in the middle so that they stand.

    A name of two characters is spaced (王　强), a longer one made to fit its line; none is broken. Raises
    PrintingUnavailable, naming ``title``, where there is nobody.
    """
    made = [_set(card, per_sheet) for card in cards if one_line(card.name)]
    title = title or _("Seat cards")
    if not made:
        raise PrintingUnavailable(_("“%(title)s”: there is nobody to print a seat card for.") % {"title": title})
    return Sheet(
        kind=kind,
        template="printing/seatcards.html",
        style=f"seatcards seatcards-{per_sheet}",
        context={"cards": made},
        title=title,
        name=name or title,
        names=tuple(card["text"] for card in made),
    )


def spaced(name: str) -> str:
    """A name as it is set large: two characters with a blank between them (王　强), others as they are."""
    name = one_line(name)
    return "\u3000".join(name) if len(name) == _SHORTEST and not name.isascii() else name


def fitting(text: str, room: float, largest: float) -> float:
    """The size (mm) at which a text, fills ``room`` mm and is at most ``largest``."""
    characters = sum(_LETTER if one.isascii() else 1.0 for one in text) or 1.0
    return min(largest, room / characters / (1 + _SPREAD))


def _set(card: SeatCard, per_sheet: int) -> dict[str, Any]:
    room, largest = _ROOM[per_sheet]
    text, below = spaced(card.name), one_line(card.below)
    largest *= _WITH_LINE if below else 1
    return {
        "text": text,
        "size": fitting(text, room, largest),
        "below": below,
        "below_size": fitting(below, room, largest / 5),
    }
