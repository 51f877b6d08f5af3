"""What screens and the tick ask about print packs."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from printing.domain.lifecycle import needs_reviving
from printing.enums import UNFINISHED, PackState
from printing.models import Pack
from printing.models.packs import packs_folder

# Above this, a pack that has not begun tells its owner whom to ask.
LONG_WAIT = timedelta(minutes=5)
_MINUTE = 60
_FOLDER = re.compile("[0-9a-f]{32}")


def packs_of(user: Any) -> QuerySet[Pack]:
    """The packs this person ordered, newest first; nobody else's."""
    return Pack.objects.filter(requested_by=user)


def on_the_desk(user: Any) -> QuerySet[Pack]:
    """Packs that are ready, or could not be made, and that their owner has not taken yet."""
    ended = packs_of(user).filter(state__in=(PackState.DONE, PackState.FAILED), taken_at=None)
    return ended.filter(expires__gt=timezone.now()).order_by("finished_at")


def silent(now: datetime) -> list[Pack]:
    """Unfinished packs of which nothing has been heard for too long."""
    return [pack for pack in Pack.objects.filter(state__in=UNFINISHED) if needs_reviving(pack, now)]


def expired(now: datetime) -> QuerySet[Pack]:
    """Packs whose time is over and whose files are still there."""
    there = [folder.name for folder in packs_folder().iterdir()] if packs_folder().is_dir() else []
    return Pack.objects.filter(folder_name__in=[name for name in there if _FOLDER.fullmatch(name)], expires__lte=now)


def seconds_left(pack: Pack, now: datetime) -> int | None:
    """About how long it will take, from how long it has taken so far; None before anything can be said."""
    if not pack.unfinished or pack.started_at is None or not pack.done:
        return None
    so_far = max((now - pack.started_at).total_seconds(), 1)
    return round(so_far / pack.done * (pack.total - pack.done))


def progress_text(pack: Pack, now: datetime) -> str:
    """One line on how far it is: “12 / 100, about 30 seconds left”."""
    if pack.state == PackState.DONE:
        return ngettext("%(pages)d page in one file", "%(pages)d pages in one file", pack.pages) % {"pages": pack.pages}
    if not pack.unfinished:
        return str(pack.get_state_display())
    count = f"{pack.done} / {pack.total}"
    if pack.done == pack.total:
        return _("%(count)s, now being put together") % {"count": count}
    left = seconds_left(pack, now)
    if left is not None:
        return _("%(count)s, about %(time)s left") % {"count": count, "time": _duration(left)}
    if now - pack.requested_at > LONG_WAIT:
        return _(
            "%(count)s, waiting for the background worker. Tell the system administrator if it stays like this."
        ) % {"count": count}
    return _("%(count)s, waiting for its turn") % {"count": count}


def _duration(seconds: int) -> str:
    if seconds >= _MINUTE:
        minutes = round(seconds / _MINUTE)
        return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    return ngettext("%(number)d second", "%(number)d seconds", seconds) % {"number": seconds}
