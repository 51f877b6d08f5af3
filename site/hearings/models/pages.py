"""The pages of a hearing: they point to its record and never hold its state."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from suite.body.blocks import BodyBlock
from suite.numbering.forms import NumberedPageForm
from suite.publishing.models import PublishedPage

from .hearing import Hearing


class HearingIndexPage(PublishedPage):
    """效能听证: all hearings, the next one first."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    subpage_types = ["hearings.HearingNoticePage", "hearings.MinutesPage", "hearings.CircularPage"]
    content_panels = [*PublishedPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("hearings (section)")
        verbose_name_plural = _("hearings (sections)")


class HearingPage(PublishedPage):
    """What the three pages of a hearing share."""

    number_field = "number"
    base_form_class = NumberedPageForm

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="%(class)ss", verbose_name=_("hearing"))
    number = models.CharField(
        _("document number"), max_length=120, blank=True, help_text=_("As printed: 石政发〔2026〕17号.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["hearings.HearingIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *PublishedPage.content_panels,
        FieldPanel("hearing"),
        FieldPanel("number"),
        FieldPanel("body"),
    ]
    search_fields = [*PublishedPage.search_fields, index.SearchField("body"), index.FilterField("hearing")]

    class Meta:
        abstract = True


class HearingNoticePage(HearingPage):
    """听证公告: time, place and topics come from the record, so page and record cannot disagree."""

    class Meta:
        verbose_name = _("hearing notice")
        verbose_name_plural = _("hearing notices")


class MinutesPage(HearingPage):
    """听证纪要, drafted from the record."""

    class Meta:
        verbose_name = _("hearing minutes")
        verbose_name_plural = _("hearing minutes")


class CircularPage(HearingPage):
    """听证情况通报: what was promised and what became of it."""

    class Meta:
        verbose_name = _("hearing circular")
        verbose_name_plural = _("hearing circulars")
