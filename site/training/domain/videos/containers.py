"""What is in a video file, read from its own boxes: enough to know that a browser can play it, and how long it lasts.

Nothing is decoded, so nothing of a hostile file is run; it is read through a few bytes at a time.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MP4, WEBM = "video/mp4", "video/webm"
# A video of a day has some ten thousand parts; more is no video but work for the server.
MOST_BOXES = 200_000


@dataclass(frozen=True)
class Found:
    """``codec``: avc1, vp8 …, '' where the file does not say; ``seconds``: None where the file does not say."""

    content_type: str
    codec: str
    seconds: int | None


class Broken(Exception):
    """The file ends in the middle, or contradicts itself."""


def require_pictures(codecs: list[str]) -> None:
    """Raises ValidationError where the file holds sound only."""
    if not codecs:
        raise ValidationError(_("There are no pictures in this file, perhaps it is sound only: upload the video."))
