"""Pages that go live, or are taken down, move the record they point to."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from suite.publishing.models import Clearance

from .domain.lifecycle import hearings, notices
from .models import HearingNoticePage, MinutesPage


@receiver(page_published, sender=HearingNoticePage)
def notice_is_public(instance: HearingNoticePage, **kwargs: Any) -> None:
    notices.page_went_live(instance, _who_cleared(instance))


@receiver(page_unpublished, sender=HearingNoticePage)
def notice_is_gone(instance: HearingNoticePage, **kwargs: Any) -> None:
    notices.page_went_down(instance)


@receiver(page_published, sender=MinutesPage)
def minutes_are_public(instance: MinutesPage, **kwargs: Any) -> None:
    hearings.publish_minutes(instance, _who_cleared(instance))


def _who_cleared(page: Any) -> Any:
    clearance = Clearance.objects.filter(page_id=page.pk).used().first()
    return clearance.approved_by if clearance else None
