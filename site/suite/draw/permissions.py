"""Who may prepare and hold draws, and who may enter a public result as its witness."""

from typing import Any

HOLD = "draw.change_draw"
WITNESS = "draw.witness_draw"
VIEW = "draw.view_draw"


def user_can_hold(user: Any) -> bool:
    """Whether `user` may publish lists, record and show strings, draw, and void draws."""
    return bool(user.has_perm(HOLD))


def user_can_witness(user: Any) -> bool:
    """Whether `user` may enter the public result that makes the seed."""
    return bool(user.has_perm(WITNESS))
