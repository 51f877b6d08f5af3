"""MP4: boxes in boxes (ISO/IEC 14496-12)."""

from collections.abc import Iterator
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .containers import MOST_BOXES, MP4, Broken, Found, require_pictures

_HEAD, _LONG_HEAD = 8, 16
# A video track says its codec in the first entry of its sample description: version, count, size, name.
_ENTRY = slice(12, 16)


def read(file: BinaryIO, size: int) -> Found:
    """What the movie box says. Raises Broken, and ValidationError for what browsers do not play."""
    brand, seconds, pictures = b"", None, False
    codecs: list[str] = []
    for kind, start, end in boxes(file, 0, size):
        if kind == b"ftyp":
            brand = _bytes(file, start, min(end, start + 4))
        elif kind == b"moov":
            seconds = _seconds(file, start, end)
            codecs = [
                codec for trak, s, e in boxes(file, start, end) if trak == b"trak" for codec in _codec(file, s, e)
            ]
        elif kind in {b"mdat", b"moof"}:
            pictures = True
    if brand == b"qt  ":
        raise ValidationError(_("This is a QuickTime film (MOV), which many computers do not play: save it as MP4."))
    if not pictures:
        raise Broken
    require_pictures(codecs)
    return Found(MP4, codecs[0], seconds)


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, where its content starts, where it ends, of each box between two places. Raises Broken."""
    for _number in range(MOST_BOXES):
        if start == end:
            return
        head = _bytes(file, start, start + _HEAD)
        length, content = int.from_bytes(head[:4], "big"), start + _HEAD
        if length == 1:
            length, content = int.from_bytes(_bytes(file, content, start + _LONG_HEAD), "big"), start + _LONG_HEAD
        stop = end if length == 0 else start + length
        if not content <= stop <= end:
            raise Broken
        yield head[4:8], content, stop
        start = stop
    raise Broken


def _seconds(file: BinaryIO, start: int, end: int) -> int | None:
    for kind, at, stop in boxes(file, start, end):
        if kind == b"mvhd":
            # Version 1 has eight bytes for its times, version 0 four; the scale stands between them and the length.
            wide = _bytes(file, at, at + 1) == b"\x01"
            scale_at, width = (at + 20, 8) if wide else (at + 12, 4)
            scale = int.from_bytes(_bytes(file, scale_at, scale_at + 4), "big")
            length = int.from_bytes(_bytes(file, scale_at + 4, min(scale_at + 4 + width, stop)), "big")
            unknown = length in {0, (1 << 8 * width) - 1}
            return None if unknown or not scale else round(length / scale)
    raise Broken


def _codec(file: BinaryIO, start: int, end: int) -> list[str]:
    """The name of the coding, if the track is one of pictures."""
    inside = _inside(file, start, end, b"mdia")
    if inside is None or (handler := _inside(file, *inside, b"hdlr")) is None:
        return []
    if _bytes(file, handler[0] + 8, handler[0] + 12) != b"vide":
        return []
    for name in (b"minf", b"stbl", b"stsd"):
        inside = _inside(file, *inside, name)
        if inside is None:
            raise Broken
    return [_bytes(file, inside[0], inside[0] + 16)[_ENTRY].decode("ascii", "replace")]


def _inside(file: BinaryIO, start: int, end: int, name: bytes) -> tuple[int, int] | None:
    return next(((at, stop) for kind, at, stop in boxes(file, start, end) if kind == name), None)


def _bytes(file: BinaryIO, start: int, end: int) -> bytes:
    file.seek(start)
    found = file.read(end - start)
    if len(found) != end - start:
        raise Broken
    return found
