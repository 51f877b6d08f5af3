"""The pages every office has. What a page says about itself (kind, unit, phone) is shown by page.html."""

from __future__ import annotations

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from organisation.validators import public_phone
from suite.body.blocks import BodyBlock
from suite.body.word.parts import OfficialParts
from suite.numbering.forms import NumberedPageForm
from suite.publishing.models import PublishedPage
from suite.theme.office import current_office

from . import columns, listing


class ResponsiblePage(PublishedPage):
    """A page with a unit that answers for it and a phone for questions."""

    responsible_unit = models.ForeignKey(
        "organisation.Unit",
        models.PROTECT,
        null=True,
        verbose_name=_("responsible unit"),
        related_name="+",
        help_text=_("Answers for what the page says."),
    )
    contact_phone = models.CharField(
        _("phone for questions"),
        max_length=30,
        blank=True,
        validators=[public_phone],
        help_text=_("A landline. Left empty, the phone of the hall is shown."),
    )

    class Meta:
        abstract = True

    who_answers_panel = MultiFieldPanel(
        [FieldPanel("responsible_unit"), FieldPanel("contact_phone")], heading=_("Who answers for it")
    )

    @property
    def responsible_name(self) -> str:
        """The responsible unit's name, '' where there is none."""
        return self.responsible_unit.name if self.responsible_unit else ""


class TextPage(ResponsiblePage):
    """A page that consists of running text."""

    # Starts with a paragraph to write in, not with a plus sign to find.
    body = StreamField(BodyBlock(), verbose_name=_("text"), default=[("paragraph", "")])

    class Meta:
        abstract = True

    search_fields = [*Page.search_fields, index.SearchField("body")]


class HomePage(PublishedPage):
    """The front door: search, what one can do, what is on, what is new. Its content comes from elsewhere."""

    NEWEST_NOTICES = 6

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        in_force = Q(valid_until__isnull=True) | Q(valid_until__gte=timezone.localdate())
        notices = NoticePage.objects.live().public().filter(in_force).order_by("-first_published_at", "-pk")
        return {
            **super().get_context(request, *args, **kwargs),
            "notices": notices[: self.NEWEST_NOTICES],
        }


class SectionPage(ResponsiblePage):
    """A section 栏目: other sections and a list of pages, newest first."""

    intro = models.CharField(
        _("what is found here"), max_length=200, blank=True, help_text=_("One sentence in plain words.")
    )

    content_panels = [*PublishedPage.content_panels, FieldPanel("intro"), ResponsiblePage.who_answers_panel]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    parent_page_types = ["pages.HomePage", "pages.SectionPage"]

    class Meta:
        verbose_name = _("section")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        children = listing.public_children(self)
        live_columns = OpenAffairsPage.objects.child_of(self).live().public().order_by("path")
        return {
            **super().get_context(request, *args, **kwargs),
            "sections": children.type(SectionPage).order_by("path"),
            "columns": [(column, columns.column_status(column)) for column in columns.with_last_update(live_columns)],
            "entries": listing.paged(children.not_type(SectionPage, OpenAffairsPage), request.GET.get("p")),
        }


class OpenAffairsPage(ResponsiblePage):
    """A column of open affairs 政务公开栏目: a section that has to be updated every so many days (requirement R)."""

    intro = SectionPage._meta.get_field("intro").clone()
    update_interval_days = models.PositiveSmallIntegerField(
        _("to be updated every … days"),
        default=30,
        validators=[MinValueValidator(1)],
        help_text=_("Counted in natural days. A column that misses its day is shown on the desk of who may edit it."),
    )

    content_panels = [
        *PublishedPage.content_panels,
        FieldPanel("intro"),
        FieldPanel("update_interval_days"),
        ResponsiblePage.who_answers_panel,
    ]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    parent_page_types = ["pages.HomePage", "pages.SectionPage"]

    class Meta:
        verbose_name = _("open-affairs column")

    @cached_property
    def status(self) -> columns.ColumnStatus:
        """How fresh the column is today."""
        return columns.column_status(self)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "entries": listing.paged(listing.public_children(self), request.GET.get("p")),
        }


class NoticePage(TextPage):
    """A notice 公告: tells villagers something and can hang as paper in the shape of an official document."""

    number_field = "document_number"
    base_form_class = NumberedPageForm

    issuing_body = models.CharField(
        _("issuing body"),
        max_length=60,
        blank=True,
        help_text=_("The name under the document. Left empty, the office's own name is used."),
    )
    document_number = models.CharField(
        _("document number"),
        max_length=40,
        blank=True,
        help_text=_("For example 石政发〔2026〕3号. Leave it empty for a notice without a number."),
    )
    recipients = models.CharField(
        _("addressed to"),
        max_length=200,
        blank=True,
        help_text=_("For example: all village committees and communities. Left empty, it is addressed to everyone."),
    )
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day on which it counts; after that the page says so. Empty: until further notice."),
    )

    content_panels = [
        *PublishedPage.content_panels,
        FieldPanel("body"),
        ResponsiblePage.who_answers_panel,
        MultiFieldPanel(
            [
                FieldPanel("issuing_body"),
                FieldPanel("document_number"),
                FieldPanel("recipients"),
                FieldPanel("valid_until"),
            ],
            heading=_("As an official document"),
        ),
    ]
    search_fields = [
        *TextPage.search_fields,
        index.SearchField("document_number"),
        index.SearchField("issuing_body"),
        index.SearchField("recipients"),
    ]
    parent_page_types = ["pages.SectionPage", "pages.OpenAffairsPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("notice")

    def take_over(self, parts: OfficialParts) -> set[str]:
        """Take from a Word draft what a notice has fields for: whom it is addressed to, and who else than the office
        signs. Returns the names of what was taken."""
        taken = set()
        if parts.recipients and len(parts.recipients) <= self._meta.get_field("recipients").max_length:
            self.recipients = parts.recipients
            taken.add("recipients")
        if parts.signatory and len(parts.signatory) <= self._meta.get_field("issuing_body").max_length:
            self.issuing_body = "" if parts.signatory == current_office().issuer else parts.signatory
            taken.add("signatory")
        return taken

    @property
    def has_ended(self) -> bool:
        """Whether its last day has passed."""
        return self.valid_until is not None and self.valid_until < timezone.localdate()


class NewsPage(TextPage):
    """A piece of news 动态."""

    content_panels = [*PublishedPage.content_panels, FieldPanel("body"), ResponsiblePage.who_answers_panel]
    parent_page_types = ["pages.SectionPage", "pages.OpenAffairsPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news")
