from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.documents.models import Document
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from suite.body.blocks import BodyBlock
from suite.numbering.forms import NumberedPageForm
from suite.publishing.models import PublishedPage


class TestBody(BodyBlock):
    contacts = ListBlock(StructBlock([("name", CharBlock(label="姓名")), ("phone", CharBlock(label="电话"))]))


class Poster(PublishedPage):
    """A page with everything a page may have."""

    intro = RichTextField("导语", blank=True)
    body = StreamField(TestBody(required=False), verbose_name="正文", blank=True)
    attachment = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, verbose_name="附件", related_name="+"
    )

    content_panels = [
        *PublishedPage.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("attachment"),
        InlinePanel("rows", label="名单"),
    ]

    class Meta:
        verbose_name = "海报"


class PosterRow(Orderable):
    poster = ParentalKey(Poster, on_delete=models.CASCADE, related_name="rows")
    text = models.CharField("内容", max_length=200)

    panels = [FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = "名单"
        verbose_name_plural = "名单"


class Circular(PublishedPage):
    """A page that carries a document number."""

    number_field = "number"
    base_form_class = NumberedPageForm

    number = models.CharField("文号", max_length=40, blank=True)

    content_panels = [*PublishedPage.content_panels, FieldPanel("number")]

    class Meta:
        verbose_name = "通报"
