"""One hearing as its public page tells of it (requirement H). Fifteen queries at most, however many take part."""

import datetime
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.enums import AFTER_THE_SESSION, HearingState, ProblemState, SeatState
from hearings.models import Hearing, MinutesPage, Posting, Problem, Representative
from suite.draw.models import Draw
from suite.privacy import masked

from .pages import circulars_of, minutes_of
from .promises import PUBLIC_STATES, promises
from .sign_up import VillageSeats, village_seats, why_closed

# What a state looks like beside its word: see theme/type.css.
SHAPES = {
    HearingState.COLLECTING: "",
    HearingState.PLANNED: "",
    HearingState.NOTIFIED: "state-soon",
    HearingState.FIXED: "state-soon",
    HearingState.HELD: "state-done",
    HearingState.PUBLISHED: "state-done",
    HearingState.FOLLOWING: "state-soon",
    HearingState.CLOSED: "state-done",
    HearingState.POSTPONED: "state-urgent",
    HearingState.CANCELLED: "state-ended",
}


@dataclass(frozen=True)
class Names:
    """The masked names of those who speak for one village; of the invited ones who speak for none, their trade."""

    village: str
    names: list[str]


@dataclass
class ShownProblem:
    """A point of the agenda with what it came to and what was promised."""

    problem: Problem
    measures: list[Any] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """agreed, studied or '' while it has not been heard to the end."""
        return self.problem.state if self.problem.state != ProblemState.OPEN else ""


@dataclass(frozen=True)
class ShownHearing:
    """Everything the page shows. ``closed``: why nobody can sign up now, '' while it is open."""

    hearing: Hearing
    closed: str
    seats: list[VillageSeats]
    topics: list[tuple[str, str]]
    problems: list[ShownProblem]
    representatives: list[Names]
    waiting: list[Names]
    officers: list[tuple[str, str]]
    postings: list[Posting]
    draws: list[Draw]
    minutes: MinutesPage | None
    circulars: list[Any]

    @property
    def shape(self) -> str:
        return SHAPES[HearingState(self.hearing.state)]

    @property
    def is_over(self) -> bool:
        return self.hearing.state in AFTER_THE_SESSION

    @property
    def seated(self) -> int:
        return sum(len(row.names) for row in self.representatives)


def hearing_shown(hearing: Hearing, now: datetime.datetime | None = None) -> ShownHearing:
    """The hearing as everybody may see it. What was said and promised appears with the minutes, not before."""
    people = list(
        hearing.representatives.filter(state__in=[SeatState.SEATED, SeatState.WAITING]).select_related("village")
    )
    published = hearing.state in PUBLIC_STATES
    return ShownHearing(
        hearing=hearing,
        closed=why_closed(hearing, now or timezone.now()),
        # Each is asked for only while the page shows it.
        seats=[] if people or hearing.state in AFTER_THE_SESSION else village_seats(hearing),
        topics=[] if published else _topics(hearing),
        problems=_problems(hearing) if published else [],
        representatives=_names(people, SeatState.SEATED),
        waiting=_names(people, SeatState.WAITING),
        officers=[
            (officer.get_role_display(), officer.person.name) for officer in hearing.officers.select_related("person")
        ],
        postings=_postings(hearing),
        draws=list(Draw.objects.of("hearing", hearing.pk).public().defer("candidates", "rules", "result")),
        minutes=minutes_of(hearing) if published else None,
        circulars=circulars_of(hearing) if published else [],
    )


def _topics(hearing: Hearing) -> list[tuple[str, str]]:
    topics = hearing.topics.select_related("village").order_by("reported_at", "pk")
    return [(topic.title, topic.village.name) for topic in topics]


def _problems(hearing: Hearing) -> list[ShownProblem]:
    shown = {problem.pk: ShownProblem(problem) for problem in hearing.problems.select_related("village", "theme")}
    for measure in promises().filter(problem__hearing=hearing):
        shown[measure.problem_id].measures.append(measure)
    return list(shown.values())


def _postings(hearing: Hearing) -> list[Posting]:
    """Where the notice in force was hung or read out."""
    return list(Posting.objects.filter(notice__hearing=hearing, notice__replaced_at=None).select_related("village"))


def _names(people: list[Representative], state: str) -> list[Names]:
    rows = [person for person in people if person.state == state]
    return [Names(village, [masked(person.name) for person in group]) for village, group in groupby(rows, _speaks_for)]


def _speaks_for(person: Representative) -> str:
    return person.village.name if person.village else person.represents or _("invited")
