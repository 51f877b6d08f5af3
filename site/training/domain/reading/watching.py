"""When a video counts as watched (requirement Q): a rule for the server, and a stricter one for the player's script.

For everybody half of the video's length has to have passed since they first opened its page: players offer double
speed. Where scripts run, the page hands in that it was watched only once its parts that were played cover it; what was
played is kept from one visit to the next. A video that does not say how long it lasts counts at the end of its page.
"""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.utils import timezone

from organisation.models import Person
from training.models import MaterialVersion, SheetShown

from .parts import VIDEO
from .shown import note, parts_of, proves

_SALT = "training.reading.video"
# Players end a little early: so many seconds need not have been played, of a short one less.
_MISSED, _SHARE_MISSED = 3, 0.1
# Parts that lie nearer together than this are one.
_TOUCHING = 0.5
_LONGEST_TOLD = 20_000

Part = tuple[float, float]


@dataclass(frozen=True)
class Watched:
    """``percent`` of the video that was played; ``wait``: seconds until it may count, None where it was never opened;
    ``parts``: what was played, [from, to] in seconds; ``whole``: nearly all of it was."""

    percent: int
    wait: int | None
    parts: list[Part]
    whole: bool

    @property
    def counts(self) -> bool:
        """Whether it was played from beginning to end, and long enough ago was it opened."""
        return self.whole and self.wait == 0


def opened(person: Person, version: MaterialVersion) -> None:
    """The person looks at the page with the video; the first time counts."""
    if VIDEO not in parts_of(version):
        return
    if SheetShown.objects.filter(person=person, version=version, opened_at__isnull=False).exists():
        return
    with transaction.atomic():
        row = _row(person, version)
        row.opened_at = row.opened_at or timezone.now()
        row.save(update_fields=["opened_at"])


def seconds_of(version: MaterialVersion) -> int:
    """How long the video lasts; 0 where it does not say so."""
    return (version.video.seconds or 0) if version.video is not None else 0


def watched(person: Person, version: MaterialVersion) -> Watched:
    """How far the person has come with the version's video."""
    row = SheetShown.objects.filter(person=person, version=version).first()
    return _told(row or SheetShown(), version)


def token(person: Person, version: MaterialVersion) -> str:
    """What the page with the video hands in, for this person and version."""
    return signing.dumps([person.pk, version.pk], salt=_SALT)


def note_played(person: Person, version: MaterialVersion, given: str, played: str) -> Watched | None:
    """The player's script says what was played: `played` is JSON, [[from, to], …] in seconds; `given`, the token.

    It is kept, and the video counts once what was played covers it and half of its length has passed. Returns how far
    the person has come; None where the token is not theirs. What is not understood is passed over.
    """
    if VIDEO not in parts_of(version) or not proves(given, person, version, _SALT):
        return None
    with transaction.atomic():
        row = _row(person, version)
        row.opened_at = row.opened_at or timezone.now()
        row.watched = merged([*row.watched, *_read(played, seconds_of(version))])
        row.save(update_fields=["opened_at", "watched"])
    found = _told(row, version)
    if found.counts:
        note(person, version, VIDEO)
    return found


def note_watched(person: Person, version: MaterialVersion, given: str) -> None:
    """The page hands in the token: it counts where half of the video's length has passed, else it is passed over."""
    if proves(given, person, version, _SALT) and watched(person, version).wait == 0:
        note(person, version, VIDEO)


def merged(parts: Iterable[Sequence[float]]) -> list[Part]:
    """The same parts in order, what overlaps or nearly touches as one."""
    found: list[Part] = []
    for start, end in sorted((one[0], one[1]) for one in parts):
        if found and start <= found[-1][1] + _TOUCHING:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _row(person: Person, version: MaterialVersion) -> SheetShown:
    row, _new = SheetShown.objects.select_for_update().get_or_create(person=person, version=version)
    return row


def _told(row: SheetShown, version: MaterialVersion) -> Watched:
    length = seconds_of(version)
    parts = merged(row.watched)
    played = sum(end - start for start, end in parts)
    whole = length > 0 and played >= length - min(_MISSED, length * _SHARE_MISSED)
    percent = 100 if whole else int(played * 100 / length) if length else 0
    return Watched(percent, _wait(row.opened_at, length), parts, whole)


def _wait(opened_at: datetime.datetime | None, length: int) -> int | None:
    """Seconds until half of the length has passed."""
    if opened_at is None:
        return None
    passed = (timezone.now() - opened_at).total_seconds()
    return max(0, math.ceil(length / 2 - passed))


def _read(played: str, length: int) -> list[Part]:
    """The parts as the script tells them; nothing where it is no list of pairs within the video."""
    if len(played) > _LONGEST_TOLD:
        return []
    try:
        told = json.loads(played)
        parts = [(float(start), float(end)) for start, end in told]
    except (ValueError, TypeError, OverflowError, RecursionError):
        return []
    # A player may count a moment more than the file says.
    if not all(0 <= start <= end <= length + 1 for start, end in parts):
        return []
    return [(round(start, 1), round(end, 1)) for start, end in parts]
