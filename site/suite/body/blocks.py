"""Blocks for running text. One set for all plugins, so that printing, search and privacy know every shape."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .plain import plain

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", "document-link"]


class FigureBlock(blocks.StructBlock):
    """A picture with the words that stand in for it."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What the picture shows"),
        help_text=_("Read aloud to people who cannot see it, and printed where the picture is missing."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "body/figure.html"


class AttachmentBlock(blocks.StructBlock):
    """A file to download, with what it is."""

    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("What the file is"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Attached file")
        template = "body/attachment.html"


class BodyBlock(blocks.StreamBlock):
    """Running text, tables, pictures and files in any order."""

    paragraph = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES, icon="pilcrow")
    table = TableBlock(label=_("Table"), table_options={"contextMenu": True, "autoColumnSize": True})
    figure = FigureBlock()
    attachment = AttachmentBlock()

    def get_searchable_content(self, value: Any) -> list[str]:
        """The words of each block in order."""
        content: list[str] = []
        for child in value:
            text = plain(str(child.value.source)) if child.block_type == "paragraph" else None
            content += child.block.get_searchable_content(child.value) if text is None else [text]
        return content
