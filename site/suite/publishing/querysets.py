"""No way around the gate by a bulk write: `update`, `bulk_update` and `bulk_create` of pages."""

from collections.abc import Iterable
from functools import wraps
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from suite.publishing import PublicationRefused
from suite.publishing.digest import bookkeeping
from suite.publishing.models import PublishedPage


def guard_page_querysets() -> None:
    """Put the gate in front of the bulk writes of Wagtail's `PageQuerySet`; called once, at start.

    On that class and not on a manager of our own: ``Page.objects``, ``NoticePage.objects`` and a plugin's own manager
    all lead to it, and Wagtail's manager for ``Page`` can't be replaced.
    """
    if getattr(PageQuerySet, "is_guarded", False):
        return
    update, bulk_update, bulk_create = PageQuerySet.update, PageQuerySet.bulk_update, PageQuerySet.bulk_create

    @wraps(update)
    def guarded_update(self: PageQuerySet, **values: Any) -> int:
        if _may_show_something(self.model, values.keys(), going_down=values.get("live") is False):
            _refuse_if_any(self if values.get("live") else self.filter(live=True))
        return update(self, **values)

    @wraps(bulk_update)
    def guarded_bulk_update(self: PageQuerySet, objs: Iterable[Page], fields: Iterable[str], **options: Any) -> int:
        objs, fields = list(objs), list(fields)
        if _may_show_something(self.model, fields, going_down=False):
            ids = [page.pk for page in objs]
            _refuse_if_any(self.model._default_manager.filter(pk__in=ids, live=True))
            _refuse_if_any([page for page in objs if "live" in fields and page.live])
        return bulk_update(self, objs, fields, **options)

    @wraps(bulk_create)
    def guarded_bulk_create(self: PageQuerySet, objs: Iterable[Page], **options: Any) -> list[Page]:
        objs = list(objs)
        _refuse_if_any([page for page in objs if page.live])
        return bulk_create(self, objs, **options)

    PageQuerySet.update, PageQuerySet.bulk_update = guarded_update, guarded_bulk_update
    PageQuerySet.bulk_create, PageQuerySet.is_guarded = guarded_bulk_create, True


def _may_show_something(model: type[Page], names: Iterable[str], going_down: bool) -> bool:
    content = set(names) - (bookkeeping(model) - {"live"})
    return bool(content - ({"live"} if going_down else set()))


def _refuse_if_any(pages: Iterable[Page]) -> None:
    for page in pages:
        if issubclass(page.specific_class or Page, PublishedPage):
            raise PublicationRefused(
                _(
                    "Published pages are not changed in bulk: “%(title)s” is live, or would be. Submit each page, or "
                    "use publish_batch()."
                )
                % {"title": page.title},
                page,
            )
