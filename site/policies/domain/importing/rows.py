"""Reads the rows of an import: JSON Lines (plain or gzip) or a folder of .md, .docx and .pdf files."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import mammoth
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from suite.body.from_html import blocks_from_html, blocks_from_markdown
from suite.body.from_text import Blocks, blocks_from_text, unwrapped

TITLE_LENGTH = 255
FOLDER_SUFFIXES = {".md", ".docx", ".pdf"}
OPTIONAL_TEXT = ("number", "issuing_body")
OPTIONAL_DATES = ("issued_on", "effective_on")


@dataclass(frozen=True)
class Row:
    """One document to import. `key` stays the same from run to run, so that a second run skips it."""

    place: str
    key: str
    title: str
    blocks: Blocks
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RefusedRow:
    """A row that cannot become a page: where it stands and why."""

    place: str
    title: str
    reason: str


def file_hash(source: Path) -> str:
    """SHA-256 of a file, or of the names and contents of a folder's files, as hexadecimal digits."""
    digest = hashlib.sha256()
    files = [source] if source.is_file() else folder_files(source)
    for path in files:
        digest.update(path.name.encode())
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def folder_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in FOLDER_SUFFIXES)


def count_rows(source: Path) -> int:
    """How many rows `read_rows` will give, for the progress bar."""
    if source.is_dir():
        return len(folder_files(source))
    with _open_lines(source) as lines:
        return sum(1 for line in lines if line.strip())


def read_rows(source: Path) -> Iterator[Row | RefusedRow]:
    """Each document of the source, in order, or the reason why it cannot be read.

    Arguments: ``source``, a .jsonl or .jsonl.gz file with objects ``{id, title, text}`` and optionally number,
    issuing_body, issued_on, effective_on (dates YYYY-MM-DD); or a folder.
    Raises ValidationError when the source as a whole is of neither kind.
    """
    if source.is_dir():
        if not folder_files(source):
            raise ValidationError(
                _("There is no .md, .docx or .pdf file in %(folder)s. Put the documents there and import again.")
                % {"folder": source}
            )
        yield from map(_read_document, folder_files(source))
        return
    if not source.is_file():
        raise ValidationError(_("There is no file or folder %(path)s. Check the path.") % {"path": source})
    try:
        with _open_lines(source) as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _read_line(line, _("line %(number)d") % {"number": number})
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ValidationError(
            _("%(path)s cannot be read as JSON Lines in UTF-8 (%(error)s). Rows before it were imported.")
            % {"path": source.name, "error": error}
        ) from error


def _open_lines(source: Path) -> Any:
    if source.suffix == ".gz":
        return gzip.open(source, "rt", encoding="utf-8")
    return source.open(encoding="utf-8-sig")


def _read_line(line: str, place: str) -> Row | RefusedRow:
    try:
        data = json.loads(line)
    except ValueError as error:
        return RefusedRow(place, "", _("This line is not JSON: %(error)s.") % {"error": error})
    if not isinstance(data, dict):
        return RefusedRow(place, "", _("This line is not a JSON object with id, title and text."))
    try:
        return _row(data, place)
    except ValueError as error:
        return RefusedRow(place, str(data.get("title") or ""), str(error))


def _row(data: dict[str, Any], place: str) -> Row:
    """The row that a JSON object describes. Raises ValueError with the reason where it describes none."""
    key, title, text = data.get("id"), data.get("title"), data.get("text")
    if not isinstance(key, str | int) or isinstance(key, bool) or not str(key).strip():
        raise ValueError(_("The row has no id. Give it one that stays the same."))
    if reason := _title_problem(title):
        raise ValueError(reason)
    if not isinstance(text, str) or not text.strip():
        raise ValueError(_("The row has no text."))
    return Row(place, str(key).strip(), str(title).strip(), blocks_from_text(text, str(title)), _optional_fields(data))


def _title_problem(title: Any) -> str:
    if not isinstance(title, str) or not title.strip():
        return _("The row has no title.")
    if len(title.strip()) > TITLE_LENGTH:
        return _("The title has %(count)d characters; at most %(limit)d fit. Shorten it.") % {
            "count": len(title.strip()),
            "limit": TITLE_LENGTH,
        }
    return ""


def _optional_fields(data: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name in OPTIONAL_TEXT:
        value = data.get(name) or ""
        if not isinstance(value, str) or len(value) > TITLE_LENGTH:
            raise ValueError(_("%(name)s is not a short text.") % {"name": name})
        fields[name] = value.strip()
    for name in OPTIONAL_DATES:
        value = data.get(name)
        try:
            fields[name] = date.fromisoformat(value) if value else None
        except (TypeError, ValueError):
            raise ValueError(
                _("%(name)s is %(value)s; write it as 2026-11-21.") % {"name": name, "value": value}
            ) from None
    return fields


def _read_document(path: Path) -> Row | RefusedRow:
    try:
        blocks = _blocks_of(path)
    except (OSError, ValueError, KeyError, BadZipFile, PyPdfError) as error:
        return RefusedRow(path.name, path.stem, _("The file cannot be read: %(error)s.") % {"error": error})
    if not blocks:
        return RefusedRow(
            path.name, path.stem, _("No text was found. A scan needs its text recognised before it is imported.")
        )
    if reason := _title_problem(path.stem):
        return RefusedRow(path.name, path.stem, reason)
    key = "file:" + hashlib.sha256(path.read_bytes()).hexdigest()[:32]
    return Row(path.name, key, path.stem.strip(), blocks)


def _blocks_of(path: Path) -> Blocks:
    suffix = path.suffix.lower()
    if suffix == ".md":
        return blocks_from_markdown(path.read_text(encoding="utf-8-sig"), path.stem)
    if suffix == ".docx":
        with path.open("rb") as stream:
            return blocks_from_html(mammoth.convert_to_html(stream).value, path.stem)
    pages = [page.extract_text() or "" for page in PdfReader(path).pages]
    return blocks_from_text(unwrapped("\n".join(pages)), path.stem)
