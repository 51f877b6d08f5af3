"""A guide that goes live becomes a version; what the search finds it by may stand in other rows."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import page_published

from search.indexing import index_objects

from .domain.versions import record_version
from .models import GuidePage, LifeEvent


@receiver(page_published, sender=GuidePage)
def keep_version(sender: type[GuidePage], instance: GuidePage, **kwargs: Any) -> None:
    record_version(instance)


@receiver(page_published, sender=GuidePage)
def find_successor_by_old_name(sender: type[GuidePage], instance: GuidePage, **kwargs: Any) -> None:
    if instance.replaced_by_id:
        _index_again([instance.replaced_by_id])


@receiver(post_save, sender=LifeEvent)
def find_guides_by_new_words(sender: type[LifeEvent], instance: LifeEvent, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        _index_again(list(GuidePage.objects.filter(life_events=instance).values_list("pk", flat=True)))


def _index_again(keys: list[int]) -> None:
    if keys:
        transaction.on_commit(partial(index_objects, "guides", "guidepage", keys))
