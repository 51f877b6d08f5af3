"""Who may make papers by hand."""

from typing import Any

USE_PRINT_ROOM = "printing.use_print_room"
# Whose work it is to write something and hang it, hand it out or have it signed; not the three administrators.
ROLES = (
    "editor",
    "checker",
    "approver",
    "liaison",
    "publicist",
    "agent",
    "cadre",
    "window_clerk",
    "case_handler",
    "hall_director",
    "efficiency_office",
    "leader",
    "head",
)


def user_can_use_print_room(user: Any) -> bool:
    """May make a paper from typed text; it is not stored, traced or published."""
    allowed: bool = user.is_active and user.has_perm(USE_PRINT_ROOM)
    return allowed
