"""What every change of a record's state shares: who may, from where, and the entry in the log."""

from collections.abc import Callable, Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from suite import audit


def require_may(user: Any, allowed: Callable[[Any], bool]) -> None:
    """Raise ValidationError for an account without the right. None is the system (samples, signals, the tick)."""
    if user is not None and not allowed(user):
        raise ValidationError(_("Your account may not do this: ask the efficiency office."))


def require_state(record: Any, states: Collection[str], otherwise: str) -> None:
    """Raise ValidationError with `otherwise` and the present state where `record` is in none of `states`."""
    if record.state not in states:
        shown = record.get_state_display()
        raise ValidationError(_("%(why)s (Now: %(state)s.)") % {"why": otherwise, "state": shown})


def moved(record: Any, transition: Callable[[], None], action: str, user: Any, **data: Any) -> None:
    """Make `transition`, a bound method of `record`, save, and write who did it, before and after."""
    before = str(record.get_state_display())
    transition()
    record.save()
    audit.record(record, action, user, before=before, after=str(record.get_state_display()), **data)
