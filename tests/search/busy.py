"""What the processes of the tests do to an index whose database is a folder: one file a row, its text the words.

    python -m tests.search.busy ROOT ENGINE write NAME TIMES | rebuild TIMES | search SECONDS

A row is committed when its file is there, and acknowledged when its name is in `acknowledged`, after the index is
written.
"""

import sys
import time
from pathlib import Path

from search.engines.base import Document, Question
from search.engines.store import IndexStore
from tests.search.stores import ENGINES

LONG = [f"w{number}" for number in range(400)]


class Rows:
    """The folder that stands for a database, and the index of it."""

    def __init__(self, root: Path, engine: str) -> None:
        self.committed, self.acknowledged = root / "committed", root / "acknowledged"
        for folder in (self.committed, self.acknowledged):
            folder.mkdir(parents=True, exist_ok=True)
        self.store = IndexStore(root / "index", next(each for each in ENGINES if each.name == engine))

    def keys(self) -> list[str]:
        return sorted(path.name for path in self.committed.iterdir())

    def documents_for(self, keys: list[str]) -> list[Document]:
        return [
            Document(key, dict.fromkeys(["低保", key, *LONG], 1.0)) for key in keys if (self.committed / key).exists()
        ]

    def add(self, key: str) -> None:
        (self.committed / key).touch()
        self.store.write([key], self.documents_for)
        (self.acknowledged / key).touch()

    def rebuild(self) -> None:
        rebuild = self.store.start_rebuild()
        rebuild.write(self.documents_for(self.keys()))
        rebuild.finish(self.documents_for)

    def found(self) -> set[str]:
        return set(self.store.search(Question(words=("低保",))))


def main(root: str, engine: str, what: str, *arguments: str) -> None:
    rows = Rows(Path(root), engine)
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    if what == "write":
        name, times = arguments
        for number in range(int(times)):
            rows.add(f"{name}{number}")
    elif what == "rebuild":
        for _ in range(int(arguments[0])):
            rows.rebuild()
    else:
        until = time.monotonic() + float(arguments[0])
        while time.monotonic() < until:
            acknowledged = {path.name for path in rows.acknowledged.iterdir()}
            if missing := acknowledged - rows.found():
                sys.exit(f"acknowledged and not found: {sorted(missing)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
