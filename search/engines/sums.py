"""Sums of an index's files, so that damage is known which no search has met yet, or which only spoils its order.

Both engines write a file once and never change it again, but for a few that are written as a whole each time and are
read as a whole; these tell of damage by themselves.
"""

import json
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

FILE = "sums.json"
# Tantivy's lists of its files, what the store keeps beside them, and files that are only there to be locked.
CHANGING = ("meta.json", ".managed.json", FILE, "office-words.json", ".new", ".lock", "LOCK")
_AT_ONCE = 1 << 20


def note(folder: Path) -> None:
    """After a commit: add the sums of the new files, leave out those that are gone. The caller holds the lock."""
    known = _read(folder)
    now = {file.name: known[file.name] if file.name in known else _sum(file) for file in _files(folder)}
    if now != known:
        fresh = folder / f"{FILE}.new"
        fresh.write_text(json.dumps(now), encoding="utf-8")
        fresh.replace(folder / FILE)


def damaged(folder: Path) -> list[str]:
    """The names of files that are not as they were written. The caller holds the lock.

    One that is gone is none of them: a process may have been killed between taking it away and noting that, and an
    engine that needs it says so.
    """
    there = {name: told for name, told in _read(folder).items() if (folder / name).is_file()}
    return [name for name, told in there.items() if _sum(folder / name) != told]


def _read(folder: Path) -> dict[str, int]:
    """What was noted; nothing where that itself is wanting or damaged: a note of a note would have no end."""
    with suppress(OSError, ValueError):
        known = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if isinstance(known, dict):
            return known
    return {}


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.iterdir() if file.is_file() and not file.name.endswith(CHANGING))


def _sum(file: Path) -> int:
    total = 0
    with file.open("rb") as content:
        while part := content.read(_AT_ONCE):
            total = zlib.crc32(part, total)
    return total
