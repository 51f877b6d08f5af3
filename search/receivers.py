"""When an object is saved or deleted, its index entry follows: by a background task, or with its batch."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from modelsearch import signal_handlers as library
from modelsearch.backends import get_search_backends
from modelsearch.index import get_indexed_models

from search import batch
from search.domain.lifecycle import order
from search.models import OfficeWord
from search.tasks import index_object


def take_over() -> None:
    """Listen instead of the library, which knows no batches and deletes before the commit."""
    for model in get_indexed_models():
        if getattr(model, "search_auto_update", True):
            post_save.disconnect(library.post_save_signal_handler, sender=model)
            post_delete.disconnect(library.post_delete_signal_handler, sender=model)
            post_save.connect(on_save, sender=model)
            post_delete.connect(on_delete, sender=model)
    post_save.connect(batch.note_references)
    post_save.connect(on_word, sender=OfficeWord)
    post_delete.connect(on_word, sender=OfficeWord)


def on_save(instance: Model, raw: bool = False, **kwargs: Any) -> None:
    """Index the object: once its batch is full, or by a task that waits for the commit like the object itself."""
    if raw:
        return
    running = batch.running()
    if running:
        running.note(instance)
    else:
        index_object.enqueue(instance._meta.app_label, str(instance._meta.model_name), str(instance.pk))


def on_delete(instance: Model, **kwargs: Any) -> None:
    """Take the object out of every index after the commit."""
    for backend in get_search_backends(with_auto_update=True):
        backend.delete(instance)


def on_word(instance: OfficeWord, **kwargs: Any) -> None:
    """Write the documents anew that hold a word which came or went."""
    order([instance.word])
