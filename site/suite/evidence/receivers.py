"""A row that is deleted (the sample township's) takes its file with it."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from .domain.disk import delete_when_committed
from .models import Evidence


@receiver(post_delete, sender=Evidence)
def take_the_file_along(instance: Evidence, **kwargs: Any) -> None:
    if instance.file:
        delete_when_committed(str(instance.file.name))
