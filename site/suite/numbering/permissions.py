"""Who may take a number, and who may void one."""

from typing import Any

ISSUE = "numbering.add_documentnumber"
VOID = "numbering.void_documentnumber"


def user_can_issue(user: Any) -> bool:
    """Whether `user` may take document numbers."""
    return bool(user.has_perm(ISSUE))


def user_can_void(user: Any) -> bool:
    """Whether `user` may void document numbers."""
    return bool(user.has_perm(VOID))
