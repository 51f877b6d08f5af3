"""The month: opened, its people asked, its results reported, closed (requirement I)."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.domain.settings import commitments_settings
from commitments.domain.who_files import day_asked, filers
from commitments.enums import WRITABLE, AmendmentState, CommitmentState, MonthState, Outcome
from commitments.models import FILING_RULE, MONTH_CLOCK, RESULTS_RULE, Amendment, Commitment, Month, Promise
from commitments.permissions import user_can_run
from organisation.domain.cadres import Cadre
from organisation.domain.duty import absences_between
from organisation.models import Absence, Appointment, Person
from suite import audit
from suite.clock.calendar import DAY, Calendar
from suite.clock.domain import calendar, clocks_of, due_moment, open_clocks, start_clock, stop
from suite.clock.enums import Unit as Counted
from suite.clock.models import DueDate
from suite.state import locked
from suite.state.changing import moved, require_may, require_state
from suite.theme.dates import in_list

_IN_WORK = (CommitmentState.FILED, CommitmentState.REPORTED, CommitmentState.VERIFIED)


@transaction.atomic
def open_month(first: datetime.date, user: Any, at: datetime.datetime | None = None) -> Month:
    """Open the month that begins on `first`: its clocks run, and everybody who has to file owes a commitment.

    Filing ends when the office closes on the Nth working day of the month; opened later than on its first, the
    working days count from the day it is opened. ``at``: when (aware; default: now), for samples. Raises
    ValidationError for another month than the present and the next one, one that is open already, or where nobody has
    to file.
    """
    require_may(user, user_can_run)
    now = at or timezone.now()
    today = timezone.localdate(now)
    this = today.replace(day=1)
    if first not in (this, next_first(this)):
        raise ValidationError(_("Open this month or the next one; others are over or too far away."))
    if Month.objects.filter(first=first).exists():
        raise ValidationError(_("This month is open already: you find it in the register."))
    asked = filers(day_asked(first, today))
    if not asked:
        raise ValidationError(
            _("Nobody has to file: enter the appointments, or choose in the settings the units whose people file.")
        )
    month = Month(first=first, files_until=now, results_until=now, opened_at=now, opened_by=user)
    month.save()
    chosen = commitments_settings()
    filing = _clock(month, FILING_RULE, chosen.filing_days, max(first, today) - DAY, user)
    results = _clock(month, RESULTS_RULE, chosen.results_days, month.last, user)
    month.files_until, month.results_until = due_moment(filing) or now, due_moment(results) or now
    month.save()
    _ask(month, asked)
    audit.record(
        month,
        "commitments.open",
        user,
        after=str(month.get_state_display()),
        people=len(asked),
        until=in_list(month.files_until),
    )
    return month


@transaction.atomic
def add_newcomers(month: Month) -> list[Commitment]:
    """Ask those who came into a post since the month was opened, until its filing closes. Returns what is new."""
    month = locked(month)
    if month.state != MonthState.OPEN:
        return []
    until = timezone.localdate(month.files_until)
    known = set(month.commitments.values_list("person_id", flat=True))
    new = [one for one in filers(max(min(timezone.localdate(), until), month.first)) if one.person.pk not in known]
    if new:
        audit.record(month, "commitments.newcomers", None, people="、".join(one.person.name for one in new))
    return _ask(month, new)


@transaction.atomic
def release_departed(month: Month) -> list[Commitment]:
    """Release who has not filed and cannot: whose post has ended, and who is away on every working day.

    The working days are those from the day the month was opened, or the post began, to its last. Returns the
    released commitments.
    """
    month = locked(month)
    if month.state != MonthState.OPEN:
        return []
    owed = list(month.commitments.filter(state__in=WRITABLE).select_related("month", "person", "unit"))
    people = [one.person for one in owed]
    asked = {one.person.pk: one for one in filers(day_asked(month), people)}
    away = _away_throughout(month, [asked[one.pk] for one in people if one.pk in asked])
    released = []
    for one in owed:
        if one.person_id not in asked:
            one.release_reason = post_ended(one.person)
        elif one.person_id in away:
            one.release_reason = _("Away on every working day of the month")
        else:
            continue
        moved(one, one.to_released, "commitments.release", None, reason=one.release_reason)
        released.append(one)
    return released


@transaction.atomic
def begin_reporting(month: Month, user: Any) -> Month:
    """Begin with the results of the month. Raises ValidationError before its filing has closed."""
    require_may(user, user_can_run)
    month = locked(month)
    require_state(month, (MonthState.OPEN,), _("The results of this month are reported already."))
    if timezone.now() <= month.files_until:
        raise ValidationError(
            _("Filing is open until %(until)s: begin with the results afterwards.")
            % {"until": in_list(month.files_until)}
        )
    _stop(month, FILING_RULE, user)
    moved(month, month.to_reporting, "commitments.begin_reporting", user, until=in_list(month.results_until))
    return month


@transaction.atomic
def close_month(month: Month, user: Any) -> Month:
    """Close a month of which everything is decided; what was not filed or not reported is not fulfilled.

    Raises ValidationError while results may be reported, or something waits for somebody: an amendment, too.
    """
    require_may(user, user_can_run)
    month = locked(month)
    require_state(month, (MonthState.REPORTING,), _("Only a month whose results are reported is closed."))
    now = timezone.now()
    if now <= month.results_until:
        raise ValidationError(
            _("Results are reported until %(until)s: close the month afterwards.")
            % {"until": in_list(month.results_until)}
        )
    if waiting := month.commitments.filter(state__in=_IN_WORK).count():
        raise ValidationError(
            _("%(count)s commitments still wait for approval, verification or the township: bring them to their end.")
            % {"count": waiting}
        )
    _require_no_change_waits(month)
    missed = 0
    for one in month.commitments.filter(state__in=(*WRITABLE, CommitmentState.APPROVED)).select_related("person"):
        _miss(one, month, now, user)
        missed += 1
    _stop(month, RESULTS_RULE, user)
    month.closed_at = now
    moved(month, month.to_closed, "commitments.close", user, missed=missed)
    return month


def next_first(first: datetime.date) -> datetime.date:
    """The first of the month after the one of `first`."""
    return (first + 32 * DAY).replace(day=1)


def follow_clock(due_date: DueDate, closes: datetime.time) -> None:
    """Take over the day of a month's clock that has moved; ``closes``: when the office does."""
    field = {FILING_RULE: "files_until", RESULTS_RULE: "results_until"}.get(due_date.rule)
    if field is None or due_date.due is None:
        return
    moment = timezone.make_aware(datetime.datetime.combine(due_date.due, closes))
    Month.objects.filter(pk=due_date.subject_key).update(**{field: moment})


