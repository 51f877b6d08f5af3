"""Pages whose plugin was taken out: their rows stay, their type is gone (docs/plugins.md)."""

from functools import wraps

from wagtail.models import Page


def keep_orphans_listed() -> None:
    """Let the explorer show drafts of a missing type; called once, at start.

    Where there is a draft, Wagtail 8 asks its type what can be previewed and what the draft says, and fails where
    there is no type. Pages without a draft it shows as they are; so are these then.
    """
    if getattr(Page, "orphans_are_listed", False):
        return
    is_previewable, newest = Page.is_previewable, Page.get_latest_revision_as_object

    @wraps(is_previewable)
    def previewable_if_known(self: Page) -> bool:
        return self.specific_class is not None and bool(is_previewable(self))

    @wraps(newest)
    def newest_if_known(self: Page) -> Page:
        return self if self.specific_class is None else newest(self)

    Page.is_previewable, Page.get_latest_revision_as_object = previewable_if_known, newest_if_known
    Page.orphans_are_listed = True
