"""Moving a holiday moves every open clock, in the same transaction."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext as _

from .domain.lifecycle import recompute_open
from .models import CalendarDay, ClockSettings


@receiver([post_save, post_delete], sender=CalendarDay)
def calendar_changed(instance: CalendarDay, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        recompute_open(_("work calendar changed: %(day)s") % {"day": instance.date})


@receiver(post_save, sender=ClockSettings)
def settings_changed(raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        recompute_open(_("settings of time changed"))
