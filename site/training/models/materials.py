"""Training materials: pages of the editorial workflow, and their versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from suite.body.blocks import BodyBlock
from suite.publishing.models import PublishedPage
from training.enums import Audience, MaterialKind


class MaterialIndexPage(PublishedPage):
    """学习资料: lists the materials below it that the reader may read."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    subpage_types = ["training.MaterialPage"]
    content_panels = [*PublishedPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("training materials (section)")
        verbose_name_plural = _("training materials (sections)")


class MaterialPage(PublishedPage):
    """One material. For staff it is restricted to those who are signed in; roles and units narrow it further."""

    kind = models.CharField(_("kind of material"), max_length=10, choices=MaterialKind.choices)
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience.choices, default=Audience.STAFF)
    roles = ParentalManyToManyField(
        "auth.Group",
        blank=True,
        related_name="+",
        verbose_name=_("roles"),
        help_text=_("Nobody named: for all staff."),
    )
    units = ParentalManyToManyField(
        "organisation.Unit",
        blank=True,
        related_name="+",
        verbose_name=_("units"),
        help_text=_("With the units below them."),
    )
    introduction = models.CharField(_("introduction"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["training.MaterialIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *PublishedPage.content_panels,
        FieldPanel("kind"),
        FieldPanel("audience"),
        FieldPanel("roles"),
        FieldPanel("units"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    search_fields = [
        *PublishedPage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("training material")
        verbose_name_plural = _("training materials")


class MaterialVersion(models.Model):
    """What a material said from one moment on. A new row whenever other content goes live; never changed after.

    ``matters``: whoever confirmed an older version is asked again.
    """

    material = models.ForeignKey(MaterialPage, models.CASCADE, related_name="versions", verbose_name=_("material"))
    number = models.PositiveSmallIntegerField(_("version"))
    digest = models.CharField(max_length=64, editable=False)
    matters = models.BooleanField(_("has to be read again"), default=True)
    what_changed = models.CharField(_("what changed"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published at"))

    class Meta:
        verbose_name = _("version of a material")
        verbose_name_plural = _("versions of materials")
        ordering = ["material", "number"]
        constraints = [models.UniqueConstraint(fields=["material", "number"], name="material_version_once")]

    def __str__(self) -> str:
        return f"{self.material} {self.number}"
