"""WebM: elements in elements (EBML, RFC 8794; Matroska, RFC 9559)."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .containers import MOST_BOXES, WEBM, Broken, Found, require_pictures

_EBML, _DOCTYPE, _SEGMENT = 0x1A45DFA3, 0x4282, 0x18538067
_INFO, _SCALE, _DURATION = 0x1549A966, 0x2AD7B1, 0x4489
_TRACKS, _TRACK, _TRACK_TYPE, _CODEC = 0x1654AE6B, 0xAE, 0x83, 0x86
_CLUSTER = 0x1F43B675
MAGIC = _EBML.to_bytes(4, "big")
_PICTURES = 1
_LONGEST_VALUE = 64
_NANOSECONDS = 1_000_000_000


def read(file: BinaryIO, size: int) -> Found:
    """What the header, the information and the tracks say. Raises Broken, and ValidationError for another Matroska."""
    doctype, seconds, pictures = b"", None, False
    codecs: list[str] = []
    for kind, start, end in elements(file, 0, size):
        if kind == _EBML:
            doctype = next((_value(file, s, e) for k, s, e in elements(file, start, end) if k == _DOCTYPE), b"")
        if kind != _SEGMENT:
            continue
        for part, at, stop in elements(file, start, end):
            if part == _INFO:
                seconds = _seconds(file, at, stop)
            elif part == _TRACKS:
                codecs = [codec for k, s, e in elements(file, at, stop) if k == _TRACK for codec in _codec(file, s, e)]
            elif part == _CLUSTER:
                # What was recorded live has clusters of unknown length: all that is of use stands before the first.
                pictures = True
                break
        break
    if doctype.rstrip(b"\0") != b"webm":
        raise ValidationError(_("This is a Matroska video (MKV), which many computers do not play: save it as MP4."))
    if not pictures:
        raise Broken
    require_pictures(codecs)
    return Found(WEBM, codecs[0], seconds)


def elements(file: BinaryIO, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Id, where its content starts, where it ends, of each element between two places. Raises Broken."""
    for _number in range(MOST_BOXES):
        if start == end:
            return
        kind, start, _unknown = _number_at(file, start, marked=True)
        length, content, unknown = _number_at(file, start, marked=False)
        stop = end if unknown else content + length
        if stop > end:
            raise Broken
        yield kind, content, stop
        start = stop
    raise Broken


def _number_at(file: BinaryIO, start: int, marked: bool) -> tuple[int, int, bool]:
    """A number of EBML: itself (with its marker or without), where it ends, whether it says “unknown”."""
    file.seek(start)
    first = file.read(1)
    if not first or not first[0]:
        raise Broken
    width = 9 - first[0].bit_length()
    rest = file.read(width - 1)
    if len(rest) != width - 1:
        raise Broken
    whole = int.from_bytes(first + rest, "big")
    bare = whole & ((1 << 7 * width) - 1)
    return (whole if marked else bare), start + width, bare == (1 << 7 * width) - 1


def _seconds(file: BinaryIO, start: int, end: int) -> int | None:
    scale, length = 1_000_000, None
    for kind, at, stop in elements(file, start, end):
        if kind == _SCALE:
            scale = int.from_bytes(_value(file, at, stop), "big")
        elif kind == _DURATION:
            value = _value(file, at, stop)
            if len(value) not in {4, 8}:
                raise Broken
            length = struct.unpack(">f" if len(value) == 4 else ">d", value)[0]  # noqa: PLR2004
    # Not a number, and more than a week, are as good as nothing.
    known = length is not None and 0 < length * scale < 7 * 86400 * _NANOSECONDS
    return round(length * scale / _NANOSECONDS) if known and length is not None else None


def _codec(file: BinaryIO, start: int, end: int) -> list[str]:
    kind, codec = 0, ""
    for name, at, stop in elements(file, start, end):
        if name == _TRACK_TYPE:
            kind = int.from_bytes(_value(file, at, stop), "big")
        elif name == _CODEC:
            codec = _value(file, at, stop).decode("ascii", "replace").removeprefix("V_").lower()[:20]
    return [codec] if kind == _PICTURES else []


def _value(file: BinaryIO, start: int, end: int) -> bytes:
    if end - start > _LONGEST_VALUE:
        raise Broken
    file.seek(start)
    return file.read(end - start)
