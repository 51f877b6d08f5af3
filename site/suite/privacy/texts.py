"""Every text a reader gets to see of a page: fields, blocks, tables, captions, names of linked files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.db import models
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamValue
from wagtail.blocks.struct_block import StructValue
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import COMMENTS_RELATION_NAME
from wagtail.rich_text import RichText

TEXT_FIELDS = (models.CharField, models.TextField)
# Where one line ends for the reader, so that two paragraphs do not make one number.
BLOCK_END = re.compile(r"</(?:p|h\d|li|td|th|tr|div|blockquote)>|<(?:br|hr)\s*/?>")
ATTRIBUTES = ("href", "alt", "title", "src")


@dataclass(frozen=True)
class Text:
    """A piece of text: ``field`` of the page it belongs to, ``label`` that an editor finds it by, the text itself."""

    field: str
    label: str
    text: str


def texts_of(page: models.Model) -> Iterator[Text]:
    """All texts of `page`, saved or not; its child rows (inline panels) included."""
    for field in page._meta.fields:
        if field.editable and not getattr(field.remote_field, "parent_link", False):
            for label, text in _field_texts(page, field):
                yield Text(field.name, label, text)
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        if name == COMMENTS_RELATION_NAME:
            continue
        for number, row in enumerate(getattr(page, name).all(), 1):
            where = _("%(rows)s, row %(number)s") % {
                "rows": relation.related_model._meta.verbose_name_plural,
                "number": number,
            }
            for field in row._meta.fields:
                if field.editable and field is not relation.field:
                    for label, text in _field_texts(row, field):
                        yield Text(name, f"{where} › {label}", text)


def _field_texts(obj: models.Model, field: models.Field[Any, Any]) -> Iterator[tuple[str, str]]:
    label = str(field.verbose_name)
    if isinstance(field, StreamField):
        yield from _block_texts(label, getattr(obj, field.name))
    elif isinstance(field, RichTextField):
        yield from _html_texts(label, getattr(obj, field.name) or "")
    elif isinstance(field, (*TEXT_FIELDS, models.JSONField)):
        yield from _block_texts(label, getattr(obj, field.name))
    elif isinstance(field, models.ForeignKey) and issubclass(field.related_model, AbstractDocument | AbstractImage):
        yield from _file_texts(label, getattr(obj, field.name))
    elif isinstance(field, models.FileField) and getattr(obj, field.name):
        yield label, getattr(obj, field.name).name


def _block_texts(label: str, value: Any) -> Iterator[tuple[str, str]]:
    """The texts of a block's value, whatever blocks it is built of."""
    if isinstance(value, RichText):
        yield from _html_texts(label, value.source)
    elif isinstance(value, AbstractDocument | AbstractImage):
        yield from _file_texts(label, value)
    elif isinstance(value, dict) and not isinstance(value, StructValue):
        yield from _dict_texts(label, value)
    elif isinstance(value, str | int) and not isinstance(value, bool):
        yield label, str(value)
    else:
        for where, child in _parts(value):
            yield from _block_texts(f"{label} › {where}" if where else label, child)


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    """The members of a block made of others, with what an editor calls each."""
    if isinstance(value, StreamValue):
        yield from ((f"{number}. {child.block.label}", child.value) for number, child in enumerate(value, 1))
    elif isinstance(value, StructValue):
        yield from ((str(value.block.child_blocks[name].label), child) for name, child in value.items())
    elif isinstance(value, ListValue):
        yield from ((str(number), child) for number, child in enumerate(value, 1))
    elif isinstance(value, list | tuple):
        yield from (("", child) for child in value)


def _dict_texts(label: str, value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    rows = value.get("data")
    if not isinstance(rows, list):
        for child in value.values():
            yield from _block_texts(label, child)
        return
    yield from _block_texts(label, {name: child for name, child in value.items() if name != "data"})
    for row_number, row in enumerate(rows, 1):
        for column_number, cell in enumerate(row or [], 1):
            where = _("row %(row)s, column %(column)s") % {"row": row_number, "column": column_number}
            yield from _block_texts(f"{label} › {where}", cell)


def _html_texts(label: str, html: str) -> Iterator[tuple[str, str]]:
    soup = BeautifulSoup(BLOCK_END.sub(r"\g<0>\n", html), "html.parser")
    # Parts of a number may be set in bold: the text is read without its tags.
    yield label, soup.get_text()
    for tag in soup.find_all(True):
        for attribute in ATTRIBUTES:
            if tag.get(attribute):
                yield label, str(tag[attribute])
        model = None
        if tag.get("linktype") == "document":
            model = get_document_model()
        elif tag.get("embedtype") == "image":
            model = get_image_model()
        if model and str(tag.get("id", "")).isdigit():
            yield from _file_texts(label, model.objects.filter(pk=tag["id"]).first())


def _file_texts(label: str, file: AbstractDocument | AbstractImage | None) -> Iterator[tuple[str, str]]:
    if file is None:
        return
    where = _("%(label)s › linked file") % {"label": label}
    for text in (file.title, file.filename, getattr(file, "description", "")):
        if text:
            yield where, text
