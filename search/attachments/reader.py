"""Reads the text of one PDF or DOCX file. Run by `suite.confined`, because a file from outside may do anything.

    reader.py FILE KIND LIMITS

``KIND``: pdf or docx; ``LIMITS``: JSON of `Limits`. Writes a JSON object to standard output: ``outcome`` (a value of
`Outcome`, "read" where all is well), ``pages`` (0 where the kind has none), ``pages_read``, ``text``, in which
U+000C stands between pages. Imports nothing of the site: it starts in a tenth of a second, and what the file does to it
ends with it.
"""

import json
import re
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

HAN = "㐀-䶿一-鿿豈-﫿𠀀-𳿿〇"
_LETTER = re.compile(r"\w")
# What fonts without a table of characters give instead of letters.
_GARBLED = re.compile(r"[\ufffd\ufffe\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff\x00-\x08\x0e-\x1f]")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
_EMPTY_LINES = re.compile(r" ?\n[ \n]*")
_BETWEEN_HAN = re.compile(rf"[{HAN}，、；：]\Z")
_HAN_FIRST = re.compile(rf"[{HAN}]")
# A line that is so long beside the longest of its page ends where the paper ended, not the sentence; shorter lines are
# headings and cells.
FULL_LINE = 0.75
SHORT_LINE = 14
# Page numbers and stamps on scanned pages are shorter than this.
LETTERS_OF_A_PAGE = 10

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 1024
_PASSWORD_NEEDED = 4

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# ISO 29500 "strict" writes another name for the same thing.
_STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What stands in a file and not on its paper: text moved away, readings above characters, the picture of a text box
# for programs that know none.
_NOT_READ = {f"{space}{name}" for space in (_W, _STRICT_W) for name in ("moveFrom", "rt")} | {_FALLBACK}
_BETWEEN = {"p": "\n", "br": "\n", "cr": "\n", "tab": " ", "tc": " "}


@dataclass(frozen=True)
class Limits:
    """How much of one file is read. Sizes are in bytes, times in seconds.

    At ``enough`` seconds of CPU time what has been read so far is taken.
    """

    pages: int
    characters: int
    unpacked: int
    parts: int
    enough: float


class Refused(Exception):
    """The file's text can't be had. The argument is the outcome."""


@dataclass
class Reading:
    """What a file gave."""

    outcome: str
    pages: int = 0
    pages_read: int = 0
    text: str = ""


class Gathered:
    """The text so far; knows when it is enough."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.pieces: list[str] = []
        self.length = 0
        # Whether something was left out.
        self.cut = False

    def add(self, text: str) -> None:
        """One more piece, cut where the whole would become too long."""
        left = self.limits.characters - self.length
        self.cut = self.cut or len(text) > left
        text = text[:left]
        self.pieces.append(text)
        self.length += len(text)

    @property
    def enough(self) -> bool:
        return self.length >= self.limits.characters or time.process_time() > self.limits.enough


def read(path: str, kind: str, limits: Limits) -> Reading:
    """The text of a file. Raises Refused, MemoryError, and whatever broken files make libraries raise."""
    with open(path, "rb") as file:
        head = file.read(_HEAD)
        if kind == "pdf":
            if b"%PDF-" not in head:
                raise Refused("wrong_kind")
            return read_pdf(path, limits)
        if head.startswith(_OLE):
            file.seek(0)
            raise Refused("password" if _ENCRYPTED in file.read() else "old_word")
        if not head.startswith(b"PK"):
            raise Refused("wrong_kind")
        file.seek(0)
        return read_docx(file, limits)


# PDF


def read_pdf(path: str, limits: Limits) -> Reading:
    """The text of a PDF page by page."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Refused("password" if error.err_code == _PASSWORD_NEEDED else "broken") from error
    gathered, pages, done = Gathered(limits), len(document), 0
    readable = pictures = 0
    for number in range(min(pages, limits.pages)):
        if done and gathered.enough:
            break
        done += 1
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            continue
        readable += 1
        lines = _page_text(page)
        gathered.add(lines)
        pictures += len(_LETTER.findall(lines)) < LETTERS_OF_A_PAGE and _has_picture(page)
        page.close()
    if not readable:
        raise Refused("broken")
    text = tidied("\f".join(gathered.pieces))
    if pictures == readable or not _LETTER.search(text):
        raise Refused("scan")
    return Reading("partly" if gathered.cut or done < pages else "read", pages, done, text)


