"""Who may give roles."""

from typing import Any


def user_can_assign_roles(user: Any) -> bool:
    """Whether `user` may give and take roles (the security administrator)."""
    return user.has_perm("roles.assign_role")
