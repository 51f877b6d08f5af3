"""What is recorded of a session, and whether it adds up (requirement Q)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from training.domain.attendance.served import units_of
from training.enums import AttendanceState, AttendanceWay, EnrolmentState, SessionState
from training.models import Attendance, AttendanceWindow, Enrolment, HeadCount, Session


@dataclass(frozen=True)
class Standing:
    """How a session's attendance stands: ``recorded`` in all, ``by_code`` of them, and the newest head count."""

    recorded: int
    by_code: int
    count: HeadCount | None

    @property
    def difference(self) -> int:
        """Recorded beyond the heads in the room; negative where somebody in the room is not recorded."""
        return self.recorded - self.count.number if self.count else 0

    @property
    def short(self) -> int:
        """Heads in the room that are not recorded."""
        return max(0, -self.difference)

    @property
    def explained(self) -> bool:
        """Whether the explanation that was given is about this difference, not about an earlier one."""
        count = self.count
        return bool(count and count.explanation and count.recorded - count.number == self.difference)

    @property
    def settled(self) -> bool:
        """Whether heads were counted and agree with what is recorded, or it is said why not."""
        return self.count is not None and (self.difference == 0 or self.explained)


@dataclass(frozen=True)
class ListRow:
    """One line of the list to tick: an ``enrolment``, or an ``attendance`` without one; both for who is there.

    ``kind`` and ``key`` name what is ticked: ("enrolment", 7) or ("person", 3).
    """

    name: str
    of: str
    attendance: Attendance | None = None
    enrolment: Enrolment | None = None
    kind: str = ""
    key: int = 0


def there(session: Session) -> QuerySet[Attendance]:
    """Who was there, in the order in which they were recorded."""
    return session.attendances.filter(state=AttendanceState.RECORDED)


def attended(session: Session) -> int:
    """How many were there: what proves that the session took place. 0 where no attendance was taken."""
    return there(session).count()


def missing_to_close(session: Session) -> list[str]:
    """What has to be done before the session counts as held: sentences; [] where the attendance is complete.

    A session without any attendance can be closed with a reason instead; one whose numbers differ cannot.
    """
    return missing_of(standing(session))


def missing_of(found: Standing) -> list[str]:
    """As `missing_to_close`, for who knows how it stands."""
    if not found.recorded:
        return [_("Nobody is recorded: take the attendance, or key in the paper list.")]
    if found.count is None:
        return [_("Count the heads in the room and enter the number.")]
    return [] if found.settled else [differs(found)]


def differs(found: Standing) -> str:
    """What to do about a difference between heads and rows."""
    if found.difference > 0:
        return _(
            "%(recorded)s are recorded, but only %(heads)s heads were counted: strike out who was not there, or say "
            "why the numbers differ."
        ) % {"recorded": found.recorded, "heads": found.count.number if found.count else 0}
    return _(
        "%(heads)s heads were counted, but only %(recorded)s are recorded: tick who is missing, or say why the "
        "numbers differ."
    ) % {"recorded": found.recorded, "heads": found.count.number if found.count else 0}


def standing(session: Session) -> Standing:
    """How the session's attendance stands now."""
    ways = list(there(session).values_list("way", flat=True))
    return Standing(len(ways), ways.count(AttendanceWay.CODE), session.head_counts.order_by("pk").last())


def window_of(session: Session) -> AttendanceWindow | None:
    """The session's window, open or not."""
    return AttendanceWindow.objects.filter(session=session).first()


def is_open(window: AttendanceWindow | None, now: datetime.datetime | None = None) -> bool:
    """Whether codes count at `now` (aware; the present moment unless given)."""
    return window is not None and window.opened_at <= (now or timezone.now()) < window.until


def is_over(session: Session, now: datetime.datetime | None = None) -> bool:
    """Whether it has ended by the clock, or was closed as held: now people can say how it was."""
    return session.state == SessionState.HELD or session.ends_at <= (now or timezone.now())


def open_sessions(now: datetime.datetime | None = None) -> QuerySet[Session]:
    """The sessions whose codes count at `now`."""
    now = now or timezone.now()
    found = Session.objects.filter(window__opened_at__lte=now, window__until__gt=now)
    return found.select_related("course", "window").order_by("starts_at", "pk")


def own_attendance(session: Session, person_id: int | None) -> Attendance | None:
    """The person's row that counts; None for who was not there."""
    return there(session).filter(person_id=person_id).first() if person_id else None


def attendance_of(enrolment: Enrolment) -> Attendance | None:
    """The row that counts of who enrolled without an account; None for who was not there."""
    return there(enrolment.session).filter(enrolment=enrolment).first()


def list_of(session: Session) -> list[ListRow]:
    """Everybody enrolled with a seat or waiting, by name, with what is recorded; then those who came without."""
    recorded = list(there(session).select_related("person", "enrolment"))
    by_person = {row.person_id: row for row in recorded if row.person_id}
    by_enrolment = {row.enrolment_id: row for row in recorded if row.enrolment_id}
    enrolled = list(session.enrolments.exclude(state=EnrolmentState.WITHDRAWN).select_related("person", "village"))
    units = units_of([one.person_id for one in enrolled if one.person_id], timezone.localdate(session.starts_at))
    rows, shown = [], set()
    for one in enrolled:
        found = by_person.get(one.person_id) if one.person_id else by_enrolment.get(one.pk)
        shown.add(found.pk if found else 0)
        of = one.village.name if one.village else units.get(one.person_id or 0, "")
        rows.append(ListRow(str(one), of, found, one, "enrolment", one.pk))
    rows.sort(key=lambda row: row.enrolment.person.sort_key if row.enrolment and row.enrolment.person else row.name)
    return [*rows, *(ListRow(row.name, row.of, row) for row in recorded if row.pk not in shown)]
