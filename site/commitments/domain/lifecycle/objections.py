"""The one objection to a notice: raised by the person, decided by somebody who had no part in it (requirement I)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.domain.notice_access import decider_of, is_account_of
from commitments.domain.notice_record import objects_until
from commitments.enums import NoticeState
from commitments.models import Objection, ServedNotice
from commitments.permissions import user_can_decide_objection
from suite.state import locked
from suite.state.changing import moved, require_may, require_state

from .notice_checks import cleaned_field, require_other, require_person
from .notice_clocks import pause_clocks, resume_clocks, stop_clocks


@transaction.atomic
def object_to(notice: ServedNotice, text: str, user: Any) -> Objection:
    """Raise the one objection to a notice: within its days, before answering. Its clocks pause until it is decided.

    For the person alone. Raises ValidationError: too late, a second one, answered already, no text.
    """
    notice = locked(notice)
    require_person(notice, user)
    if hasattr(notice, "objection"):
        raise ValidationError(_("There was an objection to this notice already: a second one is not heard."))
    require_state(
        notice,
        [NoticeState.SERVED],
        _("An objection is raised after the notice was served and before it is answered."),
    )
    if notice.earlier_answers.exists():
        raise ValidationError(_("You have answered this notice: say in the better answer what is wrong with it."))
    if objects_until(notice) is None:
        raise ValidationError(_("The days to object are over: answer the notice, and say in the answer what is wrong."))
    objection = Objection(notice=notice, raised_by=user, raised_at=timezone.now())
    cleaned_field(objection, "text", text, _("Say what is wrong with the notice, and why."))
    objection.save()
    pause_clocks(notice)
    moved(notice, notice.to_objected, "commitments.object", user)
    return objection


@transaction.atomic
def decide_objection(objection: Objection, upheld: bool, reason: str, user: Any) -> Objection:
    """Decide an objection with a reason: upheld, the notice is withdrawn; dismissed, it stands and its days go on.

    For `decider_of` alone, who neither proposed nor approved the notice. An upheld one leaves the outcome of the rows
    as it is: `results.revise_outcome` mends that. Raises ValidationError.
    """
    notice = locked(objection.notice)
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    objection.notice = notice
    _require_decider(notice, user)
    require_state(notice, [NoticeState.OBJECTED], _("This objection is decided already."))
    cleaned_field(objection, "reason", reason, _("Say why: the person and the efficiency office read it."))
    objection.upheld, objection.decided_by, objection.decided_at = upheld, user, timezone.now()
    objection.save()
    if upheld:
        stop_clocks(notice)
        notice.ended_at = timezone.now()
        moved(notice, notice.to_withdrawn, "commitments.uphold_objection", user)
    else:
        resume_clocks(notice)
        moved(notice, notice.to_dismissed, "commitments.dismiss_objection", user)
    return objection


def _require_decider(notice: ServedNotice, user: Any) -> None:
    if user is None:
        return
    require_may(user, user_can_decide_objection)
    require_other(user, notice)
    if user.pk in (notice.proposed_by_id, notice.approved_by_id):
        raise ValidationError(_("Whoever proposed or approved a notice does not decide on an objection to it."))
    decider = decider_of(notice)
    if not is_account_of(user, decider):
        raise ValidationError(
            _("%(person)s decides on this objection.") % {"person": decider}
            if decider
            else _("Nobody could decide on this objection: have the efficiency office name another leader in charge.")
        )
