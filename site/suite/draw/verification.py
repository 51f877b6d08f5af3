"""Computing a draw again from its file, without database or network: what agrees, and what does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from . import algorithm
from .listing import Listing, parse

FORMAT = "bianmin-draw 1"
_LEAST_PEOPLE = 3


class Step(StrEnum):
    """What is checked, in this order; the page ``/draws/verify/`` has the same steps."""

    LIST = "list"  # the list is written as the rules say
    HASH = "hash"  # its SHA-256 is the published one
    TIMES = "times"  # list before seed before draw
    SEED = "seed"  # strings give their hashes, the result has its digits; the seed's key follows
    TICKETS = "tickets"  # everybody's ticket
    ORDER = "order"  # who comes up when
    OUTCOME = "outcome"  # who is drawn and who waits


@dataclass(frozen=True)
class Check:
    """One step: whether it agrees (None: not known yet, the draw has not come so far), and what it found."""

    step: Step
    agrees: bool | None
    found: str = ""


def verify(file: Any) -> list[Check]:
    """Check the file of a draw, see docs/draw.md. Never raises: a file that is not to be read fails its first step."""
    try:
        if file["format"] != FORMAT:
            return [Check(Step.LIST, False, str(file["format"]))]
        listing = parse(file["list"])
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        return [Check(Step.LIST, False, str(error))]
    checks = [Check(Step.LIST, True, str(len(listing.candidates)))]
    steps: tuple[tuple[Step, Callable[[Any, Listing], tuple[bool | None, str]]], ...] = (
        (Step.HASH, _hash),
        (Step.TIMES, _times),
        (Step.SEED, _seed),
        (Step.TICKETS, _tickets),
        (Step.ORDER, _order),
        (Step.OUTCOME, _outcome),
    )
    for step, check in steps:
        try:
            agrees, found = check(file, listing)
        except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
            agrees, found = False, str(error)
        checks.append(Check(step, agrees, found))
    return checks


def _hash(file: Any, listing: Listing) -> tuple[bool, str]:
    computed = algorithm.sha256(file["list"])
    return computed == file["list_sha256"], computed


def _times(file: Any, listing: Listing) -> tuple[bool, str]:
    """Each pair of moments that follow one another; the first pair that does not is named."""
    for before, after in _pairs(file, listing):
        if before > after:
            return False, f"{before.isoformat()} > {after.isoformat()}"
    return True, ""


def _pairs(file: Any, listing: Listing) -> Iterator[tuple[datetime, datetime]]:
    yield listing.frozen, listing.due
    known = listing.frozen
    if listing.is_result and file.get("result"):
        known = datetime.fromisoformat(file["result"]["entered_at"])
        yield listing.due, known
    if not listing.is_result:
        closed = datetime.fromisoformat(file["hashes_closed_at"]) if "hashes_closed_at" in file else None
        for person in file["people"]:
            recorded = datetime.fromisoformat(person["recorded_at"])
            yield listing.frozen, recorded
            yield recorded, closed or listing.due
            if "shown_at" in person:
                shown = datetime.fromisoformat(person["shown_at"])
                yield closed or listing.due, shown
                yield shown, listing.due
                known = max(known, shown)
    if "drawn_at" in file:
        yield known, datetime.fromisoformat(file["drawn_at"])


def _strings(file: Any, listing: Listing) -> list[str] | None:
    """What the seed is made of; None before it is known. Raises ValueError, naming what is wrong."""
    if listing.is_result:
        if not file.get("result"):
            return None
        value = file["result"]["value"]
        if not (value.isascii() and value.isdecimal()) or len(value) != listing.digits:
            raise ValueError(value)
        return [value]
    people = file["people"]
    for person in people:
        if "text" in person and (
            algorithm.sha256(person["text"]) != person["sha256"] or not algorithm.is_one_line(person["text"])
        ):
            raise ValueError(person["name"])
    if any("text" not in person for person in people) or not people:
        return None
    if len(people) < _LEAST_PEOPLE or len({person["sha256"] for person in people}) < len(people):
        raise ValueError(str(len(people)))
    return [person["text"] for person in people]


def _seed(file: Any, listing: Listing) -> tuple[bool | None, str]:
    strings = _strings(file, listing)
    if strings is None:
        return (None, "") if "seed_key" not in file and "order" not in file else (False, "")
    computed = algorithm.seed_key(algorithm.sha256(file["list"]), strings)
    return computed == file["seed_key"], computed


def _places(file: Any, listing: Listing) -> list[algorithm.Place]:
    strings = _strings(file, listing)
    if strings is None:
        raise ValueError("")
    key = algorithm.seed_key(algorithm.sha256(file["list"]), strings)
    return algorithm.draw(listing.candidates, listing.rules, key)


def _tickets(file: Any, listing: Listing) -> tuple[bool | None, str]:
    if "order" not in file:
        return None, ""
    computed = {place.key: place.ticket for place in _places(file, listing)}
    told = {key: ticket for key, ticket, _outcome in file["order"]}
    wrong = sorted(key for key in computed.keys() | told.keys() if computed.get(key) != told.get(key))
    return not wrong, "、".join(wrong[:5])


def _order(file: Any, listing: Listing) -> tuple[bool | None, str]:
    if "order" not in file:
        return None, ""
    computed, told = [place.key for place in _places(file, listing)], [key for key, _ticket, _outcome in file["order"]]
    if computed == told:
        return True, ""
    pairs = zip([*computed, *[""] * len(told)], [*told, *[""] * len(computed)], strict=True)
    place, (right, wrong) = next((place, pair) for place, pair in enumerate(pairs, 1) if pair[0] != pair[1])
    return False, f"{place}: {wrong} ≠ {right}"


def _outcome(file: Any, listing: Listing) -> tuple[bool | None, str]:
    if "order" not in file:
        return None, ""
    computed = {place.key: str(place.outcome) for place in _places(file, listing)}
    told = {key: outcome for key, _ticket, outcome in file["order"]}
    wrong = sorted(key for key in computed if computed[key] != told.get(key))
    drawn = [key for key, outcome in computed.items() if outcome != algorithm.Outcome.WAITING]
    return not wrong, "、".join(wrong[:5] if wrong else drawn)
