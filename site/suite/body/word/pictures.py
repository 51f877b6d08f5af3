"""Pictures of a draft: which the site can show, and why not the others."""

import hashlib
import io
import posixpath
import re
import struct
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from .file import A, R, V, WordFile
from .losses import Loss
from .text import place_of

# Unpacked at four bytes a point: 160 MB. A photo of 40 million points is sharper than any paper.
MOST_POINTS = 40_000_000
# Browsers and printers of phones give up on longer sides.
LONGEST_SIDE = 10_000
# As the site takes by hand.
LARGEST_PICTURE = 10 * 1024 * 1024
MOST_PICTURES = 200
_KEPT = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
_TURNED_INTO_PNG = ("BMP", "TIFF")
# What a camera or Word writes by itself describes nothing.
_NO_DESCRIPTION = re.compile(
    r"^(?:(?:图片|图像|Picture|Image|IMG|DSC|微信图片|截图)[\s_\-]*\d*|.*\.(?:png|jpe?g|gif|bmp|tiff?|webp|emf|wmf)|[A-Za-z]:\\.*)$",
    re.IGNORECASE,
)
_DRAWINGS = (".emf", ".wmf", ".emz", ".wmz", ".svg", ".pct", ".pict")


@dataclass(frozen=True)
class Picture:
    """``key``: stands for it in the blocks until it is saved; ``file_name``; ``content``; ``title``."""

    key: str
    file_name: str
    content: bytes
    title: str


class PictureLost(ValueError):
    """The picture cannot be kept; the text says why and what to do."""


def take_out_lost(file: WordFile) -> list[Loss]:
    """Take the pictures out of the text that cannot be kept; say which."""
    found, count = [], 0
    checked: dict[str, str] = {}
    for blip in list(file.body.iter(f"{{{A}}}blip", f"{{{V}}}imagedata")):
        embedded = blip.get(f"{{{R}}}embed") or blip.get(f"{{{R}}}id")
        relation = embedded or blip.get(f"{{{R}}}link")
        if not relation:
            continue
        target, outside = file.target(relation)
        if outside or not embedded:
            reason = _("A picture is only linked (%(address)s) and was not fetched. Put the picture itself in.") % {
                "address": target[:200]
            }
        else:
            if target not in checked:
                checked[target] = _problem(file, target)
            reason = checked[target]
        count += not reason
        if count > MOST_PICTURES:
            reason = _("More than %(number)d pictures: the others were left out.") % {"number": MOST_PICTURES}
        if reason:
            found.append(Loss(reason, place_of(blip, file.body)))
            blip.getparent().remove(blip)
    return list(dict.fromkeys(found))


def picture(content: bytes, alt: str, title: str) -> Picture:
    """A picture as the site keeps it. Raises PictureLost."""
    kind, kept = usable(content)
    key = hashlib.sha256(kept).hexdigest()[:24]
    return Picture(key, f"{key[:12]}.{_KEPT[kind]}", kept, (description(alt) or title)[:255])


def description(alt: str | None) -> str:
    """What a picture's author wrote it shows; '' for what a program wrote."""
    text = " ".join((alt or "").split())
    return "" if _NO_DESCRIPTION.match(text) or "自动生成" in text else text


def usable(content: bytes) -> tuple[str, bytes]:
    """The kind (PNG …) and the content, turned into PNG where no browser shows it. Raises PictureLost."""
    if len(content) > LARGEST_PICTURE:
        raise PictureLost(_("A picture has more than %(limit)d MB. Shrink it and put it in by hand.")
                          % {"limit": LARGEST_PICTURE // 1024 // 1024})  # fmt: skip
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(content))
        width, height = opened.size
        if max(width, height) > LONGEST_SIDE or width * height > MOST_POINTS:
            raise PictureLost(
                _("A picture is too large (%(width)d × %(height)d points). Shrink it and put it in by hand.")
                % {"width": width, "height": height}
            )
        kind = opened.format or ""
        opened.load()
        if kind in _KEPT:
            return kind, content
        if kind in _TURNED_INTO_PNG:
            out = io.BytesIO()
            opened.convert("RGBA" if "A" in opened.getbands() else "RGB").save(out, "PNG")
            return "PNG", out.getvalue()
    except PictureLost:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureLost(_("A picture unpacks to more than a picture can be. It was left out.")) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise PictureLost(_("A picture is damaged. Put it in again by hand.")) from error
    raise PictureLost(_drawing(kind))


def _problem(file: WordFile, target: str) -> str:
    if posixpath.splitext(target)[1].lower() in _DRAWINGS:
        return _drawing(posixpath.splitext(target)[1].lstrip(".").upper())
    try:
        usable(file.parts[target])
    except KeyError:
        return _("A picture is missing in the file. Put it in again by hand.")
    except PictureLost as error:
        return str(error)
    return ""


def _drawing(kind: str) -> str:
    return _("A picture of a kind that browsers do not show (%(kind)s) was left out. Save it as PNG and put it in.") % {
        "kind": kind or "?"
    }


def title_of(file_name: str) -> str:
    """What a picture without a description is called."""
    return _("Picture from %(file)s") % {"file": file_name}