def post_ended(person: Person) -> str:
    """Why somebody without a post need not file."""
    last = Appointment.objects.filter(person=person, until__isnull=False).order_by("-until").first()
    if not person.active or last is None or last.until is None:
        return _("No longer in service")
    return _("The post %(post)s ended on %(day)s") % {"post": last.post, "day": last.until}


def _ask(month: Month, asked: list[Cadre]) -> list[Commitment]:
    return Commitment.objects.bulk_create(
        Commitment(month=month, person=one.person, unit=one.unit, posts=one.posts) for one in asked
    )


def _away_throughout(month: Month, asked: list[Cadre]) -> set[int]:
    """Who of them is away on every working day that is left to them in the month."""
    begins = timezone.localdate(month.opened_at)
    absences: dict[int, list[Absence]] = {}
    for one in absences_between([filer.person for filer in asked], begins, month.last):
        absences.setdefault(one.person_id, []).append(one)
    days = calendar()
    return {
        one.person.pk
        for one in asked
        if one.person.pk in absences and _covers(absences[one.person.pk], days, max(begins, one.since), month.last)
    }


def _covers(absences: list[Absence], days: Calendar, first: datetime.date, last: datetime.date) -> bool:
    working = [day for number in range((last - first).days + 1) if days.is_working_day(day := first + number * DAY)]
    return bool(working) and all(
        any(one.since <= day and (one.until is None or day <= one.until) for one in absences) for day in working
    )


def _clock(month: Month, rule: str, days: int, after: datetime.date, user: Any) -> DueDate:
    noon = timezone.make_aware(datetime.datetime.combine(after, datetime.time(12)))
    return start_clock((MONTH_CLOCK, month.pk), rule, days, Counted.WORKING, user, noon)


def _stop(month: Month, rule: str, user: Any) -> None:
    for clock in open_clocks().filter(pk__in=clocks_of(MONTH_CLOCK, month.pk).filter(rule=rule)):
        stop(clock, user, clock.due)


def _require_no_change_waits(month: Month) -> None:
    waiting = Amendment.objects.filter(promise__commitment__month=month, state=AmendmentState.PROPOSED)
    rows = waiting.order_by("promise__commitment__person__sort_key", "promise__commitment", "promise__number")
    names = rows.values_list("promise__commitment__person__name", flat=True)
    if people := "、".join(dict.fromkeys(names)):
        raise ValidationError(
            _("Changes of promises still wait for approval: %(people)s. Have their leaders decide first.")
            % {"people": people}
        )


def _miss(commitment: Commitment, month: Month, now: datetime.datetime, user: Any) -> None:
    if commitment.state == CommitmentState.APPROVED:
        again = commitment.reported_at is not None
        remark = _("The result was sent back, and not reported again") if again else _("The result was not reported")
        commitment.promises.update(outcome=Outcome.NOT, outcome_remark=remark, decided_at=now, decided_by=user)
    else:
        remark = _("No commitment was filed")
        Promise.objects.create(
            commitment=commitment,
            number=1,
            work=remark,
            due=month.last,
            missing=True,
            outcome=Outcome.NOT,
            outcome_remark=remark,
            decided_at=now,
            decided_by=user,
        )
    commitment.outcome, commitment.ended_at = Outcome.NOT, now
    moved(commitment, commitment.to_missed, "commitments.miss", user, reason=remark)
