"""What those who were there said, so that nobody can be told from it."""

from dataclasses import dataclass

from training.models import Session

# Fewer answers than this are not shown: among two, each knows the other's.
LEAST = 3


@dataclass(frozen=True)
class Opinions:
    """``answers``: how many; ``shown``: enough of them; ``average`` of the ratings 1 to 5; ``words`` in no order."""

    answers: int
    shown: bool
    average: float
    words: list[str]


def opinions(session: Session) -> Opinions:
    """The session's feedback for who teaches and who runs training."""
    rows = list(session.feedback.values_list("rating", "words"))
    if len(rows) < LEAST:
        return Opinions(len(rows), False, 0.0, [])
    average = round(sum(rating for rating, _words in rows) / len(rows), 1)
    # Not in the order in which they came: that would tell who was first.
    return Opinions(len(rows), True, average, sorted(words for _rating, words in rows if words))
