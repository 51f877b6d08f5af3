"""Writes WebM videos out of pictures: a picture that Pillow saves as WebP is a key frame of VP8.

No encoder is needed for it, and no video of somebody else's: for the sample township, tests and benchmarks.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from typing import BinaryIO

from PIL import Image

_LONGEST_CLUSTER = 30_000


def frame(picture: Image.Image, quality: int = 60) -> bytes:
    """The picture as one key frame. ``quality``: 0 to 100."""
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "WEBP", quality=quality, method=4)
    content, at = buffer.getvalue(), 12
    while content[at : at + 4] != b"VP8 ":
        at += 8 + int.from_bytes(content[at + 4 : at + 8], "little") + 1 & ~1
    length = int.from_bytes(content[at + 4 : at + 8], "little")
    return content[at + 8 : at + 8 + length]


def write(file: BinaryIO, frames: Sequence[bytes], size: tuple[int, int], every: int, known: bool = True) -> None:
    """A video of these frames, each shown for ``every`` milliseconds. ``known``: whether it says how long it lasts."""
    info = element("2AD7B1", (1_000_000).to_bytes(3, "big")) + element("4D80", b"bianmin") + element("5741", b"bianmin")
    if known:
        info += element("4489", struct.pack(">d", len(frames) * every))
    shape = element("B0", size[0].to_bytes(2, "big")) + element("BA", size[1].to_bytes(2, "big"))
    track = element("D7", b"\1") + element("73C5", b"\1") + element("83", b"\1") + element("86", b"V_VP8")
    tracks = element("1654AE6B", element("AE", track + element("E0", shape)))
    info = element("1549A966", info)
    each = max(1, _LONGEST_CLUSTER // every)
    groups = [frames[at : at + each] for at in range(0, len(frames), each)]
    heads = [_cluster_head(number * each * every, group, every) for number, group in enumerate(groups)]
    lengths = [len(head) + _blocks_length(group) for head, group in zip(heads, groups, strict=True)]
    # How long the list of places is does not depend on the places: each is written in eight bytes.
    before = len(info) + len(tracks) + len(_cues([0] * len(groups), each * every))
    places = [before + sum(lengths[:number]) for number in range(len(groups))]
    header = element("4286", b"\1") + element("42F7", b"\1") + element("42F2", b"\4") + element("42F3", b"\x08")
    header += element("4282", b"webm") + element("4287", b"\4") + element("4285", b"\2")
    file.write(element("1A45DFA3", header))
    file.write(bytes.fromhex("18538067") + _size(before + sum(lengths)))
    file.write(info + tracks + _cues(places, each * every))
    for head, group in zip(heads, groups, strict=True):
        file.write(head)
        for number, one in enumerate(group):
            file.write(_block_head(number * every, one) + one)


def element(name: str, content: bytes) -> bytes:
    """One element of EBML; ``name`` is its id in hexadecimal."""
    return bytes.fromhex(name) + _size(len(content)) + content


def _cluster_head(starts: int, group: Sequence[bytes], every: int) -> bytes:
    time = element("E7", starts.to_bytes(4, "big"))
    return bytes.fromhex("1F43B675") + _size(len(time) + _blocks_length(group)) + time


def _blocks_length(group: Sequence[bytes]) -> int:
    return sum(len(_block_head(0, one)) + len(one) for one in group)


def _block_head(time: int, content: bytes) -> bytes:
    """Of a SimpleBlock: track 1, its time since the cluster's, a key frame."""
    inside = b"\x81" + time.to_bytes(2, "big", signed=True) + b"\x80"
    return bytes.fromhex("A3") + _size(len(inside) + len(content)) + inside


def _cues(places: Sequence[int], every: int) -> bytes:
    """Where each cluster stands, so that a player can jump."""
    points = b""
    for number, place in enumerate(places):
        where = element("F7", b"\1") + element("F1", place.to_bytes(8, "big"))
        points += element("BB", element("B3", (number * every).to_bytes(4, "big")) + element("B7", where))
    return element("1C53BB6B", points)


def _size(length: int) -> bytes:
    return (length | 1 << 56).to_bytes(8, "big")
