"""Files as they are uploaded."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.search.attachments import files
from training.domain.materials.files import keep


def uploaded(name, content):
    return SimpleUploadedFile(name, content)


def slides(*texts, name="课件.pdf"):
    """A PDF with a page for each text, as it comes out of a form."""
    return uploaded(name, files.pdf(texts or ["第一页", "第二页", "第三页"]))


def photo(colour="green", size=(800, 600), name="", kind="JPEG", **options):
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return uploaded(name or f"{colour}.{kind.lower()}", out.getvalue())


def kept_slides(user, *texts, name="课件.pdf"):
    """A file whose sheets are drawn."""
    record = keep(slides(*texts, name=name), user)
    record.refresh_from_db()
    return record


def kept_photo(user, colour="green", **options):
    record = keep(photo(colour, **options), user, pictures=True)
    record.refresh_from_db()
    return record
