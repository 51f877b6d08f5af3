"""What a file must be, and what is said of one that is not."""

import struct
import zlib

import pytest
from django.core.exceptions import ValidationError

from suite.evidence.validators import MOST_BYTES, cleaned_name, fingerprint
from tests.suite.evidence.files import PDF, office, picture, upload

SHEET = ("xl/workbook.xml", b"<x/>")
OTHER = "“{}”的内容和文件名不符：请重新保存后再添加。"
DAMAGED = "“{}”已损坏：请打开后重新保存再添加。"
MACROS = "“{}”里有宏：请另存为不带宏的 DOCX、XLSX 或者 PDF 后再添加。"
TOO_LARGE_INSIDE = "“{}”解压后超过 200 MB：请另存为 PDF，或者分成几个。"
PIXELS = "“{}”超过7000万像素：请把图片缩小后再添加。"
KIND = "“{}”的格式不能用作佐证：请添加图片（JPG、PNG、GIF、WEBP）、PDF、Word（DOCX）或者 Excel（XLSX）文件。"


def png_of(width, height):
    """A picture of a few bytes that says it is as large as this."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def animation(frames, size):
    first, *others = [picture_of(size, number) for number in range(frames)]
    import io

    data = io.BytesIO()
    first.save(data, "GIF", save_all=True, append_images=others)
    return data.getvalue()


def picture_of(size, number):
    from PIL import Image

    return Image.new("P", size, number)


def lying(content):
    """The same Office file, whose last part says that it holds ten bytes."""
    at = content.rindex(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<I", 10) + content[at + 28 :]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("灯.jpg", picture("JPEG")),
        ("灯.JPEG", picture("JPEG")),
        ("灯.png", picture("PNG")),
        ("灯.gif", picture("GIF")),
        ("灯.webp", picture("WEBP")),
        ("合同.pdf", PDF),
        ("总结.docx", office()),
        ("名单.xlsx", office(SHEET)),
        ("云.jpg", picture("JPEG", (8160, 6120))),
    ],
)
def test_what_people_have_is_taken(name, content):
    file = upload(name, content)
    assert len(fingerprint(file)) == 64
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", KIND),
        ("a.html", b"<script>", KIND),
        ("a.docm", office(), KIND),
        ("a.heic", b"ftypheic", KIND),
        ("pdf", PDF, KIND),
        ("a.pdf", b"MZ\x90program", OTHER),
        ("a.pdf", b"<html>%PDF-", OTHER),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", OTHER),
        ("a.png", picture("JPEG"), OTHER),
        ("a.webp", b"RIFF\x00\x00\x00\x00WAVEfmt ", OTHER),
        ("a.docx", b"no zip", OTHER),
        ("a.docx", office(SHEET), OTHER),
        ("a.xlsx", office(), OTHER),
        ("a.docx", office(kinds=None), OTHER),
        ("a.jpg", picture("JPEG", (300, 200))[:-200], DAMAGED),
        ("a.png", picture("PNG", (300, 200))[:60], DAMAGED),
        ("a.gif", b"GIF89a" + b"\0" * 20, DAMAGED),
        ("a.docx", office()[:-30], DAMAGED),
        ("a.docx", office(("word/a", b"0123456789" * 50)).replace(b"\x33\x30", b"\x34\x31"), DAMAGED),
        ("a.docx", office(("word/document.xml", b""), ("word/vbaProject.bin", b"x")), MACROS),
        ("a.xlsx", office(SHEET, kinds=b'<Override ContentType="application/vnd.ms-office.vbaProject"/>'), MACROS),
        ("a.xlsx", office(SHEET, kinds=b'"application/vnd.ms-excel.sheet.macroEnabled.main+xml"'), MACROS),
        ("a.docx", office(("word/a", b"\0" * (201 * 1024 * 1024))), TOO_LARGE_INSIDE),
        ("a.docx", lying(office(("word/a", b"\0" * (2 * 1024 * 1024)))), TOO_LARGE_INSIDE),
        ("a.png", png_of(10_000, 7_001), PIXELS),
        ("a.png", png_of(60_000, 60_000), PIXELS),
        ("a.gif", animation(8, (3000, 3000)), PIXELS),
        ("a.pdf", b"", "“{}”是空文件：请重新保存后再添加。"),
        ("a.pdf", PDF + b"0" * MOST_BYTES, "“{}”超过 20 MB：请压缩，或者分成几个。"),
    ],
)
def test_what_is_not_fit_is_named_with_the_mend(name, content, told):
    with pytest.raises(ValidationError) as refusal:
        fingerprint(upload(name, content))
    assert refusal.value.messages == [told.format(name)]


def test_a_file_without_a_name_is_named_so():
    with pytest.raises(ValidationError) as refusal:
        fingerprint(upload("/", PDF))
    assert refusal.value.messages == [KIND.format("没有文件名的文件")]


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("路灯 验收.pdf", "路灯 验收.pdf"),
        ("C:\\Users\\张三\\验收.pdf", "验收.pdf"),
        ("../../etc/验收.pdf", "验收.pdf"),
        ("验收\u202efdp.exe.pdf", "验收 fdp.exe.pdf"),
        ("验\x00收\r\n\u200b.pdf", "验 收 .pdf"),
        ("\udcff验收.pdf", "验收.pdf"),
        ("..", ""),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_a_name_is_shown_without_what_misleads(name, cleaned):
    assert cleaned_name(name) == cleaned
