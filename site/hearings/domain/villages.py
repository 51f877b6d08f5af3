"""Villages that were merged meanwhile go on as the one they were merged into."""

from typing import Any

from django.utils import timezone

from hearings.permissions import DECIDE, RUN
from organisation.domain.queries import villages_of
from organisation.models import Unit


def standing(village: Unit) -> Unit:
    """The village itself, or the one it lives on in today."""
    seen = {village.pk}
    while not village.exists_on(timezone.localdate()) and village.merged_into and village.merged_into_id not in seen:
        village = village.merged_into
        seen.add(village.pk)
    return village


def serves(user: Any, village: Unit | None) -> bool:
    """Whether `user` may act for the village: the efficiency office for all, others for those they serve.

    Where no village is named, everybody who may act at all may.
    """
    if village is None or user.has_perm(RUN) or user.has_perm(DECIDE):
        return True
    person = getattr(user, "person", None)
    return person is not None and villages_of(person).filter(pk=standing(village).pk).exists()
