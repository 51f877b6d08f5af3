"""The draw itself: list and seed in, order out. Nothing but hashes, so that it can be written again anywhere.

docs/draw.md describes every step; the script of ``/draws/verify/`` is the same in another language. Tickets are
compared whole, 256 bits long: no remainder is ever taken, so there is no modulo bias and nothing to reject.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .listing import Candidate, Rules

SEED_HEAD = "便民抽签种子\t1"


class Outcome(StrEnum):
    """What a candidate came to: a seat kept for their stratum, an open seat, or the waiting list."""

    KEPT = "kept"
    OPEN = "open"
    WAITING = "waiting"


@dataclass(frozen=True)
class Place:
    """One line of the order: the candidate's key, their ticket (64 hexadecimal digits) and the outcome."""

    key: str
    ticket: str
    outcome: Outcome


def sha256(text: str) -> str:
    """The SHA-256 of the text's UTF-8 bytes, as 64 small hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_one_line(string: str) -> bool:
    """Whether a person's string can be a line of the seed's text: blanks of every kind are allowed, line ends not."""
    return not {"\n", "\r", "\t"} & {*string}


def seed_key(list_hash: str, strings: Sequence[str]) -> str:
    """The key of all tickets, bound to this list: 64 hexadecimal digits.

    ``strings``: the public result alone, or the strings of the people in the order in which their hashes were recorded.
    None holds a line end, so that no two seeds are written alike.
    """
    return sha256("".join(f"{line}\n" for line in (SEED_HEAD, list_hash, *strings)))


def ticket(key: str, candidate: str) -> str:
    """The candidate's ticket: HMAC-SHA-256 of the candidate's key under the seed's."""
    return hmac.digest(bytes.fromhex(key), candidate.encode(), "sha256").hex()


def draw(candidates: Sequence[Candidate], rules: Rules, key: str) -> list[Place]:
    """Every candidate in the order of the draw, with what they came to.

    First those who have not been drawn in the last ``rules.rest`` draws, by ticket; then the others, the longest ago
    first. Then one walk down that order: each takes a seat kept for the stratum while there is one, else an open one
    while there is one, else waits. Who waits is the waiting list of the stratum, in that order.
    """
    tickets = {one.key: ticket(key, one.key) for one in candidates}
    order = sorted(candidates, key=lambda one: (rules.lateness(one), tickets[one.key], one.key))
    kept, free = dict(rules.seats), rules.open_seats
    places = []
    for one in order:
        if kept.get(one.stratum, 0) > 0:
            kept[one.stratum] -= 1
            outcome = Outcome.KEPT
        elif free > 0:
            free -= 1
            outcome = Outcome.OPEN
        else:
            outcome = Outcome.WAITING
        places.append(Place(one.key, tickets[one.key], outcome))
    return places
