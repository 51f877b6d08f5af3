"""The materials of the sample township: texts, slides in their second version, a picture series."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from wagtail.models import Site

from printing import Sheet
from printing.domain.rendering import PrintingUnavailable, render_pdf
from suite.background.domain.lifecycle import work_on
from suite.body.from_html import blocks_from_markdown
from suite.publishing.domain import lifecycle as publishing
from training.domain.materials import versions
from training.domain.materials.files import keep
from training.models import MaterialFile, MaterialIndexPage, MaterialPage, MaterialPicture

from . import material_texts as texts


def build(township: Any) -> None:
    """A section 学习资料; a text for staff, one for villagers, slides whose second version matters, pictures."""
    section = _section(township)
    for number, (title, audience, introduction, text) in enumerate((texts.MINUTES, texts.HYDRANT)):
        page = MaterialPage(
            title=title,
            kind="document",
            audience=audience,
            introduction=introduction,
            body=blocks_from_markdown(text),
        )
        township.publish(page, section, days_ago=70 - 20 * number)
    _pictures(township, section)
    _slides(township, section)


def _section(township: Any) -> MaterialIndexPage:
    found = MaterialIndexPage.objects.first()
    if found is not None:
        return found
    home = Site.objects.get(is_default_site=True).root_page
    page = MaterialIndexPage(title=texts.SECTION, introduction=texts.ABOUT_SECTION, show_in_menus=True)
    return township.publish(page, home, days_ago=200)


def _slides(township: Any, section: MaterialIndexPage) -> None:
    """Five pages at first, then the sixth; left out where this machine cannot print."""
    editor = township.user("editor")
    try:
        first, second = (_pdf(slides) for slides in (texts.SLIDES[:-1], texts.SLIDES))
    except PrintingUnavailable:
        return
    page = MaterialPage(
        title=texts.SLIDES_TITLE,
        kind="slides",
        audience="staff",
        introduction=texts.SLIDES_INTRODUCTION,
        file=drawn(keep(SimpleUploadedFile("汛期值班.pdf", first), editor)),
    )
    page = township.publish(page, section, days_ago=30)
    draft = page.get_latest_revision_as_object()
    draft.file = drawn(keep(SimpleUploadedFile("汛期值班（修订）.pdf", second), editor))
    versions.answer(draft, True, texts.WHAT_CHANGED)
    draft.save_revision(user=editor, log_action=True)
    publishing.submit(draft, editor)
    publishing.approve(draft, township.user("checker"))
    publishing.approve(draft, township.user("approver"))


def _pictures(township: Any, section: MaterialIndexPage) -> None:
    page = MaterialPage(
        title=texts.PICTURES_TITLE,
        kind="pictures",
        audience="villagers",
        introduction=texts.PICTURES_INTRODUCTION,
    )
    editor = township.user("editor")
    page.pictures = [
        MaterialPicture(
            file=drawn(keep(SimpleUploadedFile(f"{name}.png", _bin(colour)), editor, pictures=True)),
            caption=caption,
            sort_order=place,
        )
        for place, (colour, name, caption) in enumerate(texts.PICTURES)
    ]
    township.publish(page, section, days_ago=45)


def drawn(record: MaterialFile) -> MaterialFile:
    """Draw the sheets at once: the worker comes only after the sample is built."""
    while record.unfinished:
        work_on(MaterialFile, record.pk, record.turn)
        record.refresh_from_db()
    return record


def _pdf(slides: Any) -> bytes:
    sheet = Sheet(
        kind="slides",
        template="training/paper/slides.html",
        context={"slides": slides},
        title=texts.SLIDES_TITLE,
        style="sheet training/slides",
    )
    return render_pdf(sheet)


def _bin(colour: str) -> bytes:
    """A drawing of a dustbin in its colour."""
    picture = Image.new("RGB", (1200, 900), "#fffdf8")
    draw = ImageDraw.Draw(picture)
    draw.polygon([(380, 260), (820, 260), (770, 800), (430, 800)], fill=colour)
    draw.rounded_rectangle((340, 180, 860, 250), 20, fill=colour)
    draw.rounded_rectangle((540, 120, 660, 190), 16, outline=colour, width=20)
    for x in (500, 600, 700):
        draw.line((x, 330, x, 730), fill="#fffdf8", width=18)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
