"""Writes .mo files beside their .po files, without system gettext and without Django.

Django reads only .mo, which are not committed: whoever starts the product from a bare checkout calls
``compile_catalogues(root)``, or ``python -m suite.translation.compile ROOT...`` with site/ on the path.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

# Folders with catalogues that are not ours, or with none.
SKIPPED = {".venv", ".git", "var", "node_modules", "__pycache__"}


class CatalogueError(ValueError):
    """A .po file that can't be read; the text says which line to mend."""


def read_catalogue(po: Path) -> Catalog:
    """The catalogue in a .po file of ours or of a library; its locale is the name of its folder.

    Raises CatalogueError naming file and line when the file is not a catalogue.
    """
    with po.open("rb") as file:
        try:
            return read_po(file, locale=po.parent.parent.name, abort_invalid=True)
        except PoFileError as error:
            raise CatalogueError(f"{po}: {error}: {error.line!r}") from error


def po_files(root: Path) -> Iterator[Path]:
    """Every ``locale/*/LC_MESSAGES/*.po`` under ``root``, in order of path."""
    for folder, subfolders, files in os.walk(root):
        subfolders[:] = sorted(set(subfolders) - SKIPPED)
        if Path(folder).name == "LC_MESSAGES":
            yield from (Path(folder, name) for name in sorted(files) if name.endswith(".po"))


def compile_catalogues(root: Path) -> list[Path]:
    """Compile each catalogue under ``root`` whose .mo is missing or older than its .po.

    Returns the .mo files written. A file is replaced whole or not at all, so two processes may compile at once.
    Raises CatalogueError naming file and line when a .po can't be read.
    """
    written = []
    for po in po_files(root):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        catalogue = read_catalogue(po)
        part = mo.with_suffix(f".{os.getpid()}.mo")
        with part.open("wb") as file:
            write_mo(file, catalogue)
        part.replace(mo)
        written.append(mo)
    return written


def main(roots: list[str]) -> int:
    """Compile under each root (default: here), name what was written, return an exit code."""
    for root in roots or ["."]:
        try:
            for mo in compile_catalogues(Path(root)):
                sys.stdout.write(f"{mo}\n")
        except CatalogueError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
