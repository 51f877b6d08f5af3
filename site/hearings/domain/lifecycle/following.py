"""What happens by itself while a hearing is prepared and followed up: called by the tick, each thing once."""

from django.db import transaction
from django.utils import timezone

from hearings.domain.responsibility import Reached
from hearings.enums import MeasureState, SeatState
from hearings.models import Representative
from suite import audit
from suite.state import locked
from suite.state.changing import moved
from suite.theme.dates import in_full

from .changing import lock_hearing


@transaction.atomic
def record_escalation(reached: Reached) -> None:
    """Write down that an overdue measure came to the next level. The desk shows it there by itself."""
    measure = locked(reached.measure)
    if measure.state != MeasureState.OPEN or measure.due != reached.measure.due:
        return
    audit.record(
        measure,
        "hearings.escalate",
        None,
        level=reached.level,
        to=reached.person.name if reached.person else "—",
        due=in_full(measure.due),
    )


@transaction.atomic
def lapse_invitation(representative: Representative) -> Representative:
    """An invitation that was not answered until the session counts as declined. Called again, nothing changes."""
    lock_hearing(representative.hearing)
    representative = locked(representative)
    ends = representative.hearing.starts_at
    if representative.state == SeatState.INVITED and ends is not None and ends <= timezone.now():
        moved(representative, representative.to_declined, "hearings.lapse", None, until=in_full(ends))
    return representative
