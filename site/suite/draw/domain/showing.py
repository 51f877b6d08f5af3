"""A draw as its page and its paper show it: rules in sentences, everybody with what they came to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suite.draw import algorithm
from suite.draw.algorithm import Outcome
from suite.draw.listing import Candidate
from suite.draw.models import Draw

from .lifecycle import seed_of
from .queries import result_of

PEOPLE_PER_PAGE = 100
# The first digits of a ticket are enough to see the order; the file has all 64.
TICKET_DIGITS = 12


@dataclass(frozen=True)
class Shown:
    """One candidate: ``place`` in the order, ``ticket`` shortened, ``waits``: place on the waiting list (0: drawn)."""

    number: int
    candidate: Candidate
    place: int = 0
    ticket: str = ""
    outcome: str = ""
    waits: int = 0


@dataclass(frozen=True)
class DrawShown:
    """Everything that is on the page of a draw besides its own fields."""

    rules: list[str]
    drawn: list[Shown]
    waiting: list[tuple[str, list[Shown]]]
    people: Page[Shown]
    everybody: list[Shown]
    seed_key: str
    secrets: list[Any]


def shown(draw: Draw, page: str | int | None = 1) -> DrawShown:
    """What a public draw shows; ``page`` of the list, which has a hundred candidates a page."""
    seed = seed_of(draw) if draw.seeded_at else ""
    rows = {one.key: Shown(number, one) for number, one in enumerate(draw.people, 1)}
    waiting: dict[str, list[Shown]] = defaultdict(list)
    drawn: list[Shown] = []
    for one in result_of(draw):
        key, stratum = one.candidate.key, one.candidate.stratum
        waits = len(waiting[stratum]) + 1 if one.outcome == Outcome.WAITING else 0
        ticket = algorithm.ticket(seed, key)[:TICKET_DIGITS]
        rows[key] = Shown(rows[key].number, one.candidate, one.place, ticket, one.outcome, waits)
        (waiting[stratum] if waits else drawn).append(rows[key])
    everybody = [*rows.values()]
    return DrawShown(
        rules=rules_in_words(draw),
        drawn=drawn,
        waiting=[(stratum, people) for stratum, people in waiting.items() if people],
        people=Paginator(everybody, PEOPLE_PER_PAGE).get_page(page),
        everybody=everybody,
        seed_key=seed,
        secrets=[*draw.secrets.order_by("number")],
    )


def rules_in_words(draw: Draw) -> list[str]:
    """The frozen rules, a sentence each."""
    rules, people = draw.parsed_rules, len(draw.candidates)
    sentences = [_("%(seats)d are drawn out of %(people)d.") % {"seats": min(rules.total, people), "people": people}]
    kept = [(stratum, seats) for stratum, seats in rules.seats.items() if seats]
    if kept:
        named = "、".join(_("%(group)s %(seats)d") % {"group": group or "—", "seats": seats} for group, seats in kept)
        sentences.append(_("Kept for the groups: %(groups)s.") % {"groups": named})
        if rules.open_seats:
            sentences.append(
                ngettext(
                    "%(count)d more is open to everybody.", "%(count)d more are open to everybody.", rules.open_seats
                )
                % {"count": rules.open_seats}
            )
    if rules.rest:
        resting = sum(rules.lateness(one) > 0 for one in draw.people)
        sentences.append(
            _(
                "Who was drawn in the last %(rest)d draws comes after everybody else, the longest ago first; here that "
                "concerns %(count)d."
            )
            % {"rest": rules.rest, "count": resting}
        )
    return sentences
