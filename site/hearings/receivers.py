"""Pages that go live, or are taken down, move the record they point to."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from suite.draw.models import Draw
from suite.publishing.models import Clearance
from suite.signals import draw_held

from .domain.draws import DRAW_KIND
from .domain.lifecycle import hearings, notices, representatives
from .models import Hearing, HearingNoticePage, MinutesPage


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
