"""All public hearings under one section: the next one, the others to come, those that are over."""

from collections.abc import Iterable
from dataclasses import dataclass

from hearings.enums import AFTER_THE_SESSION, BEFORE_THE_SESSION, HearingState
from hearings.models import Hearing, HearingNoticePage

from .shown import SHAPES


@dataclass(frozen=True)
class Line:
    """One hearing in a list: the record and where its page is."""

    hearing: Hearing
    address: str

    @property
    def shape(self) -> str:
        return SHAPES[HearingState(self.hearing.state)]


@dataclass(frozen=True)
class Overview:
    """``coming``: soonest first; ``stopped``: postponed or cancelled; ``past``: latest first."""

    coming: list[Line]
    stopped: list[Line]
    past: list[Line]


def overview(pages: Iterable[HearingNoticePage], request: object = None) -> Overview:
    """The hearings of these notice pages (newest first, with their hearing), each once.

    Notice pages are few for an office, some a year: they are sorted here, not in the database.
    """
    lines: dict[int, Line] = {}
    for page in pages:
        lines.setdefault(page.hearing_id, Line(page.hearing, page.get_url(request) or ""))
    all_lines = list(lines.values())
    coming = [line for line in all_lines if line.hearing.state in (HearingState.COLLECTING, *BEFORE_THE_SESSION)]
    stopped = [line for line in all_lines if line.hearing.state in (HearingState.POSTPONED, HearingState.CANCELLED)]
    past = [line for line in all_lines if line.hearing.state in AFTER_THE_SESSION]
    return Overview(
        sorted(coming, key=lambda line: (line.hearing.starts_at is None, line.hearing.starts_at, line.hearing.pk)),
        _latest_first(stopped),
        _latest_first(past),
    )


def _latest_first(lines: list[Line]) -> list[Line]:
    return sorted(
        lines,
        key=lambda line: (line.hearing.starts_at is not None, line.hearing.starts_at, line.hearing.pk),
        reverse=True,
    )
