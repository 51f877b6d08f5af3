"""Policy documents and their plain-language readings are pages; validity and confidentiality checks are records."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from suite.body.blocks import BodyBlock
from suite.body.word.parts import OfficialParts
from suite.numbering.forms import NumberedPageForm
from suite.publishing.models import BatchDecision, PublishedPage

from .enums import APPLICABLE, Validity


class PolicyTheme(models.Model):
    """What a document is about; the office keeps the list."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("policy theme")
        verbose_name_plural = _("policy themes")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class PolicyIndexPage(PublishedPage):
    """文件查阅处, the reading room: lists the documents below it."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    subpage_types = ["policies.PolicyPage", "policies.ReadingPage"]
    content_panels = [*PublishedPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("policy reading room")
        verbose_name_plural = _("policy reading rooms")

    def get_context(self, request, *args, **kwargs):
        from .listing import reading_room

        return super().get_context(request, *args, **kwargs) | reading_room(self, request.GET)


class PolicyPage(PublishedPage):
    """One official document (requirement G). A blank number, issuer or date means unknown and is shown so."""

    number_field = "number"
    base_form_class = NumberedPageForm

    number = models.CharField(
        _("document number"),
        max_length=120,
        blank=True,
        help_text=_("As printed: 石政发〔2026〕17号. Leave blank if unknown."),
    )
    issuing_body = models.CharField(
        _("issuing body"), max_length=200, blank=True, help_text=_("Leave blank if the document does not say.")
    )
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    effective_on = models.DateField(_("date of effect"), null=True, blank=True)
    theme = models.ForeignKey(
        PolicyTheme, verbose_name=_("theme"), null=True, blank=True, on_delete=models.SET_NULL, related_name="policies"
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    source_key = models.CharField(max_length=200, blank=True, editable=False, db_index=True)

    parent_page_types = ["policies.PolicyIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *PublishedPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("number"),
                FieldPanel("issuing_body"),
                FieldPanel("issued_on"),
                FieldPanel("effective_on"),
                FieldPanel("theme"),
            ],
            heading=_("What the document says about itself"),
        ),
        FieldPanel("body"),
        InlinePanel("attachments", heading=_("Attachments"), label=_("Attachment")),
    ]
    search_fields = [
        *PublishedPage.search_fields,
        index.SearchField("number"),
        index.SearchField("issuing_body"),
        index.SearchField("body"),
        index.FilterField("issuing_body"),
        index.FilterField("issued_on"),
        index.FilterField("theme"),
    ]

    class Meta:
        verbose_name = _("policy document")
        verbose_name_plural = _("policy documents")
        # Read for all hits of a search: from the index alone, not past every document's text.
        indexes = [models.Index(fields=["issuing_body", "issued_on"], name="policy_issuer_day")]

    def take_over(self, parts: OfficialParts) -> set[str]:
        """Take from a Word draft who issued the document; number and date are typed by who has the document in hand.

        Returns the names of what was taken.
        """
        if not parts.signatory or len(parts.signatory) > self._meta.get_field("issuing_body").max_length:
            return set()
        self.issuing_body = parts.signatory
        return {"signatory"}

    @cached_property
    def validity(self) -> "ValidityRecord | None":
        """The record in force today, or None where nobody has said anything."""
        return self.validity_records.on(timezone.localdate())

    @property
    def validity_status(self) -> Validity:
        return Validity(self.validity.status) if self.validity else Validity.UNKNOWN

    @property
    def is_applicable(self) -> bool:
        return self.validity_status in APPLICABLE

    @property
    def listed_validity(self) -> Validity:
        """The validity that `queries.with_validity` annotated."""
        return Validity(self.current_validity or Validity.UNKNOWN)

    @property
    def has_ended(self) -> bool:
        return self.listed_validity == Validity.REPEALED

    @property
    def public_readings(self) -> models.QuerySet["ReadingPage"]:
        return self.readings.live().public().order_by("-first_published_at")


class PolicyAttachment(Orderable):
    """A file that belongs to a document: the scan, the form, the annex."""

    page = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "wagtaildocs.Document", verbose_name=_("file"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("what the file is"), max_length=200, blank=True)

    panels = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.title or self.document.title


class ReadingPage(PublishedPage):
    """解读, a plain-language reading of one document; each links to the other."""

    policy = models.ForeignKey(
        PolicyPage, verbose_name=_("policy document"), on_delete=models.PROTECT, related_name="readings"
    )
    summary = models.CharField(
        _("in one sentence"), max_length=200, blank=True, help_text=_("What changes for a villager, in everyday words.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["policies.PolicyIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *PublishedPage.content_panels,
        FieldPanel("policy"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    search_fields = [*PublishedPage.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("plain-language reading")
        verbose_name_plural = _("plain-language readings")


class ValidityRecordQuerySet(models.QuerySet["ValidityRecord"]):
    def on(self, day: date) -> "ValidityRecord | None":
        """The record that counts on a day: the newest `since` up to then; the later entry wins a tie."""
        return self.filter(since__lte=day).select_related("replaced_by").order_by("-since", "-pk").first()


class ValidityRecord(models.Model):
    """效力: what holds for a document from a date on. Never overwritten; the newest `since` up to a day counts."""

    policy = models.ForeignKey(
        PolicyPage, verbose_name=_("policy document"), on_delete=models.CASCADE, related_name="validity_records"
    )
    status = models.CharField(_("validity"), max_length=10, choices=Validity.choices)
    since = models.DateField(_("from"))
    replaced_by = models.ForeignKey(
        PolicyPage,
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaces",
    )
    basis = models.CharField(_("basis"), max_length=300, blank=True, help_text=_("Which decision or document says so."))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("recorded by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = ValidityRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("validity record")
        verbose_name_plural = _("validity records")
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["policy", "since", "status"], name="policy_validity")]

    def __str__(self) -> str:
        return f"{self.policy} · {self.in_words}"

    @property
    def in_words(self) -> str:
        """One line of the record's history."""
        line = gettext("%(status)s from %(since)s") % {
            "status": self.get_status_display(),
            "since": date_format(self.since),
        }
        if self.replaced_by:
            line += gettext(", replaced by “%(title)s”") % {"title": self.replaced_by.title}
        return f"{line} ({self.basis})" if self.basis else line


class ConfidentialityCheck(models.Model):
    """保密审查: who looked at exactly this content, and when (requirement G). Changed content needs a new one."""

    policy = models.ForeignKey(
        PolicyPage, verbose_name=_("policy document"), on_delete=models.CASCADE, related_name="confidentiality_checks"
    )
    digest = models.CharField(max_length=64, editable=False)
    basis = models.CharField(_("basis"), max_length=300, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("confidentiality", "checked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    checked_at = models.DateTimeField(_("checked at"), default=timezone.now)
    batch = models.ForeignKey(
        BatchDecision,
        verbose_name=_("batch decision"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("confidentiality check")
        verbose_name_plural = _("confidentiality checks")
        ordering = ["-checked_at"]

    def __str__(self) -> str:
        return f"{self.policy} · {self.in_words}"

    @property
    def in_words(self) -> str:
        """One line of the document's history."""
        return gettext("checked by %(user)s on %(day)s") % {
            "user": user_display_name(self.checked_by) if self.checked_by else gettext("a deleted account"),
            "day": date_format(timezone.localtime(self.checked_at)),
        } + (f" ({self.basis})" if self.basis else "")
