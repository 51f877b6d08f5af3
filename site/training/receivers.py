"""What follows when something of training goes live."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from .domain.materials.versions import record_version
from .models import MaterialPage


@receiver(page_published, sender=MaterialPage)
def keep_version(sender: type[MaterialPage], instance: MaterialPage, **kwargs: Any) -> None:
    record_version(instance)
