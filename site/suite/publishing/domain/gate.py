"""The one gate: nothing becomes visible to the public without a clearance for exactly that content."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from suite.publishing import PublicationRefused
from suite.publishing.digest import PAGE_CONTENT, bookkeeping, digest
from suite.publishing.models import Clearance, PublishedPage

from .content_checks import require_fit


def before_save(page: PublishedPage, update_fields: Collection[str] | None) -> None:
    """Let a save pass if it shows readers nothing new, or something that was cleared; called inside its transaction.

    Raises `PublicationRefused`. The clearance that opens the gate is used up.
    """
    unseen = bookkeeping(type(page)) - {"live"}
    if update_fields is not None and set(update_fields) <= unseen:
        return
    stored = type(page)._base_manager.filter(pk=page.pk).first() if page.pk else None
    after = page if update_fields is None else _after_partial_save(page, stored, update_fields)
    if not after.live:
        return
    if stored is not None and stored.live and digest(stored) == digest(after):
        # Nothing new to see; if it is a new round that changed nothing, that round is over now.
        waiting = Clearance.objects.waiting().filter(page_id=page.pk, revision_id=after.live_revision_id)
        waiting.update(went_live_at=timezone.now())
        return
    if after.alias_of_id:
        _require_live_source(after)
    else:
        _use_clearance(after)


def before_base_save(page: Page, update_fields: Collection[str] | None) -> None:
    """The same for a `PublishedPage` saved as Wagtail's plain `Page`, which can't show its whole content."""
    names = set(PAGE_CONTENT | {"live"} if update_fields is None else update_fields)
    stored = Page._base_manager.filter(pk=page.pk).first()
    live_before = stored is not None and stored.live
    live_after = page.live if "live" in names else live_before
    changed = stored is None or any(getattr(page, name) != getattr(stored, name) for name in names & PAGE_CONTENT)
    if live_after and (changed or not live_before):
        raise PublicationRefused(_no_clearance(page), page)


def before_schedule(revision: Revision) -> None:
    """Raise `PublicationRefused` unless `revision`, about to be put on schedule, was cleared and is fit."""
    page = revision.as_object()
    _require_clearance(page, revision.pk)
    require_fit(page)


def _use_clearance(page: PublishedPage) -> None:
    clearance = _require_clearance(page, page.live_revision_id)
    require_fit(page)
    clearance.went_live_at = timezone.now()
    clearance.save(update_fields=["went_live_at"])


def _require_clearance(page: PublishedPage, revision_id: int | None) -> Clearance:
    clearance = None
    if page.pk and revision_id:
        given = Clearance.objects.select_for_update().waiting().filter(page_id=page.pk, revision_id=revision_id)
        clearance = given.order_by("-pk").first()
    if clearance is None:
        raise PublicationRefused(_no_clearance(page), page)
    if clearance.digest != digest(page):
        raise PublicationRefused(
            _("“%(title)s” was changed after it was approved, so it does not go live: submit it again.")
            % {"title": page.title},
            page,
        )
    return clearance


def _no_clearance(page: Any) -> str:
    return _(
        "“%(title)s” does not go live: nobody publishes directly. Submit it; it goes live when one person has "
        "checked it and another has approved it."
    ) % {"title": page.title}


def _after_partial_save(page: PublishedPage, stored: PublishedPage | None, names: Collection[str]) -> PublishedPage:
    """`page` as it will stand in the database: `stored` with the named fields and child relations of `page`."""
    if stored is None:
        return page
    after = type(page)._base_manager.get(pk=page.pk)
    for name in names:
        attribute = getattr(type(page)._meta.get_field(name), "attname", name)
        value = getattr(page, attribute)
        setattr(after, attribute, list(value.all()) if hasattr(value, "all") else value)
    return after


def _require_live_source(alias: PublishedPage) -> None:
    source = Page.objects.get(pk=alias.alias_of_id).specific
    if not source.live:
        raise PublicationRefused(
            _("“%(title)s” stands in for a page that is not live: publish that page first.") % {"title": alias.title},
            alias,
        )
    if digest(source, without={"slug"}) != digest(alias, without={"slug"}):
        raise PublicationRefused(
            _("“%(title)s” stands in for another page and shows just what that one shows: change it there.")
            % {"title": alias.title},
            alias,
        )
