"""A DOCX file from somebody's computer, opened with suspicion: what it may hold, and its parts as checked XML."""

import io
import math
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree

# A draft with thirty photos; what is larger takes a server longer than anybody waits.
LARGEST_FILE = 20 * 1024 * 1024
# Photos do not shrink in a zip and text shrinks to a tenth: an honest file stays far below.
MOST_UNPACKED = 150 * 1024 * 1024
# A long document with a hundred pictures has some two hundred parts.
MOST_PARTS = 2000
# Takes ten times as much memory when it is read; a thousand pages of text are 10 MB.
LARGEST_XML = 30 * 1024 * 1024

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
V = "urn:schemas-microsoft-com:vml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# ISO 29500 "strict" writes other names for the same things.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", A.encode()),
)
_UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass
class WordFile:
    """``parts``: the checked parts by name; ``document``: the root of the text's XML; ``main``: its part's name."""

    parts: dict[str, bytes]
    main: str
    document: Any
    roots: dict[str, Any] = field(default_factory=dict)

    def root(self, name: str) -> Any:
        """The XML of a part beside the text ("styles.xml"), None where there is none."""
        return self.roots.get(posixpath.join(posixpath.dirname(self.main), name))

    @property
    def body(self) -> Any:
        """The w:body of the text."""
        return self.document.find(w("body"))

    def target(self, relation: str) -> tuple[str, bool]:
        """Where a relation of the text leads (the part's name or an address), and whether that is outside the file.

        ("", False) for one that is not there.
        """
        folder, name = posixpath.split(self.main)
        relations = self.roots.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        for one in () if relations is None else relations:
            if one.get("Id") == relation:
                target = one.get("Target", "")
                if one.get("TargetMode") == "External":
                    return target, True
                return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"), False
        return "", False

    def packed(self) -> io.BytesIO:
        """The file again, with the text as it is now."""
        self.parts[self.main] = etree.tostring(self.document, xml_declaration=True, encoding="UTF-8")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            for name, content in self.parts.items():
                file.writestr(name, content)
        out.seek(0)
        return out


def w(name: str) -> str:
    """The full name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def check_size(size: int) -> None:
    """Raises ValidationError for a file of more bytes than can be read."""
    if size > LARGEST_FILE:
        raise ValidationError(
            _("The file has %(size)d MB; at most %(limit)d MB can be read. Shrink its pictures in Word and try again.")
            % {"size": math.ceil(size / 1024 / 1024), "limit": LARGEST_FILE // 1024 // 1024}
        )


def open_docx(content: bytes) -> WordFile:
    """Check a file and read its parts. Raises ValidationError that says what is wrong and what to do."""
    check_size(len(content))
    if content.startswith(_OLE):
        raise ValidationError(
            _("The file is protected by a password. Take the password away in Word or WPS, save it and try again.")
            if _ENCRYPTED in content
            else _("This is a file of an old Word or of WPS (.doc, .wps). Save it as .docx there and try again.")
        )
    parts = _unpacked(content)
    roots = {name: _parsed(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    main = _main(roots)
    if main not in roots or roots[main].find(w("body")) is None:
        raise _not_word()
    return WordFile(parts, main, roots[main], roots)


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            entries = [entry for entry in file.infolist() if not entry.is_dir()]
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise ValidationError(
                    _("The file unpacks to more than a document can hold. It was not read; ask where it comes from.")
                )
            # Reading stops at the size that was declared.
            return {entry.filename: file.read(entry) for entry in entries}
    except _UNREADABLE as error:
        raise _not_word() from error


def _not_word() -> ValidationError:
    return ValidationError(
        _("This is no Word document, or it is damaged. Save it as .docx in Word or WPS and try again.")
    )


def _parsed(part: bytes) -> Any:
    if len(part) > LARGEST_XML:
        raise ValidationError(_("The text is too long to be read at once. Split the document and import its parts."))
    for strict, usual in _STRICT:
        part = part.replace(strict, usual)
    # No DTD, no entity, nothing from outside; depth and length of texts have libxml's limits.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _not_word() from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValidationError(
            _("The file holds definitions that no Word document has. It was not read; ask where it comes from.")
        )
    return root


def _main(roots: dict[str, Any]) -> str:
    """The name of the part with the text."""
    for one in roots.get("_rels/.rels", ()):
        if str(one.get("Type", "")).endswith("/officeDocument"):
            return posixpath.normpath(str(one.get("Target", "")).lstrip("/"))
    return "word/document.xml"
