"""The pages that make courses for villagers public."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from suite.body.blocks import BodyBlock
from suite.publishing.models import PublishedPage
from training.enums import CourseKind

from .courses import Course


class TrainingIndexPage(PublishedPage):
    """群众培训: the sessions of all courses below it, by village and season."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    subpage_types = ["training.CoursePage"]
    content_panels = [*PublishedPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("training for villagers (section)")
        verbose_name_plural = _("training for villagers (sections)")


class CoursePage(PublishedPage):
    """One course for villagers. Its sessions come from the records, so page and record cannot disagree."""

    course = models.ForeignKey(
        Course,
        models.PROTECT,
        related_name="pages",
        verbose_name=_("course"),
        limit_choices_to={"kind": CourseKind.VILLAGERS},
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["training.TrainingIndexPage"]
    subpage_types: list[str] = []
    content_panels = [*PublishedPage.content_panels, FieldPanel("course"), FieldPanel("body")]
    search_fields = [*PublishedPage.search_fields, index.SearchField("body"), index.FilterField("course")]

    class Meta:
        verbose_name = _("course for villagers")
        verbose_name_plural = _("courses for villagers")
