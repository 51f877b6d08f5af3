"""Pictures for paper: from the site's own media storage, checked, and no larger than paper can show."""

import io
import mimetypes
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, UnidentifiedImageError
from weasyprint.urls import URLFetcher, URLFetcherResponse

# The text of an A3 sheet is 254 mm wide: at 240 dots an inch nobody sees more.
LARGEST_SIDE = 2400
# A picture is unpacked to be made smaller, at four bytes a pixel: this is 160 MB. JPEG shrinks while it is read.
MOST_PIXELS = 40_000_000
_SHRINKS_ON_READING = ("JPEG", "MPO")


class PictureRefused(ValueError):
    """The picture cannot be printed; the text says which and why."""


class MediaFetcher(URLFetcher):
    """Gives WeasyPrint pictures of this site and inline ones; paper never calls the network or reads disks.

    What was refused since ``refused`` was last emptied is listed there, in words; the picture's description is
    printed in its place.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"})
        self.refused: list[str] = []
        # WeasyPrint tells Pillow to fill up what is missing of a picture, for the whole process; a half picture that
        # looks whole must not hang on a board.
        ImageFile.LOAD_TRUNCATED_IMAGES = False

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The picture at ``url``. Raises ValueError, which WeasyPrint takes as "not there"."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        ours, wanted = urlsplit(settings.WAGTAILADMIN_BASE_URL), urlsplit(url)
        name = unquote(wanted.path.removeprefix(settings.MEDIA_URL))
        try:
            if wanted.netloc != ours.netloc or not name.startswith(("images/", "original_images/")):
                raise PictureRefused(_("the picture %(name)s is not one of this site") % {"name": url})
            content, kind = fit(name, _read(name))
        except PictureRefused as error:
            self.refused.append(str(error))
            raise
        return URLFetcherResponse(url, content, {"Content-Type": kind})


def fit(name: str, content: bytes) -> tuple[bytes, str]:
    """The picture and its media type, made smaller where it has more points than paper can show.

    Raises PictureRefused for what is no whole picture, and for one too large to be unpacked.
    """
    try:
        picture = Image.open(io.BytesIO(content))
        shrinks = picture.format in _SHRINKS_ON_READING
        if not shrinks and picture.width * picture.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        too_large = max(picture.size) > LARGEST_SIDE
        if too_large:
            picture.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
        picture.load()
    except Image.DecompressionBombError as error:
        raise PictureRefused(_("the picture %(name)s is too large; upload a smaller one") % {"name": name}) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise PictureRefused(_("the picture %(name)s is damaged; upload it again") % {"name": name}) from error
    if not too_large:
        return content, mimetypes.guess_type(name)[0] or "application/octet-stream"
    return _smaller(picture), "image/jpeg" if shrinks else "image/png"


def _smaller(picture: Image.Image) -> bytes:
    kind = "JPEG" if picture.format in _SHRINKS_ON_READING else "PNG"
    exif = picture.getexif()  # which side is up
    if picture.mode == "P":
        picture = picture.convert("RGBA")
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    out = io.BytesIO()
    picture.save(out, kind, **({"quality": 85, "exif": exif} if kind == "JPEG" else {}))
    return out.getvalue()


def _read(name: str) -> bytes:
    try:
        with default_storage.open(name) as file:
            content: bytes = file.read()
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        raise PictureRefused(_("the picture %(name)s is missing; upload it again") % {"name": name}) from error
    return content
