"""The monthly report meeting 月析月评会: planned, drawn for, recorded, held (requirement I)."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.domain.draws import DRAW_KIND, candidates_of, draw_under_way, meeting_drawn_for, meeting_of
from commitments.domain.rows import line, lines
from commitments.enums import HANDED_IN, MeetingState, MonthState
from commitments.models import Commitment, MeetingReport, ReportMeeting
from commitments.permissions import user_can_run
from suite import audit
from suite.audit.words import differences, values
from suite.draw import domain as draws
from suite.draw.models import Draw
from suite.privacy import require_public
from suite.state import locked
from suite.state.changing import moved, require_may, require_state
from suite.theme.dates import in_full, in_list

_BEFORE = (MeetingState.PLANNED, MeetingState.DRAWN)
_ALWAYS = ("starts_at", "place", "chair")
_UNTIL_THE_LIST = ("seats", "rest")
LONGEST_RECORD = 2000
LONGEST_REASON = 300


@transaction.atomic
def plan(meeting: ReportMeeting, user: Any) -> ReportMeeting:
    """Plan the meeting of a month. ``meeting``: unsaved. Raises ValidationError."""
    require_may(user, user_can_run)
    meeting.month = locked(meeting.month)
    if meeting.month.state == MonthState.CLOSED:
        raise ValidationError({"month": _("This month is closed: choose one that is not.")})
    if meeting_of(meeting.month):
        raise ValidationError({"month": _("This month has its meeting already: change that one, or cancel it first.")})
    meeting.planned_by = user
    _check(meeting)
    meeting.save()
    audit.record(meeting, "commitments.plan_meeting", user, begins=in_list(meeting.starts_at), place=meeting.place)
    return meeting


@transaction.atomic
def change(meeting: ReportMeeting, changes: Mapping[str, Any], user: Any) -> ReportMeeting:
    """Change a meeting before it is held: ``starts_at``, ``place``, ``chair``; until its list is published also
    ``seats`` and ``rest``. Raises ValidationError; KeyError for another field."""
    require_may(user, user_can_run)
    meeting = locked(meeting)
    require_state(meeting, _BEFORE, _("A meeting is changed before it is held."))
    if unknown := set(changes) - {*_ALWAYS, *_UNTIL_THE_LIST}:
        raise KeyError(unknown)
    before = _told(meeting, changes)
    under_way = draw_under_way(meeting.month)
    listed = meeting.state == MeetingState.DRAWN or (under_way is not None and under_way.frozen_at is not None)
    for name, value in changes.items():
        if listed and name in _UNTIL_THE_LIST and value != getattr(meeting, name):
            raise ValidationError(
                {
                    name: _(
                        "The list for the draw is published with its rules: draw again, with a reason, to change them."
                    )
                }
            )
        setattr(meeting, name, value)
    _check(meeting)
    meeting.save()
    if told := differences(before, _told(meeting, changes)):
        audit.record(meeting, "commitments.change_meeting", user, changes=told)
    return meeting


@transaction.atomic
def prepare_draw(meeting: ReportMeeting, user: Any, seed: draws.PublicResult | draws.Strings, reason: str = "") -> Draw:
    """Put together the draw among all who have handed in; `suite.draw` takes it on from there.

    ``reason``: why it is drawn again, where the month had a draw before, also for a meeting that was cancelled. Who
    hands in late takes part until the list is published (`bring_up_to_date`). Raises ValidationError.
    """
    require_may(user, user_can_run)
    meeting = locked(meeting)
    require_state(meeting, _BEFORE, _("A draw is held before the meeting."))
    _require_nothing_recorded(meeting)
    people, rules = _candidates(meeting)
    month = meeting.month
    before = draws.draws_of(DRAW_KIND, month.code).exclude(frozen_at=None).last()
    if before:
        draw = draws.draw_again(before, reason, user, seed=seed, candidates=people, rules=rules)
    else:
        subject = draws.Subject(DRAW_KIND, month.code, str(meeting))
        title = _("Draw for %(meeting)s") % {"meeting": meeting}
        purpose = _("Who of those with a commitment reports in the meeting; at least one of each unit.")
        draw = draws.prepare(
            user, title=title, purpose=purpose, subject=subject, candidates=people, rules=rules, seed=seed
        )
    audit.record(meeting, "commitments.prepare_draw", user, candidates=len(people), seats=rules.total)
    return draw


@transaction.atomic
def bring_up_to_date(draw: Draw, user: Any, at: datetime.datetime) -> None:
    """Put on the list of a draw who has handed in by now, before it is published at ``at`` (aware).

    Raises ValidationError while people can still hand in in time, and where there is no meeting to draw for.
    """
    meeting = _drawable(draw)
    if at <= meeting.month.files_until:
        raise ValidationError(
            _("Commitments can be filed until %(until)s. Publish the list after that.")
            % {"until": in_list(meeting.month.files_until)}
        )
    people, rules = _candidates(meeting)
    if (tuple(people), rules) != (draw.people, draw.parsed_rules):
        draws.amend(draw, user, candidates=people, rules=rules)


@transaction.atomic
def take_over(draw: Draw) -> ReportMeeting:
    """Take over what was drawn: a report for everybody, in the order of the draw; those of a draw before it go.

    Who need not file any more, or has taken the commitment back, is noted as absent: the draw stands. Raises
    ValidationError, which undoes the draw: no meeting to draw for, or reports recorded.
    """
    user = draw.drawn_by
    meeting = _drawable(draw)
    if meeting.state == MeetingState.DRAWN:
        meeting.reports.all().delete()
        moved(meeting, meeting.to_undrawn, "commitments.take_back_draw", user, reason=draw.again_reason)
    keys = draws.selected(draw)
    found = Commitment.objects.in_bulk([int(key) for key in keys])
    reports = [
        MeetingReport(meeting=meeting, commitment=found[int(key)], order=order) for order, key in enumerate(keys, 1)
    ]
    for one in reports:
        if one.commitment.state not in HANDED_IN:
            _note_absent(one)
    MeetingReport.objects.bulk_create(reports)
    moved(meeting, meeting.to_drawn, "commitments.take_over_draw", user, drawn=len(reports))
    return meeting


@transaction.atomic
def note_void(draw: Draw) -> None:
    """Write into the log of the meeting that its draw came to nothing; what was drawn before stands."""
    if meeting := meeting_drawn_for(draw):
        audit.record(meeting, "commitments.draw_void", draw.voided_by, reason=draw.void_reason)


@transaction.atomic
def record(one: MeetingReport, present: bool, said: str, remarks: str, user: Any) -> MeetingReport:
    """Write down what somebody reported, or that they were absent; may be redone until the meeting is closed.

    Raises ValidationError: before its day, while another draw is under way, nothing reported, a personal number.
    """
    require_may(user, user_can_run)
    meeting = _sitting(one.meeting)
    one = MeetingReport.objects.select_for_update().get(pk=one.pk)
    one.meeting = meeting
    said, remarks = lines(said), lines(remarks)
    if present and one.commitment.state not in HANDED_IN:
        raise ValidationError(
            {
                "present": _("%(person)s has no commitment to report on any more: note them as absent.")
                % {"person": one.commitment.person}
            }
        )
    if present and not said:
        raise ValidationError({"said": _("Write down what was reported.")})
    if not present and said:
        raise ValidationError(
            {"said": _("Who was absent reported nothing: leave this empty, or say they were present.")}
        )
    texts = {"said": said, "remarks": remarks}
    for name, text in texts.items():
        if len(text) > LONGEST_RECORD:
            raise ValidationError({name: _("Say it in at most %(most)s characters.") % {"most": LONGEST_RECORD}})
    require_public(texts)
    one.present, one.said, one.remarks = present, said, remarks
    one.recorded_by, one.recorded_at = user, timezone.now()
    one.save()
    presence = _("was present") if present else _("was absent")
    audit.record(meeting, "commitments.record_report", user, person=str(one.commitment.person), presence=presence)
    return one


@transaction.atomic
def close(meeting: ReportMeeting, user: Any) -> ReportMeeting:
    """The meeting is over. Raises ValidationError, naming whose report is not recorded.

    Whose commitment was released or taken back since the draw is noted as absent.
    """
    require_may(user, user_can_run)
    meeting = _sitting(meeting)
    open_ones = list(meeting.reports.filter(present=None).select_related("commitment__person"))
    gone = [one for one in open_ones if one.commitment.state not in HANDED_IN]
    if missing := [str(one.commitment.person) for one in open_ones if one not in gone]:
        raise ValidationError(
            _("Not recorded yet: %(people)s. Record what they reported, or that they were absent.")
            % {"people": "、".join(missing)}
        )
    for one in gone:
        _note_absent(one)
        one.save()
    meeting.held_at = timezone.now()
    present = meeting.reports.filter(present=True).count()
    absent = meeting.reports.filter(present=False).count()
    moved(meeting, meeting.to_held, "commitments.close_meeting", user, present=present, absent=absent)
    return meeting


@transaction.atomic
def cancel(meeting: ReportMeeting, reason: str, user: Any) -> ReportMeeting:
    """Cancel a meeting with a reason; a draw that is under way is void. Raises ValidationError.

    Another meeting may then be planned for the month; its draw is a second one and needs a reason.
    """
    require_may(user, user_can_run)
    meeting = locked(meeting)
    require_state(meeting, _BEFORE, _("A meeting is cancelled before it is held."))
    _require_nothing_recorded(meeting)
    if not (reason := line(reason)):
        raise ValidationError({"reason": _("Give the reason: it stays with the meeting.")})
    if len(reason) > LONGEST_REASON:
        raise ValidationError({"reason": _("Say it in at most %(most)s characters.") % {"most": LONGEST_REASON}})
    require_public({"reason": reason})
    if under_way := draw_under_way(meeting.month):
        draws.void(under_way, reason, user)
    meeting.reason = reason
    moved(meeting, meeting.to_cancelled, "commitments.cancel_meeting", user, reason=reason)
    return meeting


def _told(meeting: ReportMeeting, names: Collection[str]) -> dict[str, str]:
    """The named fields in words, its beginning as clocks here show it."""
    shown = values(meeting, names)
    label = str(meeting._meta.get_field("starts_at").verbose_name)
    return {**shown, label: in_list(meeting.starts_at)} if label in shown else shown


def _check(meeting: ReportMeeting) -> None:
    meeting.place = line(meeting.place)
    require_public({"place": meeting.place})
    meeting.full_clean(exclude=["state", "month"])
    day, month = timezone.localdate(meeting.starts_at), meeting.month
    latest = (month.last + datetime.timedelta(days=32)).replace(day=1) - datetime.timedelta(days=1)
    if not month.first <= day <= latest:
        raise ValidationError(
            {
                "starts_at": _("The meeting is held in its month or the next: choose a day from %(first)s to %(last)s.")
                % {"first": in_full(month.first), "last": in_full(latest)}
            }
        )
    if not meeting.chair.active:
        raise ValidationError(
            {"chair": _("%(person)s is not in service any more: choose who chairs.") % {"person": meeting.chair}}
        )


def _candidates(meeting: ReportMeeting) -> Any:
    people, rules = candidates_of(meeting)
    if not people:
        raise ValidationError(_("Nobody has handed in a commitment for %(month)s yet.") % {"month": meeting.month})
    return people, rules


def _drawable(draw: Draw) -> ReportMeeting:
    """The meeting of a draw, under a lock. Raises ValidationError where a draw comes too late."""
    meeting = meeting_drawn_for(draw)
    meeting = locked(meeting) if meeting else None
    if meeting is None or meeting.state not in _BEFORE:
        raise ValidationError(_("The meeting is cancelled or was held: void this draw with that reason."))
    _require_nothing_recorded(meeting)
    return meeting


def _sitting(meeting: ReportMeeting) -> ReportMeeting:
    """The meeting under a lock. Raises ValidationError where it is not the time to write it down."""
    meeting = locked(meeting)
    require_state(
        meeting, (MeetingState.DRAWN,), _("Reports are recorded after the draw, until the meeting is closed.")
    )
    if draw := draw_under_way(meeting.month):
        raise ValidationError(
            _("The draw “%(draw)s” is under way: carry it out, or void it with a reason.") % {"draw": draw}
        )
    if timezone.localdate() < timezone.localdate(meeting.starts_at):
        raise ValidationError(
            _("The meeting is on %(day)s. Come back then.") % {"day": in_full(timezone.localdate(meeting.starts_at))}
        )
    return meeting


def _require_nothing_recorded(meeting: ReportMeeting) -> None:
    if meeting.reports.exclude(recorded_at=None).exists():
        raise ValidationError(_("Reports have been recorded, so the meeting has begun: close it."))


def _note_absent(one: MeetingReport) -> None:
    one.present, one.said = False, ""
    one.remarks = _("The commitment was taken back or released after the list was published.")
