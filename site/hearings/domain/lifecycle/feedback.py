"""How people are told what became of a hearing: column, letters, circular (requirement H)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.domain.letters import askers
from hearings.enums import FeedbackKind, HearingState
from hearings.models import Feedback
from hearings.permissions import user_can_run
from suite import audit
from suite.privacy import find
from suite.state.changing import require_may, require_state

from .changing import lock_hearing


@transaction.atomic
def record_feedback(feedback: Feedback, user: Any) -> Feedback:
    """Record that people were told. ``feedback``: unsaved; it is never changed afterwards.

    A letter names the representative or the topic it answers, and is given out once every measure to what that one
    raised has ended: it tells what became of it. Raises ValidationError.
    """
    require_may(user, user_can_run)
    hearing = lock_hearing(feedback.hearing)
    require_state(
        hearing,
        (HearingState.PUBLISHED, HearingState.FOLLOWING),
        _("People are told what became of a hearing after its minutes are published, until it is closed."),
    )
    feedback.hearing, feedback.how = hearing, feedback.how.strip()
    if not feedback.sent_on or feedback.sent_on > timezone.localdate():
        raise ValidationError({"sent_on": _("On which day was it given out? It cannot be a day to come.")})
    if hearing.held_at and feedback.sent_on < timezone.localdate(hearing.held_at):
        raise ValidationError({"sent_on": _("That was before the session: enter the day it was given out.")})
    if find(feedback.how):
        raise ValidationError({"how": _("Say how it was given out without anybody's number.")})
    if feedback.kind == FeedbackKind.LETTER:
        _require_letter(feedback)
    elif feedback.representative or feedback.topic:
        raise ValidationError(_("Only a letter is for one person: column and circular are for everybody."))
    feedback.recorded_by, feedback.recorded_at = user, timezone.now()
    feedback.full_clean()
    feedback.save()
    audit.record(hearing, "hearings.feedback", user, kind=str(feedback.get_kind_display()), to=_to(feedback))
    return feedback


def _require_letter(feedback: Feedback) -> None:
    if bool(feedback.representative) == bool(feedback.topic):
        raise ValidationError(
            _("A letter is for one: choose the representative or the topic whose problem it answers.")
        )
    asked = next((one for one in askers(feedback.hearing) if one.is_for(feedback)), None)
    if asked is None:
        raise ValidationError(_("This one raised no problem in this hearing: choose one of the list."))
    if asked.open_measures:
        raise ValidationError(
            _("A letter tells what became of it, and “%(measure)s” is still open: report or explain that first.")
            % {"measure": asked.open_measures[0]}
        )
    if not asked.may_be_told:
        raise ValidationError(_("A letter tells which measures were taken: issue a measure to each problem first."))
    ended = max((measure.ended_on for measure in asked.measures if measure.ended_on), default=None)
    if ended and feedback.sent_on < ended:
        raise ValidationError({"sent_on": _("That was before the last measure ended: enter the day it was given out.")})


def _to(feedback: Feedback) -> str:
    return str(feedback.representative or feedback.topic or "—")
