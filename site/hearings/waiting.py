"""What waits on whose desk for a hearing: with when it is due and why it came there (requirement H)."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.domain.duty import has_a_desk
from organisation.models import Person
from suite.clock.domain import clock_settings, due_moment
from suite.desk import DeskItem

from .domain.letters import without_letter
from .domain.minutes_checks import correction_time, missing_for_minutes, takes_corrections
from .domain.notice_period import current_notice, days_needed, is_too_late, missing_notice
from .domain.outcome import missing_feedback, open_measures, without_measure
from .domain.responsibility import HEAD, LEADER, People, escalations, overdue
from .enums import CorrectionState, HearingState, MeasureState, OfficerRole, SeatState, TopicState
from .models import Hearing, Measure, MinutesPage, Officer, Representative, Topic

_RUNNING = (HearingState.POSTPONED, HearingState.PLANNED, HearingState.NOTIFIED, HearingState.FIXED)
_AFTERWARDS = (HearingState.HELD, HearingState.PUBLISHED, HearingState.FOLLOWING)


def measures_waiting(person: Person) -> Iterator[DeskItem]:
    """Measures this person carries, and overdue ones that have come up to them: handler, head, leader in charge."""
    found = Measure.objects.filter(state=MeasureState.OPEN).select_related("problem__hearing", "unit", "handler__user")
    people, closes = People(), clock_settings().closes
    rows = list(found.order_by("due", "pk"))
    for measure in rows:
        if people.carrier(measure) == person:
            reason = (
                _("You are its handler.")
                if measure.handler_id == person.pk
                else _("It has no handler, and %(unit)s is yours.") % {"unit": measure.unit}
            )
            yield _measure_item(measure, _("Carry out: %(measure)s"), reason, closes)
    for reached in escalations((one for one in rows if _is_overdue(one)), people=people):
        if reached.person == person:
            reason = (
                _("It is overdue, and you are the head of %(unit)s.")
                if reached.level == HEAD
                else _("It is overdue, and you are in charge of %(unit)s.")
            )
            yield _measure_item(
                reached.measure, _("Overdue: %(measure)s"), reason % {"unit": reached.measure.unit}, closes
            )


def minutes_to_read(person: Person) -> Iterator[DeskItem]:
    """Drafted minutes that an officer of the hearing may still have corrected."""
    seats = Officer.objects.filter(person=person, hearing__state=HearingState.HELD).select_related("hearing")
    for seat in seats:
        if takes_corrections(seat.hearing):
            clock = correction_time(seat.hearing)
            title = _("Read the minutes of “%(hearing)s” and ask for what has to be corrected")
            reason = _("You sat there as %(role)s.") % {"role": seat.get_role_display()}
            item = _hearing_item("read", seat.hearing, title, reason, due_moment(clock) if clock else None)
            # Officers need not work in the admin.
            yield replace(item, url=reverse("hearings_minutes", args=[seat.hearing_id]))


def sessions_to_record(person: Person) -> Iterator[DeskItem]:
    """Sessions of today that this person writes down."""
    clerk = Officer.objects.filter(person=person, role=OfficerRole.CLERK, hearing__state=HearingState.FIXED)
    for seat in clerk.select_related("hearing"):
        if _is_due(seat.hearing.starts_at):
            yield _session_item(seat.hearing, _("You are its clerk."))


def office_items() -> Iterator[DeskItem]:
    """What waits for the efficiency office: topics, and the next step of each hearing."""
    waiting = Topic.objects.filter(state=TopicState.REPORTED).count()
    if waiting:
        yield DeskItem(
            key="hearings.topics",
            title=_("Decide on %(count)s topics: put together, answer, or take to a hearing") % {"count": waiting},
            url=reverse("hearings_topic_modeladmin_index"),
            reason=_office(),
            due=None,
            plugin="hearings",
        )
    for hearing in Hearing.objects.filter(state__in=_RUNNING).order_by("starts_at", "pk"):
        yield from _before(hearing)
    for hearing in Hearing.objects.filter(state__in=_AFTERWARDS).order_by("starts_at", "pk"):
        yield from _afterwards(hearing)
    closes = clock_settings().closes
    for reached in escalations(overdue()):
        if reached.level == LEADER and not has_a_desk(reached.person):
            reason = _("It is overdue, and nobody is in charge of %(unit)s.") % {"unit": reached.measure.unit}
            yield _measure_item(reached.measure, _("Overdue: %(measure)s"), reason, closes)


def _before(hearing: Hearing) -> Iterator[DeskItem]:
    if hearing.state == HearingState.POSTPONED:
        yield _hearing_item("plan", hearing, _("Plan “%(hearing)s” anew, or cancel it"), _office(), None)
    elif hearing.state == HearingState.PLANNED:
        late = is_too_late(hearing)
        title = (
            _("Postpone or cancel “%(hearing)s”: the days of notice are no longer there")
            if late
            else _("Publish and hang the notice of “%(hearing)s”")
        )
        yield _hearing_item("notice", hearing, title, _office(), hearing.starts_at if late else _last_day(hearing))
    elif hearing.state == HearingState.NOTIFIED:
        if missing := missing_notice(hearing):
            yield _hearing_item(
                "notice", hearing, _("The notice of “%(hearing)s” fell short"), missing, hearing.starts_at
            )
        if _is_past(hearing.sign_up_until):
            title = _("Fix the representatives of “%(hearing)s”")
            yield _hearing_item("fix", hearing, title, _("Sign-up is over."), hearing.starts_at)
    elif _is_due(hearing.starts_at):
        yield _session_item(hearing, _office())
    invited = Representative.objects.filter(hearing=hearing, state=SeatState.INVITED).count()
    if invited and hearing.state in (HearingState.NOTIFIED, HearingState.FIXED):
        title = _("Ask %(count)s invited ones of “%(hearing)s” whether they come") % {
            "count": invited,
            "hearing": hearing,
        }
        yield _hearing_item("invited", hearing, title, _office(), hearing.starts_at)


def _afterwards(hearing: Hearing) -> Iterator[DeskItem]:
    if hearing.state == HearingState.HELD:
        yield from _minutes_items(hearing)
    elif hearing.state == HearingState.PUBLISHED:
        title = (
            _("Issue a measure to each problem of “%(hearing)s”")
            if without_measure(hearing)
            else _("Begin the follow-up of “%(hearing)s”")
        )
        yield _hearing_item("measures", hearing, title, _("The minutes are published."), None)
    else:
        yield from _closing_items(hearing)


def _minutes_items(hearing: Hearing) -> Iterator[DeskItem]:
    clock = correction_time(hearing)
    due = due_moment(clock) if clock else None
    if not MinutesPage.objects.filter(hearing=hearing).exists():
        yield _hearing_item("draft", hearing, _("Draft the minutes of “%(hearing)s”"), _("The session is over."), None)
    elif clock is None:
        title = _("Send the minutes of “%(hearing)s” for correction")
        yield _hearing_item("send", hearing, title, _("The minutes are drafted."), None)
    if waiting := hearing.corrections.filter(state=CorrectionState.OPEN).count():
        title = _("Settle %(count)s corrections of “%(hearing)s”") % {"count": waiting, "hearing": hearing}
        yield _hearing_item("settle", hearing, title, _office(), due)
    if clock and not missing_for_minutes(hearing):
        title = _("Submit the minutes of “%(hearing)s” for publication")
        yield _hearing_item("publish", hearing, title, _("The time for corrections is over."), due)


def _closing_items(hearing: Hearing) -> Iterator[DeskItem]:
    ready = [one for one in without_letter(hearing) if one.may_be_told]
    if ready:
        title = _("Give out %(count)s notice letters of “%(hearing)s”") % {"count": len(ready), "hearing": hearing}
        yield _hearing_item("letters", hearing, title, _("What they raised has been settled."), None)
    if open_measures(hearing).exists() or ready:
        return
    if missing := missing_feedback(hearing):
        title = _("Record for “%(hearing)s”: %(missing)s") % {"hearing": hearing, "missing": "；".join(missing)}
        yield _hearing_item("feedback", hearing, title, _("Every measure has ended."), None)
    else:
        yield _hearing_item("close", hearing, _("Close “%(hearing)s”"), _("Everything is done and told."), None)


def _session_item(hearing: Hearing, reason: str) -> DeskItem:
    title = _("Record the session of “%(hearing)s”") % {"hearing": hearing}
    url = reverse("hearings_session", args=[hearing.pk])
    return DeskItem(f"hearings.session:{hearing.pk}", title, url, reason, hearing.starts_at, "hearings")


def _hearing_item(step: str, hearing: Hearing, title: str, reason: str, due: datetime.datetime | None) -> DeskItem:
    # A title that was filled in already may hold a percent sign of the hearing's name.
    text = title % {"hearing": hearing} if "%(hearing)s" in title else title
    url = reverse("hearings_hearing_modeladmin_inspect", args=[hearing.pk])
    return DeskItem(f"hearings.{step}:{hearing.pk}", text, url, reason, due, "hearings")


def _measure_item(measure: Measure, title: str, reason: str, closes: datetime.time) -> DeskItem:
    due = _at(measure.due, closes) if measure.due else None
    url = reverse("hearings_measure", args=[measure.pk])
    return DeskItem(f"hearings.measure:{measure.pk}", title % {"measure": measure}, url, reason, due, "hearings")


def _last_day(hearing: Hearing) -> datetime.datetime | None:
    """Until when page and paper have to be out."""
    notice = current_notice(hearing)
    if notice is None or hearing.starts_at is None:
        return None
    day = timezone.localdate(hearing.starts_at) - datetime.timedelta(days=days_needed(notice) + 1)
    return _at(day, clock_settings().closes)


def _at(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, time))


def _is_overdue(measure: Measure) -> bool:
    return measure.due is not None and measure.due < timezone.localdate()


def _is_past(moment: datetime.datetime | None) -> bool:
    return moment is not None and moment <= timezone.now()


def _is_due(moment: datetime.datetime | None) -> bool:
    return moment is not None and timezone.localdate(moment) <= timezone.localdate()


def _office() -> str:
    return _("You run the hearings.")
