"""What every change of a commitment checks first."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from commitments.domain.responsibility import approver_of, is_own
from commitments.enums import MonthState
from commitments.models import Commitment, Month
from organisation.domain.charge import Decider


def lock_commitment(commitment: Commitment) -> Commitment:
    """The commitment read again under a lock, with its month, person and unit: whoever changes it takes this first."""
    found = Commitment.objects.select_for_update(of=("self",))
    return found.select_related("month", "person", "unit").get(pk=commitment.pk)


def require_running(month: Month) -> None:
    """Raise ValidationError where the month is closed."""
    if month.state == MonthState.CLOSED:
        raise ValidationError(
            _("%(month)s is closed; nothing of it changes any more. Ask the efficiency office.") % {"month": month}
        )


def require_own(user: Any, commitment: Commitment) -> None:
    """Raise ValidationError for an account that is not the commitment's own. None is the system."""
    if user is not None and not is_own(user, commitment):
        raise ValidationError(
            _("This is the commitment of %(person)s: everybody writes their own.") % {"person": commitment.person}
        )


def require_not_own(user: Any, commitment: Commitment) -> None:
    """Raise ValidationError for the account whose commitment it is: what the office does here, it does for others."""
    if is_own(user, commitment):
        raise ValidationError(_("This is your own commitment: let a colleague of the efficiency office do it."))


def require_approver(user: Any, commitment: Commitment) -> Decider | None:
    """Who approves today. Raises ValidationError where that is another account, or nobody. None is the system."""
    found = approver_of(commitment)
    if user is None or (found is not None and found.person.user_id == user.pk):
        return found
    if found is None:
        raise ValidationError(
            _(
                "Nobody can approve the commitment of %(person)s: enter who is in charge of %(unit)s, or who stands in "
                "for them; for the head, choose in the settings who approves."
            )
            % {"person": commitment.person, "unit": commitment.unit}
        )
    if is_own(user, commitment):
        raise ValidationError(
            _("Nobody approves their own commitment: %(approver)s does it.") % {"approver": found.person}
        )
    raise ValidationError(
        _("%(approver)s approves the commitment of %(person)s: leave it to them.")
        % {"approver": found.person, "person": commitment.person}
    )
