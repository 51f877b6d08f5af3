"""Whoosh's files read through the system's page cache.

Whoosh maps a segment into memory too, but then copies each file in it into a buffer: every reader of an index of
190 MB held 190 MB of its own and read all of it after every commit. Here only what is asked for is read, and all
readers of a machine share it.
"""

import mmap
import os
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile


class Window:
    """A part of a mapped file with a position of its own, as much of a file as Whoosh and pickle ask for."""

    def __init__(self, source: mmap.mmap, start: int, end: int) -> None:
        self.source, self.start, self.end, self.position = source, start, end, start

    def read(self, size: int = -1) -> bytes:
        begin = self.position
        self.position = self.end if size < 0 else min(begin + size, self.end)
        return self.source[begin : self.position]

    def readline(self) -> bytes:
        newline = self.source.find(b"\n", self.position, self.end)
        return self.read(newline + 1 - self.position if newline >= 0 else -1)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: self.start, os.SEEK_CUR: self.position, os.SEEK_END: self.end}[whence]
        self.position = base + offset
        return self.tell()

    def tell(self) -> int:
        return self.position - self.start

    def close(self) -> None:
        """Nothing: the map is closed by the file it was opened as, or when nobody reads it any more."""


class MappedFile(StructFile):
    """Whoosh's file of numbers and pickles, on a window of a mapped file."""

    def __init__(self, source: mmap.mmap, name: str, start: int = 0, end: int | None = None) -> None:
        window = Window(source, start, len(source) if end is None else end)
        super().__init__(window, name=name)
        self.window = window

    def get(self, position: int, length: int) -> bytes:
        """``length`` bytes from ``position``, wherever the reading position is."""
        begin = self.window.start + position
        return self.window.source[begin : min(begin + length, self.window.end)]

    def subset(self, position: int, length: int, name: str | None = None) -> "MappedFile":
        """A part of this file as a file; a compound segment consists of such parts."""
        begin = self.window.start + position
        return MappedFile(self.window.source, name or self._name, begin, begin + length)


class MappedStorage(FileStorage):
    """A folder of Whoosh's files. ``supports_mmap`` is off so that compound segments ask us, not themselves."""

    def __init__(self, path: str) -> None:
        super().__init__(path, supports_mmap=False)

    def open_file(self, name: str, **kwargs: Any) -> StructFile:
        """A file to read. An empty one can't be mapped and is opened as Whoosh would."""
        with open(self._fpath(name), "rb") as file:
            if kwargs or not os.fstat(file.fileno()).st_size:
                return super().open_file(name, **kwargs)
            return MappedFile(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), name)
