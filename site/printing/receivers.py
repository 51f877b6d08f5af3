"""A page that goes live anew is the next version of its papers from that day, even if nobody prints it."""

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from .domain.papers import record_next
from .domain.registry import printables
from .models import PaperVersion


@receiver(page_published)
def record_papers(instance: Page, **kwargs: Any) -> None:
    """Record the next version of those papers of the page that have been printed before."""
    kinds = [one.kind for one in printables().values() if one.model is not None and isinstance(instance, one.model)]
    if not kinds:
        return
    key = str(instance.pk)
    printed = PaperVersion.objects.filter(kind__in=kinds, key=key).values_list("kind", flat=True).distinct()
    for kind in printed.order_by("kind"):
        # Afterwards: a paper that cannot be made does not stop the page.
        transaction.on_commit(partial(record_next, kind, key), robust=True)
