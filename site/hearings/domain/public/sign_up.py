"""Who can still sign up for what, in numbers that everybody may see (requirement H)."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.domain.draws import list_is_closed
from hearings.enums import TAKING_PART, HearingState, SeatState, Way
from hearings.models import Hearing
from organisation.domain.queries import standing
from organisation.models import Unit
from suite.theme.dates import in_list


@dataclass(frozen=True)
class VillageSeats:
    """The seats of one village: how many there are, who signed up for them, who has one, who waits."""

    village: Unit
    seats: int
    applied: int
    seated: int
    waiting: int

    @property
    def free(self) -> int:
        """Seats for which nobody has signed up yet."""
        return max(0, self.seats - self.applied)


def village_seats(hearing: Hearing) -> list[VillageSeats]:
    """Every village with seats, in the office's order. A merged village counts as the one it lives on in."""
    seats: dict[int, int] = {}
    villages: dict[int, Unit] = {}
    for quota in hearing.quotas.select_related("village__merged_into"):
        village = villages[quota.village_id] = standing(quota.village)
        villages[village.pk] = village
        seats[village.pk] = seats.get(village.pk, 0) + quota.seats
    rows = _counts(hearing)
    # Villages that lost their seats, or were merged after somebody had signed up.
    strange = {row["village"] for row in rows} - set(villages)
    for unit in Unit.objects.filter(pk__in=strange).select_related("merged_into"):
        villages[unit.pk] = standing(unit)
    found: dict[int, Counter[str]] = {pk: Counter() for pk in seats}
    for row in rows:
        where = villages[row.pop("village")].pk
        if where in found:
            found[where].update(row)
    return [
        VillageSeats(villages[pk], number, found[pk]["applied"], found[pk]["seated"], found[pk]["waiting"])
        for pk, number in seats.items()
    ]


def _counts(hearing: Hearing) -> list[dict[str, Any]]:
    in_state = {name: Q(state=state) for name, state in (("seated", SeatState.SEATED), ("waiting", SeatState.WAITING))}
    volunteers = hearing.representatives.filter(way=Way.VOLUNTEER, village__isnull=False, state__in=TAKING_PART)
    rows = (
        volunteers.order_by()
        .values("village")
        .annotate(applied=Count("pk"), **{name: Count("pk", filter=which) for name, which in in_state.items()})
    )
    return [dict(row) for row in rows]


def why_closed(hearing: Hearing, now: datetime.datetime | None = None) -> str:
    """Why nobody can sign up now, and what to do instead; "" while it is open."""
    if hearing.state == HearingState.POSTPONED:
        return _(
            "This hearing has been postponed, so nobody can sign up now. The new day will stand on this site, on the "
            "boards and in the village broadcast."
        )
    if hearing.state == HearingState.CANCELLED:
        return _("This hearing has been cancelled. Tell the liaison of your village what you want to see changed.")
    if hearing.state in (HearingState.COLLECTING, HearingState.PLANNED) or hearing.sign_up_until is None:
        return _(
            "Signing up begins when the hearing is announced here and on the village boards. Come back in some days."
        )
    if hearing.state == HearingState.NOTIFIED and hearing.sign_up_until > (now or timezone.now()):
        return (
            _("The list for the draw is published, so nobody can be added to it any more.")
            if list_is_closed(hearing)
            else ""
        )
    return _(
        "Sign-up ended at %(moment)s. If you want a problem to be heard all the same, tell the liaison of your village "
        "or call the office."
    ) % {"moment": in_list(hearing.sign_up_until)}