def _page_text(page: Any) -> str:
    text_page = page.get_textpage()
    try:
        return joined(text_page.get_text_range().splitlines())
    finally:
        text_page.close()


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw

    return any(True for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))


def joined(lines: list[str]) -> str:
    """A page's lines as running text: a line that filled its page goes on in the next, without a blank in Chinese."""
    full = max(FULL_LINE * max(map(len, lines), default=0), SHORT_LINE)
    pieces: list[str] = []
    for number, line in enumerate(lines):
        text = line.strip()
        pieces.append(text)
        following = lines[number + 1].lstrip() if number + 1 < len(lines) else ""
        if len(line) >= full and _BETWEEN_HAN.search(text) and _HAN_FIRST.match(following):
            continue
        pieces.append("\n")
    return "".join(pieces)


# DOCX


def read_docx(file: IO[bytes], limits: Limits) -> Reading:
    """The text of a Word file: what stands on its pages, and its notes; no comments, nothing that was deleted."""
    try:
        with zipfile.ZipFile(file) as package:
            entries = {entry.filename: entry for entry in package.infolist()}
            if len(entries) > limits.parts or sum(entry.file_size for entry in entries.values()) > limits.unpacked:
                raise Refused("unpacks")
            if "word/document.xml" not in entries:
                raise Refused("wrong_kind")
            if any(entry.flag_bits & 1 for entry in entries.values()):
                raise Refused("password")
            gathered = Gathered(limits)
            for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
                if name in entries:
                    with package.open(name) as part:
                        _read_part(part, gathered)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise Refused("broken") from error
    text = tidied("".join(gathered.pieces))
    if not _LETTER.search(text):
        raise Refused("scan")
    return Reading("partly" if gathered.cut else "read", 0, 0, text)


def _read_part(part: IO[bytes], gathered: Gathered) -> None:
    from lxml import etree

    # No DTD, no entity, nothing from outside; depth and length of texts have libxml's limits.
    events = etree.iterparse(
        part, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for text in _texts(events):
            if gathered.enough:
                gathered.cut = True
                return
            gathered.add(text)
    except etree.XMLSyntaxError as error:
        raise Refused("broken") from error


def _texts(events: Any) -> Iterator[str]:
    """The texts of a part's XML in order. Elements are forgotten once they are read."""
    skipped = 0
    for event, element in events:
        if event == "start":
            if element.getparent() is None and element.getroottree().docinfo.internalDTD is not None:
                raise Refused("suspicious")
            skipped += element.tag in _NOT_READ
            continue
        if element.tag in _NOT_READ:
            skipped -= 1
        elif not skipped and isinstance(element.tag, str) and element.tag.startswith((_W, _STRICT_W)):
            name = element.tag.rpartition("}")[2]
            if name == "t":
                yield element.text or ""
            elif name in _BETWEEN:
                yield _BETWEEN[name]
        element.clear(keep_tail=False)
        while element.getprevious() is not None:
            del element.getparent()[0]


# Both


def tidied(text: str) -> str:
    """The text without runs of blanks and empty lines. Raises Refused where it is no text but noise."""
    letters = len(_LETTER.findall(text))
    if letters < len(_GARBLED.findall(text)):
        raise Refused("garbled")
    text = _GARBLED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _EMPTY_LINES.sub("\n", _SPACES.sub(" ", text)).strip(" \n")


def main(path: str, kind: str, limits_as_json: str) -> None:
    """Read, and write what was found to standard output."""
    limits = Limits(**json.loads(limits_as_json))
    try:
        reading = read(path, kind, limits)
    except Refused as refusal:
        reading = Reading(str(refusal))
    except MemoryError:
        reading = Reading("memory")
    except Exception as error:  # noqa: BLE001 (whatever libraries meet in a broken file)
        sys.stderr.write(f"{type(error).__name__}: {error}"[:500])
        reading = Reading("broken")
    sys.stdout.buffer.write(json.dumps(vars(reading)).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
