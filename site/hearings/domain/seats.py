"""Seats and who wants them, village by village. A merged village counts as the one it lives on in."""

from collections import defaultdict
from dataclasses import dataclass, field

from hearings.enums import SeatState, Way
from hearings.models import Hearing, Representative
from organisation.domain.queries import standing
from organisation.models import Unit


@dataclass
class Share:
    """One village's seats and volunteers; ``waiting`` in the order of the list."""

    village: Unit
    seats: int = 0
    applied: list[Representative] = field(default_factory=list)
    seated: list[Representative] = field(default_factory=list)
    waiting: list[Representative] = field(default_factory=list)

    @property
    def free(self) -> int:
        """Seats nobody sits on."""
        return max(0, self.seats - len(self.seated))

    @property
    def for_applied(self) -> int:
        """Seats that are left when those who already wait have moved up."""
        return max(0, self.free - len(self.waiting))

    @property
    def needs_draw(self) -> bool:
        """Whether more have signed up than seats are left for them. Where none is left, they wait in the order in
        which they signed up: there is nothing to draw for."""
        return len(self.applied) > self.for_applied > 0


def shares(hearing: Hearing) -> list[Share]:
    """Every village with seats or volunteers, in the order of the seats."""
    found: dict[int, Share] = {}

    def share(village: Unit) -> Share:
        village = standing(village)
        return found.setdefault(village.pk, Share(village))

    for quota in hearing.quotas.select_related("village__merged_into"):
        share(quota.village).seats += quota.seats
    volunteers = Representative.objects.filter(hearing=hearing, way=Way.VOLUNTEER).select_related(
        "village__merged_into"
    )
    kinds = {SeatState.APPLIED: "applied", SeatState.SEATED: "seated", SeatState.WAITING: "waiting"}
    for one in volunteers.filter(state__in=kinds).order_by("place_in_line", "pk"):
        if one.village:
            getattr(share(one.village), kinds[SeatState(one.state)]).append(one)
    return list(found.values())


def share_of(hearing: Hearing, village: Unit) -> Share:
    """The share of one village; an empty one where it has neither seats nor volunteers."""
    pk = standing(village).pk
    return next((share for share in shares(hearing) if share.village.pk == pk), Share(standing(village)))


def invited_taken(hearing: Hearing) -> int:
    """Invited seats that are given or offered."""
    offered = hearing.representatives.filter(way=Way.INVITED, state__in=(SeatState.INVITED, SeatState.SEATED))
    return offered.count()


def representatives_of(hearing: Hearing) -> list[Representative]:
    """Those who have a seat, villages first, invited ones last."""
    seated = defaultdict(list)
    for one in hearing.representatives.filter(state=SeatState.SEATED).select_related("village"):
        seated[one.way].append(one)
    return [*seated[Way.VOLUNTEER], *seated[Way.INVITED]]
