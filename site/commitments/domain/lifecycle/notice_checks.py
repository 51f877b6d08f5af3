"""What a notice must hold before it goes on, and who may not touch it."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.domain.grades import Proposal, is_lighter
from commitments.domain.notice_access import is_account_of, talkers
from commitments.domain.notice_record import proposal_for
from commitments.domain.rows import lines
from commitments.enums import Grade, Outcome
from commitments.models import ServedNotice
from organisation.models import Person
from suite.clock.models import LONGEST


def require_other(user: Any, notice: ServedNotice) -> None:
    """Raise ValidationError for the person the notice goes to: nobody is judge of their own."""
    if is_account_of(user, notice.commitment.person):
        raise ValidationError(_("This notice is to yourself: somebody else has to do that."))


def require_person(notice: ServedNotice, user: Any) -> None:
    """Raise ValidationError for everybody but the person the notice goes to. None is the system."""
    if user is not None and not is_account_of(user, notice.commitment.person):
        raise ValidationError(
            _("Only the person the notice goes to does that on the desk; what came on paper is keyed in.")
        )


def require_not_lighter(grade: str, proposal: Proposal) -> None:
    """Raise ValidationError for a grade below what the rule says. A graver one is the office's choice."""
    if is_lighter(grade, proposal.grade):
        raise ValidationError({"grade": _("%(why)s Choose that grade or a graver one.") % {"why": proposal.why}})


def require_asked(notice: ServedNotice) -> None:
    """Raise ValidationError where what the grade needs is not there: a talk has a time and somebody who holds it,
    rectifying has a day. What the grade does not ask for is emptied."""
    today = timezone.localdate()
    if notice.grade == Grade.TALK:
        if notice.talk_at is None or timezone.localdate(notice.talk_at) < today:
            raise ValidationError({"talk_at": _("When is the talk? Choose a time from today on.")})
        require_talker(notice, notice.talk_by, "talk_by")
    else:
        notice.talk_at = notice.talk_by = None
    if notice.grade == Grade.RECTIFY:
        if notice.rectify_until is None or not 0 < (notice.rectify_until - today).days <= LONGEST:
            raise ValidationError({"rectify_until": _("Until when is it to be rectified? Choose a day after today.")})
    else:
        notice.rectify_until = None


def require_talker(notice: ServedNotice, by: Person | None, field: str) -> None:
    """Raise ValidationError, under ``field``, for somebody who is no leader or the person themselves."""
    if by is None or not talkers(notice.commitment.person).filter(pk=by.pk).exists():
        raise ValidationError({field: _("Who holds the talk? Choose a leader, not the person it is with.")})


def require_still_failed(notice: ServedNotice) -> None:
    """Raise ValidationError where the township has meanwhile decided otherwise on one of its rows."""
    if changed := notice.promises.exclude(outcome=Outcome.NOT).first():
        raise ValidationError(
            _("“%(promise)s” is no longer decided as not fulfilled: have this notice withdrawn.") % {"promise": changed}
        )


def require_still_grave_enough(notice: ServedNotice, on: datetime.date) -> None:
    """Raise ValidationError where others were served since it was proposed, so that the rule asks for more on the day.

    Else two that are proposed side by side would both be the first. One that was escalated has its grade from that.
    """
    proposal = proposal_for(notice.commitment, notice.grave, on)
    if notice.follows_id is None and is_lighter(notice.grade, proposal.grade):
        raise ValidationError(
            _("%(why)s Do not approve this one: have it proposed anew with that grade or a graver one.")
            % {"why": proposal.why}
        )


def require_time_left(notice: ServedNotice, on: datetime.date) -> None:
    """Raise ValidationError where the talk or the day to rectify lies before or on the day."""
    talk = timezone.localdate(notice.talk_at) if notice.talk_at else None
    if (notice.rectify_until and notice.rectify_until <= on) or (talk and talk < on):
        raise ValidationError(
            _("The day that this notice sets is over: have it withdrawn, and proposed anew with a later one.")
        )


def noon(day: datetime.date) -> datetime.datetime:
    """The middle of a day in the office's time: what is known by its day only."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


def cleaned_field(record: Model, name: str, text: str, question: str, field: str = "") -> None:
    """Set a text of the record, without signs nobody sees. Raises ValidationError under ``field`` (or ``name``): with
    ``question`` where it is empty, and for one that is too long."""
    text = lines(text)
    if not text:
        raise ValidationError({field or name: question})
    most = record._meta.get_field(name).max_length  # type: ignore[union-attr]
    if most and len(text) > most:
        raise ValidationError({field or name: _("Say it in at most %(most)s characters.") % {"most": most}})
    setattr(record, name, text)
