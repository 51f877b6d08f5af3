"""Many objects, few commits: for imports.

    with batched():
        for row in rows:
            page.save()

Meanwhile no background task is queued for a save (Wagtail queues two, for search and for references); the objects
are indexed and their references recorded by this process, some hundred at a time.
"""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from asgiref.local import Local
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.tasks import update_reference_index_task

from search.indexing import index_objects

# Objects in one commit of the index. Each commit is a part of the index that every search reads; a longer one
# keeps others from writing for longer.
SIZE = 500

# Objects written in one transaction: everybody else's forms wait for its end, so it lasts about a second.
PORTION = 8
# SQLite has no queue: whoever waits looks again every tenth of a second, and would never find the lock free.
PAUSE = 0.15

_local = Local()

Label = tuple[str, str]


class Batch:
    """What has been saved since the last commit of the index."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.objects: dict[Label, dict[Any, None]] = defaultdict(dict)
        self.references: dict[Label, dict[Any, None]] = defaultdict(dict)

    def note(self, obj: Model) -> None:
        """Remember an object to index; once enough are committed they are written."""
        self.objects[_label(obj)][obj.pk] = None
        transaction.on_commit(self._write_if_full)

    def note_references(self, obj: Model) -> None:
        """Remember an object whose references are to be recorded."""
        self.references[_label(obj)][obj.pk] = None

    def _write_if_full(self) -> None:
        if sum(map(len, self.objects.values())) >= self.size:
            self.write()

    def write(self) -> None:
        """Index what has gathered and record its references."""
        objects, self.objects = self.objects, defaultdict(dict)
        references, self.references = self.references, defaultdict(dict)
        for (app_label, model_name), pks in objects.items():
            index_objects(app_label, model_name, list(pks))
        for (app_label, model_name), pks in references.items():
            kept = apps.get_model(app_label, model_name)._base_manager.filter(pk__in=pks).values_list("pk", flat=True)
            rows = iter(list(kept))
            while portion := list(islice(rows, PORTION)):
                with transaction.atomic():
                    for pk in portion:
                        update_reference_index_task.call(app_label, model_name, str(pk))
                let_others_write()


def _label(obj: Model) -> Label:
    return obj._meta.app_label, str(obj._meta.model_name)


def let_others_write() -> None:
    """Called by an import between two transactions: time for those who wait to write, where there is one writer."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(PAUSE)


def running() -> Batch | None:
    """The batch that this thread is in."""
    return getattr(_local, "batch", None)


@contextmanager
def batched(size: int = SIZE) -> Iterator[None]:
    """Index the objects saved in this block ``size`` at a time, and what is left at its end.

    What was saved before an error or Ctrl-C is indexed all the same. A batch in a batch is part of the outer one.
    """
    if running():
        yield
        return
    batch = _local.batch = Batch(size)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        del _local.batch
        transaction.on_commit(batch.write)


def note_references(sender: type[Model], instance: Model, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of every save: within a batch, keeps what Wagtail would have queued."""
    batch = running()
    if batch and not raw and sender in ReferenceIndex.tracked_models:
        batch.note_references(instance)
