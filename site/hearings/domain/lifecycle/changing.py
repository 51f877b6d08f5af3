"""What every change of state shares: who may, from where, and the entry in the log."""

from collections.abc import Callable, Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from hearings.models import Hearing
from suite import audit
from suite.state import locked


def require_may(user: Any, allowed: Callable[[Any], bool]) -> None:
    """Raise ValidationError for an account without the right. None is the system (samples, signals)."""
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


def lock_hearing(hearing: Hearing) -> Hearing:
    """The hearing read again under a lock: whatever changes one of its rows takes this lock first."""
    return locked(hearing)


def values(record: Model, names: Collection[str]) -> dict[str, str]:
    """The named fields in words, as the log shows them."""
    shown = {}
    for name in names:
        field = record._meta.get_field(name)
        value = getattr(record, name)
        shown[str(getattr(field, "verbose_name", name))] = "—" if value in ("", None) else str(value)
    return shown


def differences(before: dict[str, str], after: dict[str, str]) -> str:
    """place 礼堂 → 会议室；begins …, for the log."""
    return "；".join(f"{key} {before.get(key, '—')} → {after[key]}" for key in after if before.get(key) != after[key])
