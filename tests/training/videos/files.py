"""Tiny videos, made of bytes and of pictures drawn here."""

import io
import struct

from PIL import Image, ImageDraw

from training.sample import webm


def box(kind, *content):
    inside = b"".join(content)
    return struct.pack(">I4s", 8 + len(inside), kind) + inside


def mp4(brand=b"isom", seconds=5, codec=b"avc1", handler=b"vide", wide=False, size=100):
    """Boxes as an MP4 has them, with ``size`` bytes of pictures that mean nothing."""
    if wide:
        mvhd = struct.pack(">B3xQQIQ", 1, 0, 0, 1000, seconds * 1000)
    else:
        mvhd = struct.pack(">B3xIIII", 0, 0, 0, 1000, seconds * 1000)
    entry = struct.pack(">4xI", 1) + box(codec, bytes(78))
    tables = box(b"minf", box(b"stbl", box(b"stsd", entry)))
    track = box(b"trak", box(b"tkhd", bytes(84)), box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12)), tables))
    return box(b"ftyp", brand, bytes(4), brand) + box(b"moov", box(b"mvhd", mvhd), track) + box(b"mdat", bytes(size))


def webm_video(seconds=3, size=(320, 180), known=True, every=1000, noise=False):
    """A video that browsers play: each second another number on another colour, or (much larger) on noise."""
    frames = []
    for number in range(seconds * 1000 // every):
        picture = Image.new("RGB", size, (40 * number % 256, 90, 200 - 30 * number % 200))
        if noise:
            picture = Image.effect_noise(size, 50 + number).convert("RGB")
        ImageDraw.Draw(picture).text((20, 20), str(number), fill="white")
        frames.append(webm.frame(picture))
    file = io.BytesIO()
    webm.write(file, frames, size, every, known=known)
    return file.getvalue()
