"""Changes of state of a print pack. Each turn of work has a number: only the turn in force may write.

A worker may be killed, or be given up while it only was slow: whoever comes back with an older number is told so.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from printing.enums import PackState
from printing.models import Pack
from suite import audit
from suite.state import locked

# Long enough to print after a weekend, short enough that papers with yesterday's text do not lie about.
KEPT = timedelta(days=7)
# A worker says every ten seconds that it lives (domain/pulse.py): six missed, and it does not.
SILENT = timedelta(seconds=60)
# A pack in the queue waits for other work; it is queued again only in case its task was lost. Twice is harmless.
QUEUED = timedelta(minutes=10)
# A document that ends the worker is left out after three times (domain/packing.py); this stops whatever else does.
MOST_REVIVALS = 10


class TurnIsOver(Exception):
    """This worker's turn has been taken from it: the pack was cancelled, or another worker was given it."""


@transaction.atomic
def order(pack: Pack, user: Any) -> Pack:
    """Save a new pack and queue its first turn."""
    pack.save()
    audit.record(pack, "printing.order_pack", user, papers=pack.total)
    _queue(pack)
    return pack


@transaction.atomic
def take_turn(key: int, turn: int) -> Pack | None:
    """The pack, now being printed by the caller; None when that turn is over, taken, or the pack is gone."""
    pack = Pack.objects.select_for_update().filter(pk=key, turn=turn).first()
    if pack is None or pack.state != PackState.WAITING:
        return None
    pack.to_running()
    pack.started_at = pack.started_at or timezone.now()
    pack.heartbeat = timezone.now()
    pack.save()
    return pack


@transaction.atomic
def give_back(pack: Pack, done: int) -> Pack:
    """End a turn before the pack is finished and queue the next one. Raises TurnIsOver."""
    pack = _mine(pack)
    pack.to_waiting()
    pack.done = done
    _next_turn(pack)
    return pack


@transaction.atomic
def finish(pack: Pack, whole: Path, pages: int) -> Pack:
    """Put the file `whole` into its place: the pack is ready. Raises TurnIsOver, and then the place is not touched."""
    pack = _mine(pack)
    pack.to_done()
    whole.replace(pack.file)
    pack.done, pack.pages = pack.total, pages
    _close(pack)
    audit.record(pack, "printing.finish_pack", None, printed=pack.total - len(pack.missing))
    return pack


@transaction.atomic
def fail(pack: Pack, message: str) -> Pack:
    """It cannot be made; `message` tells its owner why and what to do. Raises TurnIsOver."""
    return _fail(_mine(pack), message)


@transaction.atomic
def cancel(pack: Pack, user: Any) -> Pack:
    """Its owner does not want it any more. Raises ValidationError when it is finished already."""
    pack = locked(pack)
    if not pack.unfinished:
        raise ValidationError(_("This print pack is finished already: there is nothing to cancel."))
    pack.to_cancelled()
    _close(pack)
    audit.record(pack, "printing.cancel_pack", user, done=pack.done)
    return pack


@transaction.atomic
def revive(key: int, now: datetime) -> Pack | None:
    """Go on with a pack whose worker fell silent or whose task was lost, or give it up after MOST_REVIVALS.

    None when it is well, or gone.
    """
    pack = Pack.objects.select_for_update().filter(pk=key).first()
    if pack is None or not needs_reviving(pack, now):
        return None
    if pack.state == PackState.RUNNING:
        if pack.revived >= MOST_REVIVALS:
            return _fail(
                pack,
                _(
                    "The program ended %(times)d times while this pack was printed. Tell the system administrator, "
                    "and order the papers in smaller packs."
                )
                % {"times": pack.revived + 1},
            )
        pack.revived += 1
        pack.to_waiting()
    pack.heartbeat = now
    _next_turn(pack)
    return pack


def needs_reviving(pack: Pack, now: datetime) -> bool:
    """Whether nothing has been heard of it for longer than its state allows."""
    silence = {PackState.RUNNING: SILENT, PackState.WAITING: QUEUED}.get(PackState(pack.state))
    return silence is not None and pack.heartbeat <= now - silence


def take_from_desk(pack: Pack) -> None:
    """Its owner has it, or has seen what became of it: the desk stops showing it."""
    Pack.objects.filter(pk=pack.pk, taken_at=None).update(taken_at=timezone.now())


def _mine(pack: Pack) -> Pack:
    fresh = Pack.objects.select_for_update().filter(pk=pack.pk, turn=pack.turn).first()
    if fresh is None or fresh.state != PackState.RUNNING:
        raise TurnIsOver
    return fresh


def _fail(pack: Pack, message: str) -> Pack:
    pack.to_failed()
    pack.message = message
    _close(pack)
    audit.record(pack, "printing.fail_pack", None, reason=message)
    return pack


def _close(pack: Pack) -> None:
    pack.finished_at = timezone.now()
    pack.expires = pack.finished_at + KEPT
    pack.save()


def _next_turn(pack: Pack) -> None:
    pack.turn += 1
    pack.save()
    _queue(pack)


def _queue(pack: Pack) -> None:
    from printing.tasks import work_on_pack

    work_on_pack.enqueue(pack.pk, pack.turn)
