"""Public papers that were set before: kept as files, so that a paper many people open is set once a day.

A file belongs to exactly one filled-in sheet (its HTML with mark and today's date) and to one state of printing's own
code, styles and fonts: what differs in any of these is set anew. Nothing is ever wrong because it is old.
"""

import contextlib
import hashlib
import logging
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings

from printing import fonts
from printing.sheets import Mark, Sheet

from .files import write_whole
from .rendering import STYLESHEETS, Rendered, render, render_html

MOST_FILES = 300
MOST_BYTES = 200_000_000
_PRINTING = Path(__file__).resolve().parents[1]
logger = logging.getLogger(__name__)


def folder() -> Path:
    """Where the files lie; they can be deleted at any time."""
    return Path(settings.VAR_DIR) / "papers"


def render_kept(sheet: Sheet, mark: Mark | None = None) -> Rendered:
    """As `rendering.render`, from the file where there is one. For papers that everybody may read, and no drafts.

    A paper with warnings is not kept: its picture may be mended. A folder that cannot be written costs time only.
    """
    place = folder() / f"{_digest(sheet, mark)}.pdf"
    try:
        return Rendered(place.read_bytes())
    except OSError:
        rendered = render(sheet, mark)
    if not rendered.warnings:
        try:
            _keep(place, rendered.content)
        except OSError as error:
            logger.warning("A paper could not be kept in %s: %s", place.parent, error)
    return rendered


def _digest(sheet: Sheet, mark: Mark | None) -> str:
    parts = (render_html(sheet, mark), sheet.style, "\n".join(sheet.names), settings.WAGTAILADMIN_BASE_URL, _edition())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@cache
def _edition() -> str:
    """The state of printing's own code, of all styles, of WeasyPrint and of the fonts, as of this process's start."""
    digest = hashlib.sha256(version("weasyprint").encode())
    styles = (path for app in apps.get_app_configs() for path in Path(app.path, STYLESHEETS.name).glob("*.css"))
    for file in sorted({*_PRINTING.rglob("*.py"), *styles}):
        digest.update(file.read_bytes())
    for file in sorted(path for path in fonts.folder().rglob("*") if path.is_file()):
        digest.update(f"{file.name} {file.stat().st_size}".encode())
    return digest.hexdigest()


def _keep(place: Path, content: bytes) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(place, content)
    _make_room(place.parent, spare=place)


def _make_room(papers: Path, spare: Path) -> None:
    """Remove the oldest beyond the bounds. Another process may be removing them too."""
    found = []
    for file in papers.glob("*.pdf"):
        with contextlib.suppress(FileNotFoundError):
            about = file.stat()
            found.append((about.st_mtime_ns, about.st_size, file))
    room = 0
    for number, (_, size, file) in enumerate(sorted(found, reverse=True), 1):
        room += size
        if (number > MOST_FILES or room > MOST_BYTES) and file != spare:
            file.unlink(missing_ok=True)
