"""Pages that go live, or are taken down, move the record they point to."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import GroupPagePermission
from wagtail.signals import page_published, page_unpublished

from suite.draw.models import Draw
from suite.publishing.models import Clearance
from suite.roles.domain import group
from suite.signals import draw_held

from .domain.draws import DRAW_KIND
from .domain.lifecycle import hearings, notices, representatives
from .models import Hearing, HearingIndexPage, HearingNoticePage, MinutesPage


@receiver(page_published, sender=HearingNoticePage)
def notice_is_public(instance: HearingNoticePage, **kwargs: Any) -> None:
    notices.page_went_live(instance, _who_cleared(instance))


@receiver(page_unpublished, sender=HearingNoticePage)
def notice_is_gone(instance: HearingNoticePage, **kwargs: Any) -> None:
    notices.page_went_down(instance)


@receiver(draw_held)
def draw_is_in_time(draw: Draw, **kwargs: Any) -> None:
    """Nobody draws for seats that are given already."""
    if draw.subject_kind == DRAW_KIND:
        representatives.require_drawable(Hearing.objects.get(pk=draw.subject_key))


@receiver(page_published, sender=MinutesPage)
def minutes_are_public(instance: MinutesPage, **kwargs: Any) -> None:
    hearings.publish_minutes(instance, _who_cleared(instance))


def _who_cleared(page: Any) -> Any:
    clearance = Clearance.objects.filter(page_id=page.pk).used().first()
    return clearance.approved_by if clearance else None


@receiver(post_save, sender=HearingIndexPage)
def office_writes_below(instance: HearingIndexPage, created: bool, **kwargs: Any) -> None:
    """The efficiency office writes and hands in what stands below the section; others check and approve it."""
    if created:
        for codename in ("add", "change"):
            GroupPagePermission.objects.get_or_create(
                group=group("efficiency_office"), page=instance, permission=page_permission(codename)
            )


def page_permission(verb: str) -> Permission:
    return Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{verb}_page")
