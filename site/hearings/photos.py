"""Photos that are sent with a form become pictures of the office's library."""

from typing import Any

from wagtail.images import get_image_model


def kept_photo(file: Any, title: str, user: Any) -> Any:
    """The uploaded picture, stored under this title; None without one. Call it in the transaction of its record."""
    if not file:
        return None
    return get_image_model().objects.create(title=title[:255], file=file, uploaded_by_user=user)
