"""The longest way through steps that may lead back (requirement E)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

# So many places to go on from are looked at; a procedure that winds more than this is measured by all its steps.
MOST_PLACES = 5_000


class _TooWinding(Exception):
    pass


def longest_way(
    start: str, onward: Mapping[str, Sequence[str]], takes: Mapping[str, Decimal]
) -> tuple[Decimal, tuple[str, ...]]:
    """The days of the longest way from ``start`` that goes no step twice, and its steps.

    ``onward``: the steps that each leads to; ``takes``: the days of each, none for those that are not in it. Where
    there are too many ways to try, all steps and their days: no way is longer.
    """
    count = 0

    @cache
    def reach(key: str, free: frozenset[str]) -> frozenset[str]:
        """The steps of ``free`` that can still be come to from ``key``."""
        found, waiting = set(), [key]
        while waiting:
            new = [one for one in onward[waiting.pop()] if one in free and one not in found]
            found.update(new)
            waiting += new
        return frozenset(found)

    @cache
    def from_step(key: str, free: frozenset[str]) -> tuple[Decimal, tuple[str, ...]]:
        nonlocal count
        count += 1
        if count > MOST_PLACES:
            raise _TooWinding
        # Only what can still be come to matters: without ways back, each step is looked at once.
        rests = [from_step(one, reach(one, free - {one})) for one in onward[key] if one in free]
        days, keys = max(rests, default=(Decimal(0), ()))
        return takes.get(key, Decimal(0)) + days, (key, *keys)

    try:
        return from_step(start, reach(start, frozenset(onward) - {start}))
    except _TooWinding:
        return sum(takes.values(), Decimal(0)), tuple(onward)
