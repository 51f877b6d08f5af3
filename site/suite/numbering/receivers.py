"""The prefix that an office enters among its settings becomes its first series."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.signals import post_save
from django.dispatch import receiver

from suite.theme.models import OfficeSettings

from .domain.lifecycle import keep_series
from .models import NumberSeries


@receiver(post_save, sender=OfficeSettings)
def first_series(instance: OfficeSettings, raw: bool, **kwargs: Any) -> None:
    """Only while there is no series at all: afterwards the register of series is where they are kept.

    Settings may hold a prefix that is none (石政发〔): that makes no series, and saves the settings all the same.
    """
    if raw or not instance.document_prefix or NumberSeries.objects.exists():
        return
    with suppress(ValidationError):
        keep_series(NumberSeries(prefix=instance.document_prefix.strip()), None)
