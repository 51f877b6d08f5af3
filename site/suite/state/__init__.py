"""Records with a life cycle: states declared once, changed by `domain/lifecycle.py` alone.

::

    class Hearing(StatefulModel):
        state = state_field(States, States.COLLECTING)

        @transition("state", source=States.COLLECTING, target=States.PLANNED, custom={"label": _("Plan")})
        def to_planned(self) -> None: ...

and in ``domain/lifecycle.py``, with the check's text saying what to do::

    @transaction.atomic
    def plan(hearing: Hearing, user: User) -> Hearing:
        hearing = locked(hearing)
        if not hearing.topics.exists():
            raise ValidationError(_("Add a topic first."))
        hearing.to_planned()
        hearing.save()
        audit.record(hearing, "hearings.plan", user, before="collecting", after="planned")
        return hearing

Transition methods have empty bodies and names that begin with ``to_``: so a test can find who calls them.
"""

from .chart import Step, states, transitions
from .models import StatefulModel, locked, state_field

__all__ = ["StatefulModel", "Step", "locked", "state_field", "states", "transitions"]
