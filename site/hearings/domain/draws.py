"""The draw of a hearing: who takes part in it, and what it came to. `suite.draw` knows how to draw."""

from hearings.models import Hearing, Representative
from organisation.domain.queries import standing
from suite.draw.domain import draws_of, selected, waiting_list
from suite.draw.enums import OPEN, DrawState
from suite.draw.listing import Candidate, Rules
from suite.draw.models import Draw
from suite.privacy import masked
from suite.slips.people import name_key

from .seats import Share, shares
from .settings import hearings_settings

# What suite.draw calls the hearing; the key is its primary key, that of a candidate the representative's.
DRAW_KIND = "hearing"


def draw_under_way(hearing: Hearing) -> Draw | None:
    """The draw of this hearing that is neither drawn nor void."""
    return draws_of(DRAW_KIND, hearing.pk).filter(state__in=OPEN).first()


def draw_that_counts(hearing: Hearing) -> Draw | None:
    """The last draw that was carried out; None while another one is under way."""
    if draw_under_way(hearing):
        return None
    return draws_of(DRAW_KIND, hearing.pk).filter(state=DrawState.DRAWN).last()


def list_is_closed(hearing: Hearing) -> bool:
    """Whether the list of a draw is published whose outcome has not been taken over: nobody is added to it."""
    under_way = draw_under_way(hearing)
    if under_way:
        return under_way.frozen_at is not None
    drawn = draw_that_counts(hearing)
    keys = {one.key for one in drawn.people} if drawn else set()
    return any(str(one.pk) in keys for share in shares(hearing) for one in share.applied)


def line_of(hearing: Hearing, share: Share) -> list[Representative] | None:
    """The village's volunteers in the order of the draw; None where no draw holds all of them."""
    draw = draw_that_counts(hearing)
    if draw is None:
        return None
    place = {key: number for number, key in enumerate([*selected(draw), *waiting_list(draw)])}
    if any(str(one.pk) not in place for one in share.applied):
        return None
    return sorted(share.applied, key=lambda one: place[str(one.pk)])


def candidates_of(hearing: Hearing) -> tuple[list[Candidate], Rules]:
    """Who is drawn for which seats: the volunteers of every village that has more of them than seats left."""
    rest = hearings_settings().rest_draws
    drawn_before = _drawn_before(hearing, rest)
    people, seats = [], {}
    for share in shares(hearing):
        if share.needs_draw:
            seats[str(share.village)] = share.for_applied
            people += [
                Candidate(str(one.pk), masked(one.name), str(share.village), _last(one, drawn_before))
                for one in share.applied
            ]
    return people, Rules(sum(seats.values()), seats, rest)


def _drawn_before(hearing: Hearing, rest: int) -> list[set[object]]:
    """Who was drawn in the last `rest` hearings that held a draw, the last one first; known by phone, and by name and
    village."""
    found: list[set[object]] = []
    seen: set[str] = set()
    earlier = Draw.objects.filter(subject_kind=DRAW_KIND, state=DrawState.DRAWN).exclude(subject_key=str(hearing.pk))
    for draw in earlier.order_by("-drawn_at", "-pk"):
        if len(found) == rest:
            break
        if draw.subject_key not in seen:
            seen.add(draw.subject_key)
            people = Representative.objects.filter(pk__in=selected(draw)).select_related("village__merged_into")
            found.append({mark for one in people for mark in _marks(one)})
    return found


def _last(one: Representative, drawn_before: list[set[object]]) -> int:
    return next((ago for ago, marks in enumerate(drawn_before, 1) if marks & _marks(one)), 0)


def _marks(one: Representative) -> set[object]:
    return {one.phone, (name_key(one.name), standing(one.village).pk if one.village else None)}
