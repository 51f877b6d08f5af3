"""Real files, made for tests: PDF and DOCX that can be read, and all the ways in which they can't."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence

import docx
import openpyxl
import pypdf
from PIL import Image, ImageDraw

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(pages: Sequence[str]) -> bytes:
    """A PDF whose font is named and not embedded (STSong-Light), as many offices' are; 24 characters a line."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    kids = []
    for text in pages:
        lines = [line[start : start + 24] for line in text.split("\n") for start in range(0, max(len(line), 1), 24)]
        shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T*\n" for line in lines)
        content = f"BT /F1 16 Tf 20 TL 72 760 Td\n{shown}ET".encode()
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R"
            f" /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _written(objects)


def _written(objects: Iterable[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, start)
    return bytes(out)


def typeset_pdf(html: str) -> bytes:
    """A PDF as WeasyPrint makes it, with the fonts embedded."""
    import weasyprint

    return weasyprint.HTML(string=html).write_pdf()


def locked_pdf(content: bytes, password: str, owner: str = "owner") -> bytes:
    """The same PDF, encrypted (AES-256). With an empty password anybody may read it and nobody change it."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt(password, owner, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scanned_pdf(pages: int = 2) -> bytes:
    """Pages that are pictures of text."""
    pictures = []
    for number in range(pages):
        picture = Image.new("L", (600, 800), 255)
        ImageDraw.Draw(picture).text((60, 60), f"Notice number {number}", fill=0)
        pictures.append(picture)
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:])
    return out.getvalue()


def garbled_pdf() -> bytes:
    """A PDF whose font says that its characters are of private use, as programs do that hide what they draw."""
    names = b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <4e00> <4eff> <e000> endbfrange"
    made = pdf(["".join(chr(0x4E00 + number) for number in range(40))])
    table = b"<< /Length %d >> stream\n%s\nendstream" % (len(names), names)
    objects = re.findall(rb"\d+ 0 obj\n(.*?)\nendobj", made, re.DOTALL)
    objects[2] = objects[2].replace(b"/UniGB-UCS2-H", b"/Identity-H /ToUnicode %d 0 R" % (len(objects) + 1))
    return _written([*objects, table])


def bursting_pdf(size: int = 1 << 30) -> bytes:
    """A page whose drawing instructions are ``size`` bytes once they are unpacked."""
    packer, packed = zlib.compressobj(1), bytearray()
    block = b"q Q " * (1 << 18)
    for _ in range(size // len(block)):
        packed += packer.compress(block)
    packed += packer.flush()
    objects = re.findall(rb"\d+ 0 obj\n(.*?)\nendobj", pdf(["低保"]), re.DOTALL)
    objects[-1] = b"<< /Filter /FlateDecode /Length %d >> stream\n%s\nendstream" % (len(packed), packed)
    return _written(objects)


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(out, "PNG")
    return out.getvalue()


def word(paragraphs: Iterable[str], cells: Sequence[str] = ()) -> bytes:
    """A DOCX as python-docx makes it, with one row of a table at its end."""
    paper, out = docx.Document(), io.BytesIO()
    for text in paragraphs:
        paper.add_paragraph(text)
    if cells:
        row = paper.add_table(rows=1, cols=len(cells)).rows[0]
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    paper.save(out)
    return out.getvalue()


def word_of(document_xml: str | bytes, **parts: str | bytes) -> bytes:
    """A DOCX with this XML for its text; ``parts`` by name below word/, without .xml."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", document_xml)
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", content)
    return out.getvalue()


def body(inner: str, before: str = "") -> str:
    """The XML of a Word text; ``before``: what stands before its root, such as definitions."""
    return f'<?xml version="1.0"?>{before}<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def entity_bomb() -> bytes:
    """A billion laughs: ten entities of ten each."""
    steps = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10))
    definitions = f'<!DOCTYPE w:document [<!ENTITY e0 "低保">{steps}]>'
    return word_of(body(paragraph("&e9;"), definitions))


def outside_entity() -> bytes:
    """A text that wants a file of the server in it."""
    definitions = '<!DOCTYPE w:document [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return word_of(body(paragraph("&e;"), definitions))


def other_office_file() -> bytes:
    """A table of Excel."""
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def crowded_zip() -> bytes:
    """A Word file of 6,000 parts."""
    return word_of(body(paragraph("低保")), **{f"part{number}": "" for number in range(6000)})


def zip_bomb(size: int = 400 * 1024 * 1024) -> bytes:
    """A text that is some hundred kilobytes packed, and ``size`` bytes unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            block = b" " * 1024 * 1024
            for _ in range(size // len(block)):
                part.write(block)
    return out.getvalue()


def lying_zip_bomb() -> bytes:
    """The same, and its table of contents says that it is small."""
    content = bytearray(word_of(body(paragraph("低保") * 100_000)))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        size = package.getinfo("word/document.xml").file_size
    for _ in range(2):
        place = content.find(size.to_bytes(4, "little"))
        while place >= 0:
            content[place : place + 4] = (1000).to_bytes(4, "little")
            place = content.find(size.to_bytes(4, "little"))
    return bytes(content)


def ole(encrypted: bool) -> bytes:
    """The head of an old Word file, or of a DOCX with a password, which is such a file with the DOCX inside."""
    inside = "EncryptedPackage" if encrypted else "WordDocument"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + inside.encode("utf-16-le") + b"\x00" * 2048
