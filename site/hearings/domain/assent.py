"""How many of the representatives present agree to a conclusion, and whether that is enough (requirement H)."""

from dataclasses import dataclass

from django.db.models import Count, Q

from hearings.enums import ProblemState, SeatState
from hearings.models import Assent, Hearing, Problem

from .settings import hearings_settings

# More than half, whatever the settings hold.
_LEAST_PERCENT = 51


@dataclass(frozen=True)
class Assents:
    """``agreeing`` of ``present`` representatives; ``percent`` of them have to agree."""

    agreeing: int
    present: int
    percent: int


def assents_of(problem: Problem) -> Assents:
    """The recorded assents of those present; who said nothing, or is absent, does not agree."""
    there = problem.hearing.representatives.filter(state=SeatState.SEATED, present=True)
    agreed = Assent.objects.filter(problem=problem, agrees=True, representative__in=there)
    return Assents(agreed.count(), there.count(), _percent())


def enough(assents: Assents) -> bool:
    """Whether a conclusion may be declared; never without a representative."""
    return assents.present > 0 and assents.agreeing * 100 >= assents.percent * assents.present


def without_assent(hearing: Hearing) -> Problem | None:
    """A problem with a declared conclusion that, of those now present, too few agreed to; asked for all at once."""
    there = hearing.representatives.filter(state=SeatState.SEATED, present=True)
    present, percent = there.count(), _percent()
    agreed = Q(assents__agrees=True, assents__representative__in=there)
    declared = hearing.problems.filter(state=ProblemState.AGREED).annotate(agreeing=Count("assents", filter=agreed))
    found = (one for one in declared.order_by("number") if not enough(Assents(one.agreeing, present, percent)))
    return next(found, None)


def _percent() -> int:
    return max(_LEAST_PERCENT, hearings_settings().assent_percent)
