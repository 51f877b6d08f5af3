"""Who decides, for the township, what a commitment came to: the efficiency office, but nobody their own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from commitments.models import Commitment
from commitments.permissions import user_can_run

from .responsibility import approver_of


def is_of_the_office(commitment: Commitment) -> bool:
    """Whether it is the commitment of somebody who works in the efficiency office."""
    account = commitment.person.user
    return account is not None and user_can_run(account)


def require_may_decide(user: Any, commitment: Commitment) -> None:
    """Raise ValidationError where this account may not decide: commitments of the efficiency office's own people are
    decided by the leader in charge of their unit, all others by the office."""
    person = getattr(user, "person", None)
    if person is not None and person.pk == commitment.person_id:
        raise ValidationError(_("Nobody decides on their own commitment: leave this to somebody else."))
    if not is_of_the_office(commitment):
        if not user_can_run(user):
            raise ValidationError(_("The efficiency office decides what became of a promise: ask there."))
        return
    found = approver_of(commitment)
    if found is None:
        raise ValidationError(
            _("%(person)s works in the efficiency office, and nobody is in charge of %(unit)s: appoint somebody first.")
            % {"person": commitment.person, "unit": commitment.unit}
        )
    if person != found.person:
        raise ValidationError(
            _("%(person)s works in the efficiency office, so %(leader)s decides, who is in charge of it.")
            % {"person": commitment.person, "leader": found.person}
        )


def may_decide(user: Any, commitment: Commitment) -> bool:
    """Whether `require_may_decide` lets this account."""
    try:
        require_may_decide(user, commitment)
    except ValidationError:
        return False
    return True
