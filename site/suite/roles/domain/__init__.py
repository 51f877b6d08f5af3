"""What the rest of the suite may ask about roles and do with them."""

from .administrators import separation_is_off
from .declared import declared_roles
from .members import assign, group, role_keys, user_has_role, users_in, withdraw
from .sync import sync_roles

__all__ = [
    "assign",
    "declared_roles",
    "group",
    "role_keys",
    "separation_is_off",
    "sync_roles",
    "user_has_role",
    "users_in",
    "withdraw",
]
