"""Files as people upload them, good and bad."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

KINDS = b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument"/></Types>'
PDF = b"%PDF-1.7\n%%EOF\n"


def upload(name, content=PDF):
    # Django's own class cuts folders off the name; a name is set as a phone sends it.
    file = SimpleUploadedFile("a", content)
    file._name = name
    return file


def picture(kind="PNG", size=(8, 6), **options):
    data = io.BytesIO()
    Image.new("RGB", size, "red").save(data, kind, **options)
    return data.getvalue()


def office(*parts, kinds=KINDS):
    """An Office file of parts (name, content)."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        if kinds is not None:
            packed.writestr("[Content_Types].xml", kinds)
        for name, content in parts or (("word/document.xml", b"<w/>"),):
            packed.writestr(name, content)
    return data.getvalue()
