"""How far a piece of background work is, in words."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suite.background.models import BackgroundWork

# Above this, work that has not begun tells its owner whom to ask.
LONG_WAIT = timedelta(minutes=5)
_MINUTE = 60


def seconds_left(record: BackgroundWork, now: datetime) -> int | None:
    """About how long it will take, from how long it has taken so far; None before anything can be said."""
    if not record.unfinished or record.started_at is None or not record.done:
        return None
    so_far = max((now - record.started_at).total_seconds(), 1)
    return round(so_far / record.done * (record.total - record.done))


def progress_text(record: BackgroundWork, now: datetime) -> str:
    """One line on how far it is: “12 / 100, about 30 seconds left”; where it is finished, its state."""
    if not record.unfinished:
        return str(record.get_state_display())
    count = f"{record.done} / {record.total}"
    left = seconds_left(record, now)
    if left is not None:
        return _("%(count)s, about %(time)s left") % {"count": count, "time": _duration(left)}
    if not record.running and now - record.requested_at > LONG_WAIT:
        return _(
            "%(count)s, waiting for the background worker. Tell the system administrator if it stays like this."
        ) % {"count": count}
    return _("%(count)s, waiting for its turn") % {"count": count}


def _duration(seconds: int) -> str:
    if seconds >= _MINUTE:
        minutes = round(seconds / _MINUTE)
        return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    return ngettext("%(number)d second", "%(number)d seconds", seconds) % {"number": seconds}
