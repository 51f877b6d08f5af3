"""Changes of state of a print pack; the work in between is in `packs.packing`."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from printing.models import Pack
from suite import audit
from suite.background.domain import held, queue
from suite.state import locked

# Long enough to print after a weekend, short enough that papers with yesterday's text do not lie about.
KEPT = timedelta(days=7)


@transaction.atomic
def order(pack: Pack, user: Any) -> Pack:
    """Save a new pack and queue its first turn."""
    pack.save()
    audit.record(pack, "printing.order_pack", user, papers=pack.total)
    return queue(pack)


@transaction.atomic
def finish(pack: Pack, whole: Path, pages: int) -> Pack:
    """Put the file `whole` into its place: the pack is ready. Raises TurnIsOver, and then the place is not touched."""
    pack = held(pack)
    pack.to_done()
    whole.replace(pack.file)
    pack.done, pack.pages = pack.total, pages
    _close(pack)
    audit.record(pack, "printing.finish_pack", None, printed=pack.total - len(pack.missing))
    return pack


@transaction.atomic
def fail(pack: Pack, message: str) -> Pack:
    """It cannot be made; `message` tells its owner why and what to do. Raises TurnIsOver."""
    pack = held(pack)
    pack.to_failed()
    pack.message = message
    _close(pack)
    audit.record(pack, "printing.fail_pack", None, reason=message)
    return pack


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


def take_from_desk(pack: Pack) -> None:
    """Its owner has it, or has seen what became of it: the desk stops showing it."""
    Pack.objects.filter(pk=pack.pk, taken_at=None).update(taken_at=timezone.now())


def _close(pack: Pack) -> None:
    pack.finished_at = timezone.now()
    pack.expires = pack.finished_at + KEPT
    pack.save()
