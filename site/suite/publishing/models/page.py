"""The page type that every published page type inherits."""

from wagtail.models import Page, PanelPlaceholder


class PublishedPage(Page):
    """The base of every page that is published."""

    # Without targets: the browser's own slugs of Chinese titles are no pinyin.
    content_panels = [PanelPlaceholder("wagtail.admin.panels.TitleFieldPanel", ["title"], {"targets": []})]

    class Meta:
        abstract = True
