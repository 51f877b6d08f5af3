"""Who was there: by the code on the screen, ticked, keyed in from paper, struck out, counted (requirement Q)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.domain.queries import posts_of
from organisation.models import Person
from suite import audit
from suite.privacy import require_public
from suite.state import locked
from suite.state.changing import require_state
from suite.theme.dates import in_list
from suite.throttle.domain import TooMany, let_through, refuse_too_many
from training.domain.attendance import codes
from training.domain.attendance.access import user_can_key_in_for
from training.domain.attendance.records import is_open, open_sessions, own_attendance, standing, there, window_of
from training.domain.attendance.served import require_served
from training.enums import AttendanceState, AttendanceWay, CertificateState, EnrolmentState, SessionState
from training.models import Attendance, Enrolment, HeadCount, RefusedDevice, Session

from .attendance_window import require_may_take, require_takeable

# Wrong codes that one account may try within an hour.
MOST_WRONG = 10
WRONG = "training.attend"
# How long after somebody opened the address of a QR code that counted then, one tap still records them.
ARRIVAL = datetime.timedelta(minutes=3)
_REASON = 200


class WrongCode(ValidationError):
    """The code does not count; it is one more of the wrong ones that an account may try."""


class OtherDevice(ValidationError):
    """The device has recorded somebody else of this session: ``used_by``."""

    def __init__(self, used_by: Attendance):
        super().__init__(
            _(
                "%(name)s was recorded on this device: everybody uses their own. Show yourself to the trainer, who "
                "ticks you in the list."
            )
            % {"name": used_by.name}
        )
        self.used_by = used_by


@dataclass(frozen=True)
class Who:
    """One person to be recorded: of the directory, enrolled without account, or a visitor with ``name``, ``of``."""

    person: Person | None = None
    enrolment: Enrolment | None = None
    name: str = ""
    of: str = ""


@dataclass(frozen=True)
class Keyed:
    """What keying in a paper list did: the new rows, and how many of it had been recorded before."""

    new: list[Attendance]
    already: int


def attend(
    session: Session,
    given: str,
    user: Any,
    device: str,
    now: datetime.datetime | None = None,
    scanned_at: datetime.datetime | None = None,
) -> Attendance:
    """Record the account's person by the code on the trainer's screen.

    Arguments: ``given``, the digits typed or the token scanned; ``device``, a keyed hash of the device's cookie;
    ``now`` (aware; default: the present moment); ``scanned_at``, when this device opened the QR's address, where the
    server remembers that: the code is then judged by that moment, for `ARRIVAL`.
    Raises ValidationError, saying what to do, for everything else than a code of this session that counts, given for
    the first time by somebody in service, on a device that has recorded nobody else. Wrong codes are counted and a
    device used by two is noted for the trainer, although the attempt itself leaves nothing behind.
    """
    now = now or timezone.now()
    try:
        refuse_too_many(f"{WRONG}.{session.pk}", str(user.pk), MOST_WRONG)
        return _attend(session, given, user, device, now, scanned_at)
    except TooMany as many:
        raise ValidationError(
            _("Too many wrong codes came from your account. Show yourself to the trainer, who ticks you in the list.")
        ) from many
    except WrongCode:
        let_through(f"{WRONG}.{session.pk}", str(user.pk), MOST_WRONG)
        raise
    except OtherDevice as refused:
        RefusedDevice.objects.get_or_create(
            session=session, person=user.person, used_by=refused.used_by, defaults={"at": now}
        )
        raise


@transaction.atomic
def _attend(
    session: Session,
    given: str,
    user: Any,
    device: str,
    now: datetime.datetime,
    scanned_at: datetime.datetime | None,
) -> Attendance:
    session = locked(session)
    person = getattr(user, "person", None)
    if person is None:
        raise ValidationError(_("Your account stands for nobody in the directory: let the trainer write you down."))
    if session.state == SessionState.HELD:
        raise ValidationError(_("This session is closed. Tell the trainer if you were there and are not recorded."))
    require_takeable(session, None, now)
    _require_new(session, Who(person=person))
    if session.attendances.filter(person=person, state=AttendanceState.STRUCK).exists():
        raise ValidationError(_("You were struck out of this session's list: speak to the trainer."))
    moment = scanned_at if scanned_at is not None and now - ARRIVAL <= scanned_at <= now else now
    _require_code(session, given, moment)
    day = timezone.localdate(session.starts_at)
    require_served(person, day)
    if used_by := session.attendances.filter(device=device).first():
        raise OtherDevice(used_by)
    _require_seat(session, person)
    return _record(session, Who(person=person), AttendanceWay.CODE, user, now, device)


@transaction.atomic
def tick(session: Session, who: Who, user: Any, now: datetime.datetime | None = None) -> Attendance:
    """Record somebody whom the trainer sees in the room, enrolled or not, however many seats there are.

    Raises ValidationError for who may not take the attendance, a session that is cancelled, not near or closed,
    somebody recorded already or not in service on the day, and a visitor without a name.
    """
    now = now or timezone.now()
    session = locked(session)
    require_may_take(user, session)
    require_takeable(session, user, now)
    who = _known(session, who)
    _require_new(session, who)
    return _record(session, who, AttendanceWay.TRAINER, user, now)


@transaction.atomic
def key_in(
    session: Session, rows: Sequence[Who], dated: datetime.date, user: Any, now: datetime.datetime | None = None
) -> Keyed:
    """Record everybody who signed the paper list; nobody where one row is refused.

    ``dated``: the day that stands on the paper. Who is recorded already is counted, not refused: the same list can be
    keyed in again after a mistake. Raises ValidationError for who may not, a session that is cancelled or has not
    begun, a paper of another day, an empty list, and, naming them, people who were not in service on the day.
    """
    now = now or timezone.now()
    session = locked(session)
    if user is not None and not user_can_key_in_for(user, session):
        raise ValidationError(_("Paper lists of this session are keyed in by who serves its village, or the office."))
    if session.state == SessionState.CANCELLED:
        raise ValidationError(_("This session was cancelled: nobody can be recorded for it."))
    if now < session.starts_at:
        raise ValidationError(
            _("This session begins at %(start)s: a list cannot be signed yet. Look whether it is the right session.")
            % {"start": in_list(session.starts_at)}
        )
    if dated != (day := timezone.localdate(session.starts_at)):
        raise ValidationError(
            {
                "dated": _("The session was on %(day)s, the paper is of %(dated)s. Look for the session of that day.")
                % {"day": in_list(day), "dated": in_list(dated)}
            }
        )
    if not rows:
        raise ValidationError(_("Tick who signed, or type the names that were written in."))
    problems: list[str] = []
    new: list[Attendance] = []
    already = 0
    for given in rows:
        try:
            who = _known(session, given)
        except ValidationError as refused:
            problems += refused.messages
            continue
        if _found(session, who):
            already += 1
        else:
            new.append(_record(session, who, AttendanceWay.PAPER, user, now))
    if problems:
        raise ValidationError(problems)
    audit.record(session, "training.key_in_attendance", user, day=in_list(dated), new=len(new), already=already)
    return Keyed(new, already)


@transaction.atomic
def strike(attendance: Attendance, reason: str, user: Any, now: datetime.datetime | None = None) -> Attendance:
    """Take somebody out who was not there. The row stays, with the reason.

    Raises ValidationError without a reason, for who may not take the attendance, a row struck out already, and while
    a certificate counts.
    """
    session = locked(attendance.session)
    attendance = locked(attendance)
    require_may_take(user, session)
    require_takeable(session, user, now or timezone.now())
    require_state(attendance, (AttendanceState.RECORDED,), _("This row was struck out already."))
    attendance.reason = _reason(reason, _("Say why: the row stays in the list with the reason."))
    if certificate := attendance.certificates.filter(state=CertificateState.ISSUED).first():
        raise ValidationError(
            _("%(name)s holds certificate %(number)s. Void it first, then strike the row out.")
            % {"name": attendance.name, "number": certificate.number}
        )
    attendance.to_struck()
    attendance.save()
    audit.record(attendance, "training.strike_attendance", user, reason=attendance.reason)
    return attendance


@transaction.atomic
def count_heads(
    session: Session, number: int, user: Any, explanation: str = "", now: datetime.datetime | None = None
) -> HeadCount:
    """Enter how many heads are in the room, without the trainer; ``explanation``: why that is not what is recorded.

    Raises ValidationError for who may not take the attendance and for a session of which none can be taken.
    """
    now = now or timezone.now()
    session = locked(session)
    require_may_take(user, session)
    require_takeable(session, user, now)
    explanation = explanation.strip()[:_REASON]
    require_public({"explanation": explanation})
    count = HeadCount(
        session=session,
        number=number,
        recorded=standing(session).recorded,
        explanation=explanation,
        counted_at=now,
        counted_by=user,
    )
    count.full_clean()
    count.save()
    audit.record(session, "training.count_heads", user, number=number, recorded=count.recorded, reason=explanation)
    return count


def _require_code(session: Session, given: str, moment: datetime.datetime) -> None:
    if not is_open(window_of(session), moment):
        raise ValidationError(
            _("No codes are taken for this session now. Ask the trainer to open the attendance or to tick you.")
        )
    if codes.counts(session, given, moment):
        return
    others = list(open_sessions(moment).exclude(pk=session.pk))
    said = {
        "old": _("This code is too old: it counts for %(seconds)s seconds. Take the one on the screen now.")
        % {"seconds": codes.LIFE},
        "future": _("This code does not count yet: the clock was set. Wait for the next one on the screen."),
        "other": _("This is the code of another session. Look at the screen of the room you are in."),
        "wrong": _("This is not the code on the screen. Type its six digits again."),
    }
    raise WrongCode(said[codes.what_is_wrong(session, given, moment, others)])


def _require_new(session: Session, who: Who) -> None:
    if found := _found(session, who):
        raise ValidationError(
            _("%(name)s is recorded since %(at)s; there is nothing more to do.")
            % {"name": found.name, "at": in_list(found.recorded_at)}
        )


def _found(session: Session, who: Who) -> Attendance | None:
    if who.person:
        return own_attendance(session, who.person.pk)
    if who.enrolment:
        return there(session).filter(enrolment=who.enrolment).first()
    return there(session).filter(person=None, enrolment=None, name=who.name, of=who.of).first()


def _require_seat(session: Session, person: Person) -> None:
    """Who is not enrolled finds a seat only where one is free; the trainer, who sees the room, may tick more."""
    enrolled = session.enrolments.filter(state=EnrolmentState.ENROLLED)
    if not session.seats or enrolled.filter(person=person).exists():
        return
    others = there(session).exclude(person__in=enrolled.exclude(person=None).values("person"))
    if enrolled.count() + others.filter(enrolment=None).count() >= session.seats:
        raise ValidationError(
            _("You are not enrolled and all %(seats)s seats are taken. If one stays empty, the trainer can tick you.")
            % {"seats": session.seats}
        )


def _known(session: Session, who: Who) -> Who:
    """The same with the person behind an enrolment; refused where it cannot be somebody of this session."""
    if who.enrolment and (who.enrolment.session_id != session.pk or who.enrolment.state == EnrolmentState.WITHDRAWN):
        raise ValidationError(
            _("%(name)s is not on the list of this session any more. Type the name under the list.")
            % {"name": who.enrolment}
        )
    person = who.person or (who.enrolment.person if who.enrolment else None)
    if person:
        require_served(person, timezone.localdate(session.starts_at))
        return Who(person=person)
    if who.enrolment:
        return Who(enrolment=who.enrolment)
    name, of = " ".join(who.name.split()), " ".join(who.of.split())
    if not name or len(name) > 40 or len(of) > 80:  # noqa: PLR2004 - the columns' widths
        raise ValidationError(_("Type the full name (40 characters at most) and the village or unit (80 at most)."))
    require_public({"name": f"{name} {of}"})
    return Who(name=name, of=of)


def _record(session: Session, who: Who, way: str, user: Any, now: datetime.datetime, device: str = "") -> Attendance:
    one = Attendance(
        session=session, person=who.person, enrolment=who.enrolment, way=way, device=device, recorded_at=now
    )
    one.recorded_by = user
    if who.person:
        post = posts_of(who.person, timezone.localdate(session.starts_at)).first()
        one.name, one.of = who.person.name, post.post.unit.name if post else ""
    elif who.enrolment:
        one.name = str(who.enrolment)
        one.of = who.enrolment.village.name if who.enrolment.village else ""
    else:
        one.name, one.of = who.name, who.of
    one.save()
    audit.record(one, "training.attend", user, how=str(one.get_way_display()))
    return one


def _reason(text: str, asked: str) -> str:
    text = text.strip()
    if not text:
        raise ValidationError({"reason": asked})
    if len(text) > _REASON:
        raise ValidationError({"reason": _("Say it in at most %(most)s characters.") % {"most": _REASON}})
    require_public({"reason": text})
    return text
