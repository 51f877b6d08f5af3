"""What shows that a measure was carried out: pictures and files, looked at before they count (requirement H)."""

import zipfile
from collections.abc import Callable, Sequence
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hearings.enums import MeasureKind
from hearings.models import Evidence, Measure

MOST_FILES = 20
MOST_BYTES = 20 * 1024 * 1024
_HEAD_BYTES = 8
# A study is shown by what it came to, and what was done in front of everybody's eyes by the minutes.
_SHOWN_BY_WORDS = (MeasureKind.STUDY, MeasureKind.DONE)


def require_evidence(measure: Measure, rows: Sequence[Evidence]) -> None:
    """Raise ValidationError where evidence is wanting, or a file is not what its name says, too large, or a program."""
    if not rows and measure.kind not in _SHOWN_BY_WORDS:
        raise ValidationError({"evidence": _("Show that it was done: add a picture or a file.")})
    if len(rows) > MOST_FILES:
        raise ValidationError({"evidence": _("Add at most %(most)s pictures and files.") % {"most": MOST_FILES}})
    for row in rows:
        if bool(row.image) == bool(row.document):
            raise ValidationError({"evidence": _("Every piece of evidence is one picture or one file.")})
        _require_fit(row.image or row.document)


def _require_fit(stored: Any) -> None:
    name = stored.filename
    fits = _FITS.get(name.rpartition(".")[2].lower())
    if fits is None:
        raise ValidationError(
            {
                "evidence": _("“%(name)s” cannot be shown to readers: add a picture, a PDF, a Word or an Excel file.")
                % {"name": name}
            }
        )
    if stored.file.size > MOST_BYTES:
        raise ValidationError(
            {"evidence": _("“%(name)s” is larger than 20 MB: make it smaller, or split it.") % {"name": name}}
        )
    with stored.file.storage.open(stored.file.name) as file:
        if not fits(file):
            raise ValidationError(
                {"evidence": _("“%(name)s” is not what its name says: save it again and add that.") % {"name": name}}
            )


def _begins(*heads: bytes) -> Callable[[IO[bytes]], bool]:
    return lambda file: file.read(_HEAD_BYTES).startswith(heads)


def _is_webp(file: IO[bytes]) -> bool:
    head = file.read(12)
    return head[:4] == b"RIFF" and head[8:] == b"WEBP"


def _office(folder: str) -> Callable[[IO[bytes]], bool]:
    """An Office file without macros."""

    def fits(file: IO[bytes]) -> bool:
        try:
            with zipfile.ZipFile(file) as parts:
                names = parts.namelist()
        except (zipfile.BadZipFile, OSError):
            return False
        within = any(name.startswith(folder) for name in names)
        return within and not any("vbaproject" in name.lower() for name in names)

    return fits


_FITS: dict[str, Callable[[IO[bytes]], bool]] = {
    "pdf": _begins(b"%PDF-"),
    "png": _begins(b"\x89PNG\r\n\x1a\n"),
    "jpg": _begins(b"\xff\xd8\xff"),
    "jpeg": _begins(b"\xff\xd8\xff"),
    "gif": _begins(b"GIF87a", b"GIF89a"),
    "webp": _is_webp,
    "docx": _office("word/"),
    "xlsx": _office("xl/"),
}
