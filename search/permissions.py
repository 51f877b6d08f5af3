"""Who keeps the words of the search."""

from typing import Any

KEEP_WORDS = [
    *(f"search.{verb}_synonym" for verb in ("add", "change", "delete", "view")),
    *(f"search.{verb}_officeword" for verb in ("add", "delete", "view")),
]


def user_can_see_words(user: Any) -> bool:
    """Whether somebody sees the office's dictionary, and how far its re-indexing is."""
    return bool(user.has_perm("search.view_officeword"))
