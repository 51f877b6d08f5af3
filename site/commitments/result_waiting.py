"""What waits on whose desk about results and report meetings (requirement I)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Person
from suite.desk import DeskItem

from .domain.deciding import waiting_for
from .domain.draws import draw_under_way, meeting_of
from .domain.supervision import own_units_in
from .enums import CommitmentState, MeetingState, MonthState
from .models import Commitment, MeetingReport, Month, Promise, ReportMeeting

# While one of its commitments stands there, a month cannot be closed.
_OPEN = (CommitmentState.FILED, CommitmentState.REPORTED, CommitmentState.VERIFIED)


def own_results(person: Person) -> Iterator[DeskItem]:
    """Results this person has to report, and meetings in which they were drawn to speak."""
    owed = Commitment.objects.filter(
        person=person, state=CommitmentState.APPROVED, month__state=MonthState.REPORTING
    ).select_related("month")
    for one in owed:
        yield _item(
            f"result:{one.pk}",
            _("Report the results of %(month)s") % {"month": one.month},
            reverse("commitments_result", args=[one.month.code]),
            _("Sent back: %(remark)s") % {"remark": one.remark} if one.reported_at else _("You promised it."),
            one.month.results_until,
        )
    drawn = MeetingReport.objects.filter(commitment__person=person, meeting__state=MeetingState.DRAWN, present=None)
    for report in drawn.select_related("meeting__month", "commitment__month"):
        month = report.commitment.month
        yield _item(
            f"speak:{report.pk}",
            _("Report in the meeting %(meeting)s, %(place)s")
            % {"meeting": report.meeting, "place": report.meeting.place},
            reverse("commitments_board", args=[month.first, report.commitment.unit_id]),
            _("You were drawn as number %(number)s.") % {"number": report.order},
            report.meeting.starts_at,
        )


def to_verify(person: Person | None) -> Iterator[DeskItem]:
    """One line for each unit and month with results that a supervisor looks at; not those of their own units."""
    rows = (
        Promise.objects.filter(commitment__state=CommitmentState.REPORTED)
        .exclude(commitment__person=person)
        .values_list("commitment__month", "commitment__unit", "commitment__unit__name")
        .annotate(left=Count("pk", filter=Q(verification=None)))
        .order_by("commitment__month__first", "commitment__unit__order", "commitment__unit")
    )
    found = list(rows)
    months = Month.objects.in_bulk({month for month, *_rest in found})
    own = {pk: own_units_in(person, month) for pk, month in months.items()} if person else {}
    for month, unit, name, left in found:
        if unit in own.get(month, ()):
            continue
        title = (
            _("Verify %(count)s rows of %(unit)s, %(month)s")
            if left
            else _("All rows of %(unit)s, %(month)s, are verified: finish it")
        )
        yield _item(
            f"verify:{month}:{unit}",
            title % {"count": left, "unit": name, "month": months[month]},
            reverse("commitments_verify", args=[months[month].code, unit]),
            _("You are an efficiency supervisor, and it is not your own unit."),
        )


def to_decide(user: Any, runs: bool) -> Iterator[DeskItem]:
    """One line for each month with verified commitments that this account decides: the efficiency office's, and the
    leader's for the office's own people."""
    waiting: dict[Month, int] = {}
    for one in waiting_for(user):
        waiting[one.month] = waiting.get(one.month, 0) + 1
    for month, count in waiting.items():
        yield _item(
            f"decide:{month.pk}",
            _("Decide what became of the promises in %(count)s commitments of %(month)s")
            % {"count": count, "month": month},
            reverse("commitments_decisions"),
            _("You run the monthly commitments.") if runs else _("You are in charge of the efficiency office."),
        )


def months_to_close(now: datetime.datetime) -> Iterator[DeskItem]:
    """Months whose time for results is over, with nothing left to approve, verify or decide."""
    over = Month.objects.filter(state=MonthState.REPORTING, results_until__lt=now)
    for month in over.exclude(pk__in=Commitment.objects.filter(state__in=_OPEN).values("month")).order_by("first"):
        yield _item(
            f"close:{month.pk}",
            _("Close %(month)s: what was not reported counts as not fulfilled") % {"month": month},
            reverse("commitments_month_modeladmin_inspect", args=[month.pk]),
            _("You run the monthly commitments."),
        )


def meetings_to_hold(now: datetime.datetime) -> Iterator[DeskItem]:
    """The next step of each meeting: plan it, prepare its draw, record it."""
    office = _("You run the monthly commitments.")
    for month in Month.objects.filter(state=MonthState.OPEN, files_until__lt=now).order_by("first"):
        if meeting_of(month) is None:
            title = _("Plan the report meeting of %(month)s") % {"month": month}
            yield _item(f"plan:{month.pk}", title, reverse("commitments_reportmeeting_modeladmin_create"), office)
    running = ReportMeeting.objects.filter(state__in=(MeetingState.PLANNED, MeetingState.DRAWN)).select_related("month")
    for meeting in running.order_by("starts_at"):
        inspect = reverse("commitments_reportmeeting_modeladmin_inspect", args=[meeting.pk])
        if meeting.state == MeetingState.PLANNED and draw_under_way(meeting.month) is None:
            title = _("Prepare the draw for %(meeting)s") % {"meeting": meeting}
            yield _item(f"draw:{meeting.pk}", title, inspect, office, meeting.starts_at)
        elif meeting.state == MeetingState.DRAWN and timezone.localdate(meeting.starts_at) <= timezone.localdate(now):
            title = _("Write down what was reported in %(meeting)s, and close it") % {"meeting": meeting}
            address = reverse("commitments_meeting", args=[meeting.pk])
            yield _item(f"hold:{meeting.pk}", title, address, office, meeting.starts_at)


def _item(key: str, title: str, url: str, reason: str, due: datetime.datetime | None = None) -> DeskItem:
    return DeskItem(f"commitments.{key}", title, url, reason, due, "commitments")
