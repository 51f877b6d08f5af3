"""When a file is saved, hidden or deleted, what is found by it follows."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import CollectionViewRestriction

from search.attachments import tasks, working
from search.attachments.texts import pages_linking


def connect() -> None:
    """Listen to documents, and to who may see collections."""
    model = get_document_model()
    post_save.connect(on_save, sender=model)
    pre_delete.connect(before_delete, sender=model)
    post_delete.connect(on_delete, sender=model)
    for signal in (post_save, post_delete):
        signal.connect(on_restriction, sender=CollectionViewRestriction)


def on_save(instance: AbstractDocument, raw: bool = False, **kwargs: Any) -> None:
    """A new or replaced file is read; one that went into another collection may be hidden now, or open."""
    if raw:
        return
    if working.note(instance):
        tasks.read_file.enqueue(instance.pk)
    if working.out_of_step().exists():
        tasks.bring_into_step.enqueue()


def before_delete(instance: AbstractDocument, **kwargs: Any) -> None:
    """Which pages link the file is known until then."""
    instance._linked_by = pages_linking([instance.pk])


def on_delete(instance: AbstractDocument, **kwargs: Any) -> None:
    """Its pages are no longer found by it."""
    if pages := getattr(instance, "_linked_by", []):
        tasks.index_pages.enqueue(pages)


def on_restriction(raw: bool = False, **kwargs: Any) -> None:
    """Files became private, or open."""
    if not raw and working.out_of_step().exists():
        tasks.bring_into_step.enqueue()
