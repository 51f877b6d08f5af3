"""The moment somebody opened the address of a QR code, kept on the server while they sign in and tap.

Signing in takes longer than a code lives. What counts is when the code was scanned: the server remembers that in the
visitor's own session, for `ARRIVAL`. The address alone is worth nothing to whoever it is sent to later.
"""

import datetime
from collections.abc import MutableMapping
from typing import Any

from django.utils import timezone

from training.domain.lifecycle.attendance import ARRIVAL
from training.models import Session

from . import codes
from .records import is_open, window_of

_KEY = "training_arrival"


def remember(visit: MutableMapping[str, Any], session: Session, token: str) -> None:
    """Keep the moment in ``visit`` (a Django session) if the token counts now; an earlier arrival is not prolonged."""
    now = timezone.now()
    new = arrived(visit, session, token) is None
    if new and is_open(window_of(session), now) and codes.counts(session, token, now):
        visit[_KEY] = {"session": session.pk, "token": token, "at": now.isoformat()}


def arrived(visit: MutableMapping[str, Any], session: Session, token: str) -> datetime.datetime | None:
    """When this token of this session was scanned; None where it was not, or too long ago."""
    kept = visit.get(_KEY)
    if not kept or (kept["session"], kept["token"]) != (session.pk, token):
        return None
    at = datetime.datetime.fromisoformat(kept["at"])
    return at if timezone.now() - at <= ARRIVAL else None


def forget(visit: MutableMapping[str, Any]) -> None:
    """Once it was used."""
    visit.pop(_KEY, None)
