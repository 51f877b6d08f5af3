"""The draw of a hearing: who takes part in it, and what it came to."""

from hearings.models import Hearing, Representative

from .seats import Share

# What suite.draw calls the hearing; the key is its primary key.
DRAW_KIND = "hearing"


def list_is_closed(hearing: Hearing) -> bool:
    """Whether the list of a draw is published and not void: nobody is added to it any more."""
    return False


def line_of(hearing: Hearing, share: Share) -> list[Representative] | None:
    """The village's volunteers in the order of the draw; None where no draw holds all of them."""
    return None
