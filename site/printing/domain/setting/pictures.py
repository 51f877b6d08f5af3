"""Pictures for paper: from the site's own media storage, checked, and no larger than paper can show."""

import base64
import io
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

# The text of an A3 sheet is 254 mm wide: at 240 dots an inch nobody sees more.
LARGEST_SIDE = 2400
# A picture is unpacked to be made smaller, at four bytes a pixel: this is 160 MB. JPEG shrinks while it is read.
MOST_PIXELS = 40_000_000
_SHRINKS_ON_READING = ("JPEG", "MPO")


class PictureRefused(ValueError):
    """The picture cannot be printed; the text says which and why."""


def picture_at(address: str) -> tuple[bytes, str]:
    """The picture with that address (absolute, of this site or inline) and its media type, no larger than paper needs.

    Pictures come from the site's own media storage or are inline; paper never calls the network or reads disks.
    Raises PictureRefused for any other, and for what `fit` refuses.
    """
    if address.startswith("data:"):
        return fit(_("in the text"), _inline(address))
    ours, wanted = urlsplit(settings.WAGTAILADMIN_BASE_URL), urlsplit(urljoin(settings.WAGTAILADMIN_BASE_URL, address))
    name = unquote(wanted.path.removeprefix(settings.MEDIA_URL))
    if wanted.netloc != ours.netloc or not name.startswith(("images/", "original_images/")):
        raise PictureRefused(_("the picture %(name)s is not one of this site") % {"name": address})
    return fit(name, _read(name))


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
        return content, Image.MIME.get(picture.format or "", "application/octet-stream")
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


def _inline(address: str) -> bytes:
    head, _comma, data = address.partition(",")
    try:
        return base64.b64decode(data, validate=True) if head.endswith(";base64") else unquote_to_bytes(data)
    except ValueError as error:
        raise PictureRefused(_("the picture %(name)s is damaged; upload it again") % {"name": head}) from error


def _read(name: str) -> bytes:
    try:
        with default_storage.open(name) as file:
            content: bytes = file.read()
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        raise PictureRefused(_("the picture %(name)s is missing; upload it again") % {"name": name}) from error
    return content
