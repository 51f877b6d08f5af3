"""Who has a page for the villages they serve."""

from typing import Any

from .permissions import user_can_key_in, user_can_record_posting, user_can_report


def user_works_for_villages(user: Any) -> bool:
    """Report topics, key sign-ups in, or record what was hung."""
    return user_can_report(user) or user_can_key_in(user) or user_can_record_posting(user)
