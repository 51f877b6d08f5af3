"""Remembers what is done, so that a second run does nothing twice.

A stamp is written after its step ended; a step that was cut short has none and is done again.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path


def fingerprint(paths: Iterable[Path], *more: str) -> str:
    """A hash of files' names and contents and of further words."""
    digest = hashlib.sha256("\0".join(more).encode())
    for path in sorted(paths):
        digest.update(f"\0{path}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Stamps:
    """The stamps in one JSON file. An unreadable file counts as none."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def has(self, step: str, value: str) -> bool:
        """Was ``step`` done for exactly this ``value``?"""
        return self._read().get(step) == value

    def set(self, step: str, value: str) -> None:
        """Write down that ``step`` is done for ``value``; the file is whole or unchanged."""
        stamps = {**self._read(), step: value}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(stamps, indent=1))
        os.replace(new, self.path)

    def _read(self) -> dict[str, str]:
        try:
            stamps = json.loads(self.path.read_text())
        except (OSError, ValueError):
            return {}
        return stamps if isinstance(stamps, dict) else {}
