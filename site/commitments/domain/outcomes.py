"""What a commitment came to (requirement I)."""

from collections.abc import Iterable

from commitments.enums import Outcome


def outcome_of(outcomes: Iterable[str]) -> Outcome:
    """That of a commitment, from those of its promises: all fulfilled, one not fulfilled, or partly.

    Raises ValueError where there is none, or one is not decided.
    """
    found = {Outcome(outcome) for outcome in outcomes}
    if not found:
        raise ValueError("a commitment without promises comes to nothing")
    if found == {Outcome.FULFILLED}:
        return Outcome.FULFILLED
    return Outcome.NOT if Outcome.NOT in found else Outcome.PARTLY
