"""Draws pages of a PDF, or one picture, as WebP of a telephone's width and more. Run by `suite.confined`.

    draw.py FILE KIND FIRST FOLDER ORDER

``KIND``: pdf or picture; ``FIRST``: the first page to draw, from 1; ``FOLDER``: where N.webp is written; ``ORDER``:
JSON with ``width`` (pixels), ``pages`` (more are refused), ``enough`` (seconds of computing after which it stops behind
the page it is at) and ``quality``. Prints JSON: ``outcome`` ("read", or why not), ``pages``, and ``sheets``, each with
number, width, height, text. With FIRST 0 it draws nothing and only says whether it could. Imports nothing of the site.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

_PASSWORD_NEEDED = 4
# The longest side of a page in pixels: a strip of paper ten metres long is no slide.
_LONGEST = 6000
_MOST_PIXELS = 70_000_000
_TEXT = 20_000


class Refused(Exception):
    """It can't be shown. The argument says why: password, broken, pages, size."""


def drawn_pdf(path: str, first: int, folder: Path, order: dict[str, Any]) -> dict[str, Any]:
    """Some pages of a PDF."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        raise Refused("password" if error.err_code == _PASSWORD_NEEDED else "broken") from error
    if count < 1:
        raise Refused("broken")
    if count > order["pages"]:
        raise Refused("pages")
    sheets: list[dict[str, Any]] = []
    number = first
    while first and number <= count and (not sheets or time.process_time() < order["enough"]):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise Refused("broken") from error
        wide, high = page.get_size()
        if not (wide > 0 and high > 0) or high / wide * order["width"] > _LONGEST:
            raise Refused("size")
        image = page.render(scale=order["width"] / wide, may_draw_forms=False).to_pil()
        text_page = page.get_textpage()
        text = text_page.get_text_range(count=min(text_page.count_chars(), _TEXT)) if text_page.count_chars() else ""
        text_page.close()
        page.close()
        sheets.append(_kept(image, number, text, folder, order))
        number += 1
    return {"outcome": "read", "pages": count, "sheets": sheets}


def drawn_picture(path: str, first: int, folder: Path, order: dict[str, Any]) -> dict[str, Any]:
    """One picture, upright, made smaller, without what the telephone wrote into it (place, owner)."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        image: Any = Image.open(path, formats=["JPEG", "PNG", "WEBP"])
        if image.width * image.height > _MOST_PIXELS:
            raise Refused("size")
        if image.height / image.width * order["width"] > _LONGEST:
            raise Refused("size")
        image.draft("RGB", (order["width"], order["width"]))
        image.load()
        image = ImageOps.exif_transpose(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("size") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused("broken") from error
    if image.mode not in ("RGB", "L"):
        flat = Image.new("RGB", image.size, "white")
        clear = image.convert("RGBA")
        flat.paste(clear, mask=clear.getchannel("A"))
        image = flat
    if image.width > order["width"]:
        image = image.resize((order["width"], round(image.height * order["width"] / image.width)))
    return {"outcome": "read", "pages": 1, "sheets": [_kept(image, 1, "", folder, order)] if first else []}


def _kept(image: Any, number: int, text: str, folder: Path, order: dict[str, Any]) -> dict[str, Any]:
    image.convert("RGB").save(folder / f"{number}.webp", quality=order["quality"], method=2)
    text = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text.replace("\r\n", "\n"))
    return {"number": number, "width": image.width, "height": image.height, "text": text.strip()}


def main(path: str, kind: str, first: str, folder: str, order: str) -> None:
    """Draw, and print what was drawn."""
    draw = drawn_pdf if kind == "pdf" else drawn_picture
    try:
        result = draw(path, int(first), Path(folder), json.loads(order))
    except Refused as refusal:
        result = {"outcome": str(refusal), "pages": 0, "sheets": []}
    except MemoryError:
        result = {"outcome": "size", "pages": 0, "sheets": []}
    except Exception as error:  # noqa: BLE001 (whatever libraries meet in a broken file)
        sys.stderr.write(f"{type(error).__name__}: {error}"[:500])
        result = {"outcome": "broken", "pages": 0, "sheets": []}
    sys.stdout.buffer.write(json.dumps(result).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
