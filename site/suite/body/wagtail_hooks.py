"""What has to be mended in a body before it goes live."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.fields import StreamField
from wagtail.models import Page

from suite.publishing import PublishProblem

from .blocks import BodyBlock


@hooks.register("publish_checks")
def pictures_are_described(page: Page) -> Iterator[PublishProblem]:
    """Every picture says what it shows: drafts from Word often do not."""
    for field in page._meta.get_fields():
        if not (isinstance(field, StreamField) and isinstance(field.stream_block, BodyBlock)):
            continue
        figures = [block.value for block in getattr(page, field.name) if block.block_type == "figure"]
        if any(not figure["alt"].strip() for figure in figures):
            yield PublishProblem(field.name, _("Say of every picture what it shows, for those who cannot see it."))
