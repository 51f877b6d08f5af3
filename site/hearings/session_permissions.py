"""Who writes down a session: the efficiency office, and who is named as clerk of the hearing."""

from typing import Any

from .enums import OfficerRole
from .models import Hearing, Officer
from .permissions import RECORD_SESSION


def user_can_record(user: Any) -> bool:
    """Write down the session of some hearing at least."""
    if not user.is_authenticated:
        return False
    return user.has_perm(RECORD_SESSION) or Officer.objects.filter(person__user=user, role=OfficerRole.CLERK).exists()


def user_can_record_hearing(user: Any, hearing: Hearing) -> bool:
    """Write down the session of this hearing."""
    if not user.is_authenticated:
        return False
    if user.has_perm(RECORD_SESSION):
        return True
    return hearing.officers.filter(person__user=user, role=OfficerRole.CLERK).exists()
