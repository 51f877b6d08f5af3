"""The lock that every change of a hearing, or of one of its rows, takes first."""

from hearings.models import Hearing
from suite.state import locked


def lock_hearing(hearing: Hearing) -> Hearing:
    """The hearing read again under a lock: whatever changes one of its rows takes this lock first."""
    return locked(hearing)
