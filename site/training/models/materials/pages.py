"""The pages of training materials. What is in force for readers is a `MaterialVersion`."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageViewRestriction
from wagtail.search import index

from suite.body.blocks import BodyBlock
from suite.publishing.models import PublishedPage
from training.enums import Audience, MaterialKind, VideoState

from .files import MaterialFile


class MaterialIndexPage(PublishedPage):
    """学习资料: lists the materials below it that the reader may read."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    subpage_types = ["training.MaterialPage"]
    content_panels = [*PublishedPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("training materials (section)")
        verbose_name_plural = _("training materials (sections)")


class MaterialPage(PublishedPage):
    """One material. For staff it is restricted to those who are signed in; roles and units narrow it further.

    ``matters`` and ``what_changed`` are the editor's answers about what differs from version ``answered_for``; for
    any other version they do not count.
    """

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
    file = models.ForeignKey(
        MaterialFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    # Emptied where a video was deleted: `domain.lifecycle.videos.delete` refuses that while a material shows it.
    video = models.ForeignKey(
        "training.Video",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="materials",
        limit_choices_to={"state": VideoState.READY},
        verbose_name=_("video"),
        help_text=_("Upload it first: on your desk, under “Training videos”."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    matters = models.BooleanField(
        _("Does the change matter?"),
        null=True,
        blank=True,
        help_text=_("If it does, whoever has confirmed an earlier version is asked to read it again."),
    )
    what_changed = models.CharField(_("what changed"), max_length=300, blank=True)
    answered_for = models.PositiveSmallIntegerField(default=0, editable=False)
    source_key = models.CharField(max_length=60, blank=True, editable=False, db_index=True)

    parent_page_types = ["training.MaterialIndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *PublishedPage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.SearchField("sheet_words"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("training material")
        verbose_name_plural = _("training materials")

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, and keep the restriction to people who are signed in, in step with whom the stored page is for."""
        before = self._stored_audience()
        result = super().save(*args, **kwargs)
        after = self._stored_audience()
        login = PageViewRestriction.objects.filter(page_id=self.pk, restriction_type=PageViewRestriction.LOGIN)
        if after == Audience.STAFF and not login.exists():
            PageViewRestriction.objects.create(page_id=self.pk, restriction_type=PageViewRestriction.LOGIN)
        elif before == Audience.STAFF and after != before:
            login.delete()
        self.__dict__.pop("_view_restrictions", None)
        return result

    def _stored_audience(self) -> str | None:
        """Whom the page in the tables is for, whatever this draft says."""
        return MaterialPage.objects.filter(pk=self.pk).values_list("audience", flat=True).first()

    @property
    def kind_label(self) -> str:
        """What it is, in the words of the list."""
        return self.get_kind_display()

    @property
    def sheet_words(self) -> str:
        """What stands on the pages of its file and under its pictures, for the search."""
        words = self.file.sheets.values_list("text", flat=True) if self.file else []
        return "\n".join([*words, *(picture.caption for picture in self.pictures.all())])

    def permissions_for_user(self, user: Any) -> Any:
        from training.permissions import MaterialTester

        return MaterialTester(user, self)


class MaterialPicture(Orderable):
    """One picture of a series, in its order."""

    page = ParentalKey(MaterialPage, on_delete=models.CASCADE, related_name="pictures")
    file = models.ForeignKey(MaterialFile, models.PROTECT, related_name="+", verbose_name=_("picture"))
    caption = models.CharField(_("caption"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.caption or str(self.file)
