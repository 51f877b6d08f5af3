"""Who has a seat in a session, who waits, and whether somebody can still come in (requirement Q)."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Person
from suite.theme.dates import in_list
from training.enums import EnrolmentState, SessionState
from training.models import Enrolment, Session


def enrolled(session: Session) -> QuerySet[Enrolment]:
    """Who has a seat, in the order they came; with person and village."""
    return _in_state(session, EnrolmentState.ENROLLED)


def waiting(session: Session) -> QuerySet[Enrolment]:
    """Who waits for a seat, the next one first; with person and village."""
    return _in_state(session, EnrolmentState.WAITING)


def taken_seats(session: Session) -> int:
    return session.enrolments.filter(state=EnrolmentState.ENROLLED).count()


def free_seats(session: Session) -> int | None:
    """How many seats are left; None where as many may come as like."""
    return max(0, session.seats - taken_seats(session)) if session.seats else None


def sign_up_ends(session: Session) -> datetime.datetime:
    """Until when people can come in: the moment that was set, which is not after it begins, else when it begins."""
    return session.sign_up_until or session.starts_at


def why_closed(session: Session, now: datetime.datetime | None = None) -> str:
    """Why nobody can enrol now and what to do instead; "" while it is possible, be it for the waiting list."""
    now = now or timezone.now()
    if session.state == SessionState.CANCELLED:
        return _("This session was cancelled: %(reason)s. Choose another one, or ask the office for the next.") % {
            "reason": session.reason
        }
    if session.state == SessionState.HELD or session.starts_at <= now:
        return _("This session has begun or is over. Choose a later one.")
    if session.state == SessionState.PLANNED:
        return _("Sign-up has not been opened yet. Come back in some days, or ask the office.")
    if sign_up_ends(session) <= now:
        return _("Sign-up ended at %(moment)s. Call the office, or choose a later session.") % {
            "moment": in_list(sign_up_ends(session))
        }
    if not session.waiting_list and free_seats(session) == 0:
        return full_up(session)
    return ""


def full_up(session: Session) -> str:
    """What is said where all seats are taken and nobody waits for one."""
    return _("All %(seats)s seats are taken and there is no waiting list. Choose another session.") % {
        "seats": session.seats
    }


def own_enrolment(session: Session, person: Person) -> Enrolment | None:
    """The person's enrolment that was not withdrawn."""
    found = session.enrolments.filter(person=person).exclude(state=EnrolmentState.WITHDRAWN)
    return found.select_related("session").first()


def place_in_line(one: Enrolment) -> int | None:
    """How many steps away a seat is, 1 is next; None for who does not wait."""
    if one.state != EnrolmentState.WAITING:
        return None
    before = Q(entered_at__lt=one.entered_at) | Q(entered_at=one.entered_at, pk__lt=one.pk)
    return one.session.enrolments.filter(before, state=EnrolmentState.WAITING).count() + 1


def _in_state(session: Session, state: EnrolmentState) -> QuerySet[Enrolment]:
    found = session.enrolments.filter(state=state).select_related("person", "village")
    return found.order_by("entered_at", "pk")
