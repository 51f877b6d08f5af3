"""Pictures of a sheet for Word: checked as for paper, in a kind of file that Word shows."""

import io
from dataclasses import dataclass

from bs4.element import Tag
from PIL import Image

from printing.domain.setting.pictures import PictureRefused, picture_at

_WORD_SHOWS = ("PNG", "JPEG", "GIF")


@dataclass(frozen=True)
class Picture:
    """``content``: PNG, JPEG or GIF, b"" where there is none to show; ``alt``: what it shows; ``size`` in dots."""

    content: bytes
    alt: str
    size: tuple[int, int] = (1, 1)
    refused: str = ""

    def file(self) -> io.BytesIO:
        return io.BytesIO(self.content)


def picture_of(tag: Tag) -> Picture:
    """The picture of an img; of a drawing (svg), which Word has no part for, its description alone."""
    if tag.name == "svg":
        named = tag.find(["desc", "title"])
        words = str(tag.get("aria-label", "")) or (named.get_text(" ", strip=True) if isinstance(named, Tag) else "")
        return Picture(b"", words or tag.get_text(" ", strip=True))
    alt = str(tag.get("alt", ""))
    try:
        content, _kind = picture_at(str(tag.get("src", "")))
    except PictureRefused as error:
        return Picture(b"", alt, refused=str(error))
    with Image.open(io.BytesIO(content)) as picture:
        if picture.format in _WORD_SHOWS:
            return Picture(content, alt, picture.size)
        out = io.BytesIO()
        picture.save(out, "PNG")
        return Picture(out.getvalue(), alt, picture.size)
