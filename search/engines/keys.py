"""Files of keys: what a rebuild has to repeat, what others are to write."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path


def append(file: Path, keys: Iterable[str]) -> None:
    """Add keys. Each begins a line, so that a line cut short by a killed process spoils no other's."""
    with file.open("a", encoding="utf-8") as lines:
        lines.write("".join(f"\n{json.dumps(key)}" for key in keys))


def read(file: Path) -> list[str]:
    """Each key once, without a line that was cut short: whoever wrote it never came to writing its documents."""
    return list(dict.fromkeys(_parsed(file.read_text(encoding="utf-8", errors="replace").splitlines())))


def _parsed(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        try:
            key = json.loads(line)
        except ValueError:
            continue
        if isinstance(key, str):
            yield key
