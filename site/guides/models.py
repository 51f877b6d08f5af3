"""Service guides 办事指南: the page holds what an item is; versions of it are records."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from organisation.validators import public_phone
from suite.publishing.models import PublishedPage

from .blocks import (
    LIMIT_VALIDATORS,
    MOST_QUESTIONS,
    AnswerBlock,
    BasisBlock,
    MaterialBlock,
    QuestionBlock,
    StepBlock,
    stream,
)
from .enums import Audience, CaseKind, ItemKind, Level, LimitUnit, Version
from .export_record import GuideExport
from .facts import Facts, six_facts
from .import_record import GuideImport
from .limits import Limit, promised

__all__ = [
    "GuideExport",
    "GuideImport",
    "GuideIndexPage",
    "GuidePage",
    "GuidePlace",
    "GuideVersion",
    "GuidesSettings",
    "LifeEvent",
    "PlainWord",
]
_PLAIN_TEXT = ["bold", "ol", "ul", "link", "document-link"]


class LifeEvent(models.Model):
    """人生大事: what happens in people's lives that brings them to the office."""

    name = models.CharField(_("name"), max_length=30, unique=True)
    slug = models.SlugField(_("in the address"), unique=True)
    examples = models.CharField(
        _("for example"), max_length=80, blank=True, help_text=_("What people come for then, in a few words.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("life event")
        verbose_name_plural = _("life events")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class PlainWord(models.Model):
    """A bureaucratic word and the one that people use."""

    official = models.CharField(_("official word"), max_length=30, unique=True)
    plain = models.CharField(_("plain word"), max_length=60)

    class Meta:
        verbose_name = _("plain word")
        verbose_name_plural = _("plain words")
        ordering = ["official"]

    def __str__(self) -> str:
        return f"{self.official} → {self.plain}"


@register_setting(icon="doc-full")
class GuidesSettings(BaseGenericSetting):
    """What an office decides for itself about its guides."""

    natural_per_working = models.DecimalField(
        _("days per working day"),
        max_digits=3,
        decimal_places=2,
        default=1.4,
        help_text=_(
            "How working days and days are compared when a guide's limits are checked: 1.4 is a week of five working "
            "days without holidays."
        ),
    )
    longest_sentence = models.PositiveSmallIntegerField(
        _("longest sentence"),
        default=50,
        validators=[MinValueValidator(10), MaxValueValidator(200)],
        help_text=_("In characters. Longer ones are named to the editor, as advice."),
    )
    remedies = models.TextField(
        _("usual remedies"),
        blank=True,
        default="对办理结果不服的，可以自知道之日起六十日内向县人民政府申请行政复议。"
        "也可以自知道之日起六个月内向人民法院提起行政诉讼。",
        help_text=_("What a new guide says about objecting and suing; the editor adapts it."),
    )

    class Meta:
        verbose_name = _("service guides")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class GuideIndexPage(PublishedPage):
    """The ways in: by life event, by unit, by place, A–Z."""

    introduction = models.CharField(_("introduction"), max_length=200, blank=True)

    content_panels = [*PublishedPage.content_panels, FieldPanel("introduction")]
    subpage_types = ["guides.GuidePage"]

    class Meta:
        verbose_name = _("service guides")
        verbose_name_plural = _("service guides")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .listing import ways_in

        return {**super().get_context(request, *args, **kwargs), **ways_in(self, request.GET)}


class GuidePage(PublishedPage):
    """One service item with every element of requirement E. A draft may lack any; publishing asks for all.

    Its form (tabs, fields, what it begins with) comes from `panels` and `forms`, when the app is ready.
    """

    summary = models.CharField(
        _("in one sentence"), max_length=120, blank=True, help_text=_("What people get, in everyday words.")
    )
    item_code = models.CharField(
        _("item code"), max_length=40, blank=True, help_text=_("Of the national list, if it has one.")
    )
    item_kind = models.CharField(_("kind of item"), max_length=20, choices=ItemKind.choices, blank=True)
    case_kind = models.CharField(_("kind of case"), max_length=20, choices=CaseKind.choices, blank=True)
    level = models.CharField(_("level"), max_length=20, choices=Level.choices, blank=True)
    life_events = ParentalManyToManyField(LifeEvent, verbose_name=_("life events"), blank=True, related_name="guides")

    audience = models.CharField(_("who it is for"), max_length=10, choices=Audience.choices, blank=True)
    conditions = RichTextField(_("conditions"), features=_PLAIN_TEXT, blank=True)

    materials = StreamField(stream("material", MaterialBlock()), verbose_name=_("materials"), blank=True)
    no_materials = models.BooleanField(_("nothing has to be brought"), default=False)
    questions = StreamField(
        stream("question", QuestionBlock(), max_num=MOST_QUESTIONS),
        verbose_name=_("questions that decide what applies"),
        blank=True,
        help_text=_("For example: who is applying? Only where the papers or steps differ."),
    )
    steps = StreamField(stream("step", StepBlock()), verbose_name=_("steps"), blank=True)

    statutory_limit = models.PositiveSmallIntegerField(
        _("statutory time limit"), null=True, blank=True, validators=LIMIT_VALIDATORS
    )
    statutory_unit = models.CharField(
        _("statutory limit counted in"), max_length=10, choices=LimitUnit.choices, default=LimitUnit.WORKING
    )
    no_statutory_limit = models.BooleanField(_("the law sets no limit"), default=False)
    promised_limit = models.PositiveSmallIntegerField(
        _("promised time limit"), null=True, blank=True, validators=LIMIT_VALIDATORS
    )
    promised_unit = models.CharField(
        _("promised limit counted in"), max_length=10, choices=LimitUnit.choices, default=LimitUnit.WORKING
    )

    at_window = models.BooleanField(_("at a window"), default=True)
    by_agent = models.BooleanField(_("through the village agent"), default=False)
    online = models.URLField(_("online at"), blank=True)
    visits = models.PositiveSmallIntegerField(_("number of visits"), null=True, blank=True)
    visits_reason = models.CharField(
        _("why somebody has to come"), max_length=200, blank=True, help_text=_("Needed where visits are more than 0.")
    )
    scope = models.CharField(
        _("where it can be applied for"), max_length=80, blank=True, help_text=_("通办范围, for example: whole county.")
    )

    responsible_unit = models.ForeignKey(
        "organisation.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("implementing unit"),
        related_name="+",
    )
    contact_phone = models.CharField(_("phone for questions"), max_length=30, blank=True, validators=[public_phone])
    complaint_phone = models.CharField(_("phone for complaints"), max_length=30, blank=True, validators=[public_phone])

    result_name = models.CharField(
        _("result"), max_length=80, blank=True, help_text=_("The paper or the money people get.")
    )
    result_sample = models.ForeignKey(
        "wagtaildocs.Document",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("sample of the result"),
        related_name="+",
    )
    no_sample_reason = models.CharField(_("why there is no sample"), max_length=120, blank=True)
    fee = models.CharField(_("fee"), max_length=120, blank=True, help_text=_("Empty: free of charge."))
    fee_basis = models.CharField(
        _("legal basis of the fee"), max_length=200, blank=True, help_text=_("A fee needs a state document.")
    )
    basis = StreamField(stream("basis", BasisBlock()), verbose_name=_("legal basis"), blank=True)
    remedies = models.TextField(_("remedies"), blank=True, help_text=_("Where to object or sue, and until when."))
    answers = StreamField(stream("answer", AnswerBlock()), verbose_name=_("questions and answers"), blank=True)

    valid_from = models.DateField(
        _("valid from"), null=True, blank=True, help_text=_("Empty: from the day it is published.")
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=pgettext_lazy("guide", "replaced by"),
        related_name="replaces",
        help_text=_("The guide that takes its place when it ends."),
    )

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("conditions"),
        index.SearchField("materials"),
        index.SearchField("steps"),
        index.SearchField("answers"),
        index.SearchField("result_name"),
        index.SearchField("life_event_words"),
        index.SearchField("replaced_titles"),
        index.FilterField("responsible_unit"),
        index.FilterField("case_kind"),
    ]
    parent_page_types = ["guides.GuideIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("service guide")
        verbose_name_plural = _("service guides")

    @property
    def responsible_name(self) -> str:
        """The implementing unit's name, '' where there is none."""
        return self.responsible_unit.name if self.responsible_unit else ""

    @property
    def life_event_words(self) -> str:
        """What people say who come because of its life events: found by the search."""
        return "\n".join(f"{event.name} {event.examples}" for event in self.life_events.all())

    @property
    def replaced_titles(self) -> str:
        """The names under which the item was known before: who searches for them finds this guide too."""
        return "\n".join(self.replaces.live().public().values_list("title", flat=True)) if self.pk else ""

    @property
    def is_instant(self) -> bool:
        """Whether it is done while people wait."""
        return self.case_kind == CaseKind.INSTANT

    @property
    def has_ended(self) -> bool:
        """Whether its last day has passed."""
        return self.valid_until is not None and self.valid_until < timezone.localdate()

    @cached_property
    def successor(self) -> GuidePage | None:
        """The guide that takes its place, if everybody may read it."""
        after = self.replaced_by
        return after if after is not None and after.live and not after.get_view_restrictions() else None

    @cached_property
    def version(self) -> GuideVersion | None:
        """The newest version, None before the first publication."""
        return self.versions.first() if self.pk else None

    @property
    def is_coming(self) -> bool:
        """Whether its first day is still ahead."""
        return self.valid_from is not None and self.valid_from > timezone.localdate()

    @property
    def promise(self) -> Limit | None:
        """How long people are told it takes; None where a draft doesn't say yet."""
        return promised(self)

    @property
    def facts(self) -> Facts:
        """The six facts, for a card."""
        return six_facts(self)

    @property
    def was_taken_down(self) -> bool:
        """Whether it was published and is not any more: its old address still says where to turn."""
        return not self.live and self.first_published_at is not None

    def route(self, request: Any, path_components: list[str]) -> Any:
        if not path_components and self.was_taken_down:
            return RouteResult(self)
        return super().route(request, path_components)

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not self.was_taken_down:
            return super().serve(request, *args, **kwargs)
        from .pointers import pointers

        return TemplateResponse(
            request, "guides/taken_down.html", {"guide": self, "pointers": pointers(self)}, status=410
        )

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .listing import guide_context

        return {**super().get_context(request, *args, **kwargs), **guide_context(self, request.GET)}


class GuidePlace(Orderable):
    """A window or station that accepts the item, and when."""

    page = ParentalKey(GuidePage, on_delete=models.CASCADE, related_name="places")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("window or station"))
    window = models.CharField(_("window"), max_length=40, blank=True, help_text=_("For example: window 3."))
    hours = models.CharField(_("hours"), max_length=120, blank=True, help_text=_("Empty: the office's hours."))

    panels = [FieldPanel("unit"), FieldPanel("window"), FieldPanel("hours")]

    class Meta(Orderable.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def __str__(self) -> str:
        return f"{self.unit} {self.window}".strip()


class GuideVersion(models.Model):
    """A version of a guide as it went live: never changed afterwards (requirement E, versions)."""

    page = models.ForeignKey(GuidePage, models.CASCADE, related_name="versions", verbose_name=_("service guide"))
    number = models.PositiveIntegerField(_("version"))
    valid_from = models.DateField(_("valid from"))
    elements = models.JSONField(_("elements"), help_text=_("What the guide said, element by element."))
    changes = models.JSONField(_("what changed"), default=list)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a guide")
        verbose_name_plural = _("versions of guides")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="guide_version_once")]

    def __str__(self) -> str:
        return f"{self.page} · {self.number}"

    def standing(self, day: datetime.date | None = None) -> Version:
        """Where this version stands on ``day`` (today)."""
        day = day or timezone.localdate()
        newest = self.page.version
        if newest is not None and newest.number > self.number:
            return Version.REPLACED
        if not self.page.live or (self.page.valid_until and self.page.valid_until < day):
            return Version.ENDED
        return Version.COMING if self.valid_from > day else Version.CURRENT
