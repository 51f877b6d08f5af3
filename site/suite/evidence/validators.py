"""What a file must be to be kept: what its name says, whole, no program, and no bomb."""

import hashlib
import re
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _
from PIL import Image

MOST_FILES = 20
MOST_BYTES = 20 * 1024 * 1024
# A telephone takes 64 million; more is a scan at a wrong setting, or meant to fill the memory of who opens it.
MOST_PIXELS = 70_000_000
# What an Office file may hold, unpacked, and of how many parts.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 10_000
_LONGEST_NAME = 200
_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_DEFLATE_OVERHEAD = 1024


class _OtherKindError(Exception):
    """The content is not what the name says."""


@dataclass(frozen=True)
class Format:
    """A kind of file: how it is served, and what looks at it (raises ValidationError or _OtherKindError)."""

    content_type: str
    look: Callable[[IO[bytes], str], None]


def cleaned_name(name: str) -> str:
    """The name without folders and without what readers do not see or what turns it round; at most 200 characters.

    The ending stays. May be ''.
    """
    whole = visible(re.split(r"[/\\]", name)[-1]).strip(" .")
    stem, dot, ending = whole.rpartition(".")
    return whole if len(whole) <= _LONGEST_NAME else stem[: _LONGEST_NAME - len(ending[:10]) - 1] + dot + ending[:10]


def visible(text: str) -> str:
    """The text as one line without control characters and marks that turn its direction round."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(" " if unicodedata.category(char) in _INVISIBLE else char for char in composed).split())


def format_of(name: str) -> Format | None:
    """The format that the name's ending tells; None for one that is not taken."""
    return FORMATS.get(cleaned_name(name).rpartition(".")[2].lower()) if "." in name else None


def is_picture(name: str) -> bool:
    """Whether the name is that of a picture."""
    found = format_of(name)
    return found is not None and found.content_type.startswith("image/")


def require_fit(file: File[bytes], name: str) -> None:
    """Look at a file. Raises ValidationError, naming the file and the mend; leaves the file at its beginning."""
    name = cleaned_name(name)
    found = format_of(name)
    if found is None:
        raise ValidationError(
            _(
                "“%(name)s” is of a kind that is not taken here: add a picture (JPG, PNG, GIF, WEBP), a PDF, a Word "
                "file (DOCX) or an Excel file (XLSX)."
            )
            % {"name": name or _("file without a name")}
        )
    if file.size > MOST_BYTES:
        raise ValidationError(_("“%(name)s” is larger than 20 MB: make it smaller, or split it.") % {"name": name})
    if not file.size:
        raise ValidationError(_("There is nothing in “%(name)s”: save it again and add that.") % {"name": name})
    try:
        file.seek(0)
        found.look(file, name)
    except _OtherKindError:
        raise ValidationError(
            _("“%(name)s” is not what its name says: save it again and add that.") % {"name": name}
        ) from None
    finally:
        file.seek(0)


def fingerprint(file: Any) -> str:
    """Look at an uploaded file once, however often it is asked for. Returns its SHA-256; errors as `require_fit`.

    A form does this before a transaction begins: with SQLite everybody else who writes waits for that.
    """
    if not hasattr(file, "_fingerprint"):
        require_fit(file, str(file.name))
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
        file._fingerprint = digest.hexdigest()
    return str(file._fingerprint)


def _damaged(name: str) -> ValidationError:
    return ValidationError(_("“%(name)s” is damaged: open it, save it again and add that.") % {"name": name})


def _pdf(file: IO[bytes], name: str) -> None:
    if not file.read(8).startswith(b"%PDF-"):
        raise _OtherKindError


def _picture(kind: str, *heads: bytes) -> Callable[[IO[bytes], str], None]:
    def look(file: IO[bytes], name: str) -> None:
        head = file.read(12)
        if not head.startswith(heads) or (kind == "WEBP" and head[8:] != b"WEBP"):
            raise _OtherKindError
        file.seek(0)
        if _pixels(file, name, kind) > MOST_PIXELS:
            raise ValidationError(
                _("“%(name)s” has more than 70 million pixels: make the picture smaller and add that.") % {"name": name}
            )
        file.seek(0)
        _decode(file, name, kind)

    return look


def _pixels(file: IO[bytes], name: str, kind: str) -> int:
    """Those of all pictures of an animation; what a telephone's JPEG holds beside its first picture nobody sees."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(file, formats=[kind])
            return image.width * image.height * (1 if kind == "JPEG" else getattr(image, "n_frames", 1))
    except Image.DecompressionBombError:
        return MOST_PIXELS + 1
    except Exception:  # noqa: BLE001 - Pillow raises whatever it stumbles over in a broken file
        raise _damaged(name) from None


def _decode(file: IO[bytes], name: str, kind: str) -> None:
    try:
        image = Image.open(file, formats=[kind])
        # Reads a JPEG to its end at an eighth of its size: the memory of a thumbnail.
        image.draft("RGB", (max(1, image.width // 8), max(1, image.height // 8)))
        image.load()
    except Exception:  # noqa: BLE001 - as above
        raise _damaged(name) from None


def _office(folder: str) -> Callable[[IO[bytes], str], None]:
    """An Office file with parts in `folder`, without macros."""

    def look(file: IO[bytes], name: str) -> None:
        if file.read(4) != b"PK\x03\x04":
            raise _OtherKindError
        file.seek(0)
        try:
            with zipfile.ZipFile(file) as parts:
                _require_small(parts, name)
                inside = parts.namelist()
                if not any(part.startswith(folder) for part in inside) or "[Content_Types].xml" not in inside:
                    raise _OtherKindError
                _require_no_macros(parts, name)
                # Unpacks it all: whole, and no larger than it says.
                if parts.testzip() is not None:
                    raise _damaged(name)
        except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, EOFError, zlib.error):
            raise _damaged(name) from None

    return look


def _require_small(parts: zipfile.ZipFile, name: str) -> None:
    rows = parts.infolist()
    if len(rows) > MOST_PARTS or any(
        row.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for row in rows
    ):
        raise _OtherKindError
    # A part that says it is smaller than its packed self holds more than it says.
    lies = any(row.compress_size > row.file_size * 1.01 + _DEFLATE_OVERHEAD for row in rows)
    if lies or sum(row.file_size for row in rows) > MOST_UNPACKED:
        raise ValidationError(
            _("“%(name)s” would unpack to more than %(most)s MB: save it as a PDF, or split it.")
            % {"name": name, "most": MOST_UNPACKED // 1024 // 1024}
        )


def _require_no_macros(parts: zipfile.ZipFile, name: str) -> None:
    """By the names of the parts, and by the list of their kinds: a part may be called anything."""
    kinds = parts.read("[Content_Types].xml").lower()
    if any("vbaproject" in part.lower() for part in parts.namelist()) or b"macro" in kinds or b"vbaproject" in kinds:
        raise ValidationError(
            _("“%(name)s” holds macros: save it without them, as DOCX, XLSX or PDF, and add that.") % {"name": name}
        )


FORMATS: dict[str, Format] = {
    "pdf": Format("application/pdf", _pdf),
    "png": Format("image/png", _picture("PNG", b"\x89PNG\r\n\x1a\n")),
    "jpg": Format("image/jpeg", _picture("JPEG", b"\xff\xd8\xff")),
    "jpeg": Format("image/jpeg", _picture("JPEG", b"\xff\xd8\xff")),
    "gif": Format("image/gif", _picture("GIF", b"GIF87a", b"GIF89a")),
    "webp": Format("image/webp", _picture("WEBP", b"RIFF")),
    "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _office("word/")),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _office("xl/")),
}
