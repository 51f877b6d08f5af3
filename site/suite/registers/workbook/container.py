"""Before a workbook is opened: is it one, and one that may be opened? Refused with the mend, never half read."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST_FILE = 8_000_000
# What its parts may become when they are unpacked: a small file can hold gigabytes of nothing.
LARGEST_UNPACKED = 60_000_000
MOST_PARTS = 500
# What files begin with that WPS and Excel wrote with a password, or in the format of before 2007.
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{1,24})"')
_DOCTYPE = b"<!DOCTYPE"
_CHUNK = 1 << 20
_OVERLAP = 200


def check_container(file: BinaryIO) -> None:
    """Raises ValidationError for what is too large, locked, damaged, has macros, or is no XLSX at all."""
    if file.seek(0, io.SEEK_END) > LARGEST_FILE:
        raise ValidationError(
            _("The file is larger than %(size)s MB. Take pictures and other sheets out of it, or split it.")
            % {"size": LARGEST_FILE // 1_000_000}
        )
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    if head == _OLD_OR_LOCKED:
        raise ValidationError(
            _("The file has a password or is in the old format .xls. Save it as .xlsx without a password.")
        )
    try:
        with zipfile.ZipFile(file) as archive:
            _check_parts(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise ValidationError(
            _("This is no XLSX file that can be read. Open it in WPS or Excel, save it as .xlsx and try again.")
        ) from error
    file.seek(0)


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise ValidationError(
            _("Unpacked, the file would be far too large. Copy the filled-in rows into a fresh template.")
        )
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" not in names:
        raise zipfile.BadZipFile
    if any("vbaproject" in name for name in names) or b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise ValidationError(
            _("The file holds macros, which are not accepted. Save it as .xlsx (without macros) and try again.")
        )
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                if _DOCTYPE in stream.read(4096).upper():
                    raise zipfile.BadZipFile


def merged_cells(archive: zipfile.ZipFile, part: str) -> Iterator[str]:
    """The references of merged cells in a sheet, "A2:A5". Reading row by row, openpyxl does not tell of them."""
    seen = set()
    with archive.open(part.lstrip("/")) as stream:
        rest = b""
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            for match in _MERGED.finditer(text):
                reference = match[1].decode()
                if reference not in seen:
                    seen.add(reference)
                    yield reference
            rest = text[-_OVERLAP:]
