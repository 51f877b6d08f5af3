"""Study notes and research articles, what is said about them, who need not write, and the pages they become."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from suite.autosave.models import KeptDraft
from suite.body.blocks import BodyBlock
from suite.publishing.models import PublishedPage
from suite.state import StatefulModel, state_field
from training.enums import WritingKind, WritingState

LONGEST_TITLE, LONGEST_TEXT, LONGEST_COMMENT, LONGEST_REASON = 60, 30_000, 1000, 300


def _account() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")


class Writing(StatefulModel, KeptDraft):
    """One study note or research article of a year: plain text, a paragraph a line.

    ``unit``: where the author works, as of the day it was handed in; the leader in charge of it accepts. ``publish``:
    the author wishes to see it published. ``source`` and ``losses``: the Word file that the text came from last, and
    what of it could not be kept, pairs (what, where).
    """

    # Three queries at each save while 300 people type; nothing of it is a use that Wagtail could warn of.
    wagtail_reference_index_ignore = True

    state = state_field(WritingState, WritingState.WRITING)
    person = models.ForeignKey(
        "organisation.Person", models.PROTECT, related_name="writings", verbose_name=pgettext_lazy("writing", "author")
    )
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))
    kind = models.CharField(_("kind of writing"), max_length=10, choices=WritingKind.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=LONGEST_TITLE, blank=True)
    text = models.TextField(pgettext_lazy("writing", "text"), max_length=LONGEST_TEXT, blank=True)
    publish = models.BooleanField(_("publish it when it is accepted"), default=False)
    source = models.CharField(_("Word file"), max_length=255, blank=True, editable=False)
    losses = models.JSONField(default=list, blank=True, editable=False)
    handed_in_at = models.DateTimeField(_("handed in at"), null=True, editable=False)
    decided_at = models.DateTimeField(_("accepted or returned at"), null=True, editable=False)
    decided_by = _account()
    decided_for = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided on behalf of"),
    )
    returned_as = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("study note or article")
        verbose_name_plural = _("study notes and articles")
        ordering = ["-year", "person__sort_key", "kind", "pk"]
        # Who still owes one, and a person's year, are read from it.
        indexes = [models.Index(fields=["year", "person", "kind", "state"], name="writings_of_a_year")]

    def __str__(self) -> str:
        return f"{self.person} {self.year} {self.get_kind_display()}"

    @property
    def shown_title(self) -> str:
        """The title; where there is none yet, which kind of writing it is."""
        return self.title or str(self.get_kind_display())

    @property
    def fingerprint(self) -> str:
        """Of title and text, as they stand."""
        return hashlib.sha256(f"{self.title}\n{self.text}".encode()).hexdigest()

    @property
    def unchanged_since_return(self) -> bool:
        """Whether it was handed in again with not a word of title or text changed; who decides is told."""
        return self.state == WritingState.HANDED_IN and self.returned_as == self.fingerprint

    @transition(
        "state",
        source=[WritingState.WRITING, WritingState.RETURNED],
        target=WritingState.HANDED_IN,
        custom={"label": pgettext_lazy("writing", "Hand in")},
    )
    def to_handed_in(self) -> None: ...

    @transition(
        "state",
        source=WritingState.HANDED_IN,
        target=WritingState.WRITING,
        custom={"label": pgettext_lazy("writing", "Take back")},
    )
    def to_taken_back(self) -> None: ...

    @transition(
        "state",
        source=WritingState.HANDED_IN,
        target=WritingState.RETURNED,
        custom={"label": pgettext_lazy("writing", "Return")},
    )
    def to_returned(self) -> None: ...

    @transition(
        "state",
        source=WritingState.HANDED_IN,
        target=WritingState.ACCEPTED,
        custom={"label": pgettext_lazy("writing", "Accept")},
    )
    def to_accepted(self) -> None: ...


class WritingComment(models.Model):
    """What somebody says about a writing. ``decision``: the state that came with it, where one did."""

    writing = models.ForeignKey(Writing, models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    text = models.TextField(pgettext_lazy("writing", "comment"), max_length=LONGEST_COMMENT)
    decision = models.CharField(max_length=10, choices=WritingState.choices, blank=True, editable=False)

    class Meta:
        verbose_name = _("comment on a writing")
        verbose_name_plural = _("comments on writings")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.writing} {timezone.localtime(self.at):%Y-%m-%d}"


class WritingRelease(models.Model):
    """Somebody need not write in a year, with the reason: ill, away for long."""

    person = models.ForeignKey(
        "organisation.Person", models.PROTECT, related_name="writing_releases", verbose_name=_("person")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    reason = models.CharField(_("why nothing need be written"), max_length=LONGEST_REASON)
    by = _account()
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("release from writing")
        verbose_name_plural = _("releases from writing")
        ordering = ["-year", "person__sort_key"]
        constraints = [models.UniqueConstraint(fields=["person", "year"], name="released_once_a_year")]

    def __str__(self) -> str:
        return f"{self.person} {self.year}"


class StudyIndexPage(PublishedPage):
    """学习园地: notes and articles that their authors wished to publish, by year."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    subpage_types = ["training.StudyPage"]
    content_panels = [*PublishedPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("study garden (section)")
        verbose_name_plural = _("study gardens (sections)")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from training.study_listing import study_pages

        return super().get_context(request, *args, **kwargs) | study_pages(self, request.GET)


class StudyPage(PublishedPage):
    """A note or an article as everybody reads it. ``writing``: where it comes from; it holds the state."""

    writing = models.ForeignKey(
        Writing, models.PROTECT, null=True, blank=True, editable=False, related_name="pages", verbose_name=_("writing")
    )
    author = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("writing", "author"),
    )
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    kind = models.CharField(_("kind of writing"), max_length=10, choices=WritingKind.choices, default=WritingKind.NOTE)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["training.StudyIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *PublishedPage.content_panels,
        FieldPanel("body"),
        FieldPanel("author"),
        FieldPanel("unit"),
        FieldPanel("kind"),
        FieldPanel("year"),
    ]
    search_fields = [
        *PublishedPage.search_fields,
        index.SearchField("body"),
        index.FilterField("kind"),
        index.FilterField("year"),
    ]

    class Meta:
        verbose_name = _("published note or article")
        verbose_name_plural = _("published notes and articles")

    @property
    def responsible_name(self) -> str:
        """The unit its author works in."""
        return self.unit.name if self.unit else ""

    @property
    def kind_label(self) -> str:
        """Note or article."""
        return str(self.get_kind_display())
