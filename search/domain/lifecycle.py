"""Changes of state of a re-indexing; the work in between is in `rewriting`."""

from collections.abc import Iterable

from django.db import transaction

from search.models import Reindexing
from suite.background.domain import held, queue


@transaction.atomic
def order(words: Iterable[str]) -> Reindexing:
    """Have the documents that hold these words written anew, by the re-indexing that is under way if there is one."""
    running = Reindexing.objects.select_for_update().filter(state__in=Reindexing.at_work).first()
    if running is None:
        return queue(Reindexing(words=sorted(words)))
    running.words = sorted({*running.words, *words})
    running.save(update_fields=["words"])
    return running


@transaction.atomic
def finish(record: Reindexing) -> Reindexing:
    """All documents are cut by the words of now; goes on where words came while this was found out.

    Raises TurnIsOver.
    """
    fresh = held(record)
    if set(fresh.words) <= set(record.words):
        fresh.to_done()
        fresh.place = {}
    fresh.save()
    return fresh


@transaction.atomic
def fail(record: Reindexing, message: str) -> Reindexing:
    """It can't go on; the tick begins another one. Raises TurnIsOver."""
    fresh = held(record)
    fresh.to_failed()
    fresh.message = message
    fresh.save()
    return fresh
