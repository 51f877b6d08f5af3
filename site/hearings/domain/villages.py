"""Whose village it is."""

from typing import Any

from hearings.permissions import DECIDE, RUN
from organisation.domain.queries import standing, villages_of
from organisation.models import Unit


def serves(user: Any, village: Unit | None) -> bool:
    """Whether `user` may act for the village: the efficiency office for all, others for those they serve.

    Where no village is named, everybody who may act at all may.
    """
    if village is None or user.has_perm(RUN) or user.has_perm(DECIDE):
        return True
    person = getattr(user, "person", None)
    return person is not None and villages_of(person).filter(pk=standing(village).pk).exists()
