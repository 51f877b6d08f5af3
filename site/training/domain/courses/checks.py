"""What a session and an enrolment have to be before they are kept."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.domain.duty import absences_between
from organisation.domain.queries import standing
from suite.privacy import require_public
from suite.slips.people import full_name, name_key, phone_digits
from suite.theme.dates import in_list
from training.enums import EnrolmentState, SessionState
from training.models import Enrolment, Session

LONGEST = datetime.timedelta(hours=12)
ON_THE_PLAN = (SessionState.PLANNED, SessionState.OPEN)


def check_session(session: Session, now: datetime.datetime) -> None:
    """Raise ValidationError, at the fields, for a session that could not be held like this."""
    if session.village:
        session.village = standing(session.village)
    require_public({"place": session.place, "guest_trainer": session.guest_trainer})
    session.full_clean(exclude=["public_id", "secret", "state"])
    if session.starts_at <= now:
        raise ValidationError({"starts_at": _("A session lies in the future: choose a later day or hour.")})
    if session.ends_at <= session.starts_at:
        raise ValidationError({"ends_at": _("It ends before it begins: choose a later end.")})
    if session.ends_at - session.starts_at > LONGEST:
        raise ValidationError(
            {"ends_at": _("A session lasts twelve hours at most: plan one session for each day of the course.")}
        )
    if session.sign_up_until and session.sign_up_until > session.starts_at:
        raise ValidationError({"sign_up_until": _("Sign-up ends before the session begins: choose an earlier moment.")})
    if problem := why_no_trainer(session):
        raise ValidationError({"trainer": problem})


def why_no_trainer(session: Session) -> str:
    """Why its trainer cannot teach this session and what to do; "" where they can."""
    trainer = session.trainer
    if trainer is None:
        if session.guest_trainer.strip():
            return ""
        return _("Name the trainer, or below who comes from outside.")
    if not trainer.active:
        return _("%(name)s is no longer in service: choose another trainer.") % {"name": trainer}
    first, last = timezone.localdate(session.starts_at), timezone.localdate(session.ends_at)
    if away := absences_between([trainer], first, last).first():
        return _("%(name)s is away on that day (%(days)s): choose another trainer or another day.") % {
            "name": trainer,
            "days": away.days,
        }
    others = Session.objects.filter(trainer=trainer, state__in=ON_THE_PLAN).exclude(pk=session.pk)
    if other := others.filter(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at).first():
        return _("%(name)s teaches %(other)s at that time: choose another trainer or another hour.") % {
            "name": trainer,
            "other": other,
        }
    return ""


def check_villager(one: Enrolment) -> None:
    """Raise ValidationError for an entry without account that is not complete, holds a number where none belongs, or
    is there already. Whose village was merged is in the one that it lives on in."""
    require_public({"name": one.name})
    one.name = full_name(one.name)
    one.phone = phone_digits(one.phone)
    if one.village is None:
        raise ValidationError({"village": _("Choose your village or community.")})
    one.village = standing(one.village)
    one.name_key = name_key(one.name)
    # Twice is refused below, in words that say what to do.
    one.full_clean(exclude=["code", "state"], validate_unique=False, validate_constraints=False)
    there = one.session.enrolments.filter(person=None, name_key=one.name_key).exclude(state=EnrolmentState.WITHDRAWN)
    if there.filter(phone=one.phone).exists():
        raise ValidationError(
            {"name": _("You are on the list already. Look it up with the code of your slip, or call the office.")}
        )
    villages = [other.village for other in there.select_related("village__merged_into") if other.village]
    if one.village in map(standing, villages):
        raise ValidationError(
            {"name": _("Somebody of this name from there is on the list already. If that is not you, call the office.")}
        )


def moved_words(before: datetime.datetime, after: datetime.datetime) -> str:
    """2026-12-04 09:00 → 2026-12-07 09:00, for the log."""
    return f"{in_list(before)} → {in_list(after)}"
