"""A guide that goes live becomes a version."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from .domain.versions import record_version
from .models import GuidePage


@receiver(page_published, sender=GuidePage)
def keep_version(sender: type[GuidePage], instance: GuidePage, **kwargs: Any) -> None:
    record_version(instance)
