"""What a hearing needs before it can be planned."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.enums import OfficerRole
from hearings.models import Hearing

from .notice_period import earliest_day, why_earliest


def require_plan(hearing: Hearing) -> None:
    """Raise ValidationError naming, field by field, everything that is wanting."""
    problems: dict[str, Any] = {**time_problems(hearing), **sign_up_problems(hearing)}
    if not hearing.place.strip():
        problems["place"] = _("Say where the hearing takes place: the notice has to name the place.")
    if not hearing.topics.exists():
        problems["topics"] = _("Take at least one topic from the pool: the notice has to name the topics.")
    if hearing.seats == 0:
        problems["quotas"] = _("Give seats to the villages, or invited seats: without representatives nobody asks.")
    if hearing.officers.filter(role=OfficerRole.CHAIR).count() != 1:
        problems["officers"] = _("Name one chair among the hearing officers.")
    if problems:
        raise ValidationError(problems)


def time_problems(hearing: Hearing) -> dict[str, str]:
    """The day of the session: given, to come, and not before the earliest possible day."""
    today = timezone.localdate()
    if hearing.starts_at is None:
        return {"starts_at": _("Say when the hearing begins.") + why_earliest(today)}
    if hearing.starts_at <= timezone.now():
        return {"starts_at": _("That lies in the past.") + why_earliest(today)}
    if timezone.localdate(hearing.starts_at) < earliest_day(today):
        return {"starts_at": _("That is too soon.") + why_earliest(today)}
    return {}


def sign_up_problems(hearing: Hearing, changed: bool = True) -> dict[str, str]:
    """The end of sign-up lies before the session day and, where it is set now, still to come."""
    if hearing.sign_up_until is None:
        return {"sign_up_until": _("Say until when people can sign up.")}
    if hearing.starts_at and timezone.localdate(hearing.sign_up_until) >= timezone.localdate(hearing.starts_at):
        return {"sign_up_until": _("Sign-up has to end before the day of the hearing: choose an earlier day.")}
    if changed and hearing.sign_up_until <= timezone.now():
        return {"sign_up_until": _("That lies in the past: choose an end of sign-up that is still to come.")}
    return {}
