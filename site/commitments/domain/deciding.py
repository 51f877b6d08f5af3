"""Who decides, for the township, what a commitment came to: the efficiency office, but nobody their own."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from commitments.enums import CommitmentState
from commitments.models import Commitment, Promise, ServedNotice
from commitments.permissions import RUN, user_can_run

from .responsibility import Approvers, is_own


class Deciders:
    """Who decides today, for any number of commitments, asked with a handful of queries."""

    def is_of_the_office(self, commitment: Commitment) -> bool:
        """Whether it is the commitment of somebody who works in the efficiency office."""
        return commitment.person.user_id in self._office

    def require(self, user: Any, commitment: Commitment) -> None:
        """Raise ValidationError where this account may not decide: commitments of the efficiency office's own people
        are decided by who approves them (the leader in charge), all others by the office."""
        if is_own(user, commitment):
            raise ValidationError(_("Nobody decides on their own commitment: leave this to somebody else."))
        if not self.is_of_the_office(commitment):
            if not user_can_run(user):
                raise ValidationError(_("The efficiency office decides what became of a promise: ask there."))
            return
        found = self._approvers.of(commitment.person, commitment.unit)
        if found is None:
            raise ValidationError(
                _("%(person)s works in the efficiency office, and nobody is in charge of %(unit)s: appoint somebody.")
                % {"person": commitment.person, "unit": commitment.unit}
            )
        if found.person.user_id != user.pk:
            raise ValidationError(
                _("%(person)s works in the efficiency office, so %(leader)s decides, who is in charge of it.")
                % {"person": commitment.person, "leader": found.person}
            )

    def may(self, user: Any, commitment: Commitment) -> bool:
        """Whether `require` lets this account."""
        try:
            self.require(user, commitment)
        except ValidationError:
            return False
        return True

    @cached_property
    def _office(self) -> set[int]:
        accounts = get_user_model()._default_manager
        backend = "django.contrib.auth.backends.ModelBackend"
        return set(accounts.with_perm(RUN, backend=backend).values_list("pk", flat=True))

    @cached_property
    def _approvers(self) -> Approvers:
        return Approvers()


def require_may_decide(user: Any, commitment: Commitment) -> None:
    """Raise ValidationError where this account may not decide what became of this commitment."""
    Deciders().require(user, commitment)


def may_decide(user: Any, commitment: Commitment) -> bool:
    """Whether this account decides what became of this commitment."""
    return Deciders().may(user, commitment)


def require_may_revise(user: Any, commitment: Commitment, promise: Promise) -> None:
    """Raise ValidationError where this account may not correct what was decided about this promise: who decides may,
    and who upheld an objection to a notice about it; nobody their own."""
    if is_own(user, commitment) or not _upheld(user).filter(promises=promise).exists():
        require_may_decide(user, commitment)


def may_revise(user: Any, commitment: Commitment) -> bool:
    """Whether `require_may_revise` lets this account correct anything in this commitment."""
    if not is_own(user, commitment) and _upheld(user).filter(commitment=commitment).exists():
        return True
    return may_decide(user, commitment)


def _upheld(user: Any) -> QuerySet[ServedNotice]:
    return ServedNotice.objects.filter(objection__upheld=True, objection__decided_by=user)


def waiting_for(user: Any) -> list[Commitment]:
    """Verified commitments that this account decides, the oldest month first."""
    rows = Commitment.objects.filter(state=CommitmentState.VERIFIED).select_related("person", "unit", "month")
    deciders = Deciders()
    return [row for row in rows.order_by("month__first", "unit__order", "unit_id", "pk") if deciders.may(user, row)]
