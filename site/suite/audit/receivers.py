"""What is written in the log stays as it was written."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, PageLogEntry


@receiver(pre_save, sender=ModelLogEntry)
@receiver(pre_save, sender=PageLogEntry)
def refuse_to_rewrite(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Entries are added, never changed."""
    if not instance._state.adding and not raw:
        raise ValidationError(_("The audit log is never changed: add an entry that sets it right."))


@receiver(pre_delete, sender=ModelLogEntry)
@receiver(pre_delete, sender=PageLogEntry)
def refuse_to_erase(**kwargs: Any) -> None:
    """Entries are never deleted."""
    raise ValidationError(_("The audit log is never deleted."))
