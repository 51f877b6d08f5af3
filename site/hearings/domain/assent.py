"""How many of the representatives present agree to a conclusion, and whether that is enough (requirement H)."""

from dataclasses import dataclass

from hearings.enums import SeatState
from hearings.models import Assent, Problem

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
    percent = max(_LEAST_PERCENT, hearings_settings().assent_percent)
    return Assents(agreed.count(), there.count(), percent)


def enough(assents: Assents) -> bool:
    """Whether a conclusion may be declared; never without a representative."""
    return assents.present > 0 and assents.agreeing * 100 >= assents.percent * assents.present
