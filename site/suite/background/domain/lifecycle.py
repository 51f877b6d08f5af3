"""Who may work on a record of background work, and what happens to it between two turns."""

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from suite.background import BackgroundJob
from suite.background.models import BackgroundWork
from suite.hooks import collect

from .turn import Turn, TurnIsOver, in_force

logger = logging.getLogger(__name__)
# A worker says every ten seconds that it lives (turn.py): six missed, and it does not.
SILENT = timedelta(seconds=60)
# One in the queue waits for other work; it is queued again only in case its task was lost. Twice is harmless.
QUEUED = timedelta(minutes=10)
# So often a worker may die of one record before it is given up.
MOST_REVIVALS = 10

Record = TypeVar("Record", bound=BackgroundWork)


@transaction.atomic
def queue(record: Record) -> Record:
    """Save `record` and hand it to the worker. Call it on a new record, or on one that is locked."""
    record.turn += 1
    record.running = False
    record.heartbeat = timezone.now()
    record.save()
    _enqueue(record)
    return record


@transaction.atomic
def take(model: type[Record], key: int, turn: int) -> Record | None:
    """The record, now being worked on by the caller; None when that turn is over or taken, or the record is gone."""
    waiting = model._default_manager.select_for_update().filter(state__in=model.at_work, running=False)
    record = waiting.filter(pk=key, turn=turn).first()
    if record is None:
        return None
    record.running = True
    record.started_at = record.started_at or timezone.now()
    record.heartbeat = timezone.now()
    record.save(update_fields=["running", "started_at", "heartbeat"])
    return record


def held(record: Record) -> Record:
    """`record` read again under a row lock, with what its turn reported, for what the worker does in a transaction.

    Raises TurnIsOver when the turn has been taken from it, or the work was ended by somebody else.
    """
    fresh = in_force(record).select_for_update().first()
    if fresh is None:
        raise TurnIsOver
    for name, value in record.unwritten.items():
        setattr(fresh, name, value)
    return fresh


def work_on(model: type[BackgroundWork], key: int, turn: int) -> None:
    """One turn of work. A turn that is over, or belongs to another worker, is no error and does nothing."""
    job = job_of(model)
    record = take(model, key, turn)
    if record is None:
        return
    try:
        with Turn(record) as current:
            job.work(record, current)
    except TurnIsOver:
        return
    except DatabaseError:
        # It falls silent and is gone on with: what is done stays.
        raise
    except ValidationError as refusal:
        _fail(job, record, " ".join(refusal.messages))
    except Exception:
        logger.exception("%s %s could not be worked on", model._meta.label, key)
        _fail(job, record, str(job.trouble))
    else:
        _end_turn(record)


@transaction.atomic
def revive(job: BackgroundJob, key: int, now: datetime) -> None:
    """Go on with a record whose worker fell silent or whose task was lost, or give it up after MOST_REVIVALS."""
    record = silent(job.model, now).select_for_update().filter(pk=key).first()
    if record is None:
        return
    if record.running and record.revived >= MOST_REVIVALS:
        text = _(
            "The program ended %(times)d times while it was at work on this. Tell the system administrator, and try "
            "less at a time."
        )
        _fail(job, record, text % {"times": record.revived + 1})
        return
    record.revived += record.running
    queue(record)


def silent(model: type[Record], now: datetime) -> QuerySet[Record]:
    """Unfinished records of which nothing has been heard for too long."""
    dead = Q(running=True, heartbeat__lte=now - SILENT) | Q(running=False, heartbeat__lte=now - QUEUED)
    return model._default_manager.filter(dead, state__in=model.at_work)


def job_of(model: type[BackgroundWork]) -> BackgroundJob:
    """How records of that model are worked on. Raises LookupError where no plugin says it."""
    job = next((job for job in collect("background_work") if job.model is model), None)
    if job is None:
        raise LookupError(f"no BackgroundJob for {model._meta.label}")
    return job


@transaction.atomic
def _end_turn(record: BackgroundWork) -> None:
    fresh: Any = type(record)._default_manager.select_for_update().filter(pk=record.pk, turn=record.turn).first()
    if fresh is None:
        return
    if fresh.unfinished:
        queue(fresh)
    else:
        fresh.running = False
        fresh.save(update_fields=["running"])


def _fail(job: BackgroundJob, record: BackgroundWork, message: str) -> None:
    with suppress(TurnIsOver):
        job.fail(record, message)
    type(record)._default_manager.filter(pk=record.pk, turn=record.turn).update(running=False)


def _enqueue(record: BackgroundWork) -> None:
    from suite.background.tasks import do_turn

    do_turn.enqueue(record._meta.label_lower, record.pk, record.turn)
