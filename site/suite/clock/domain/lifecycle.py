"""Starting, pausing, extending and stopping clocks, and moving them when the calendar changes."""

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from suite import audit
from suite.clock.calendar import Calendar
from suite.clock.enums import States
from suite.clock.explain import explain
from suite.clock.models import DueDate, Extension, Pause
from suite.clock.reckoning import Break, Limit, reckon
from suite.clock.signals import due_moved
from suite.state import locked

from .queries import calendar, next_working_moment, open_clocks


@transaction.atomic
def start_clock(
    subject: tuple[str, object], rule: str, amount: int, unit: str, user: Any, at: datetime.datetime | None = None
) -> DueDate:
    """Start a clock on `subject` (kind, key) and return it.

    ``amount`` days of ``unit`` count from the day after ``at`` (aware; default: now). An amount of 0 is an instant
    matter: received after hours it is due on the next working day (requirement F). ``rule`` names why, as in
    "cases.promise"; a subject has one open clock for each rule. Raises ValidationError for a second one.
    """
    kind, key = subject[0], str(subject[1])
    at = at or timezone.now()
    if open_clocks().filter(subject_kind=kind, subject_key=key, rule=rule).exists():
        raise ValidationError(_("This clock is running already: stop it before you start it again."))
    day = timezone.localdate(at if amount else next_working_moment(at))
    due_date = DueDate(subject_kind=kind, subject_key=key, rule=rule, amount=amount, unit=unit, start=day)
    due_date.full_clean()
    due_date.save()
    _reckon(due_date, calendar())
    audit.record(due_date, "clock.start", user, after=_iso(due_date.due), how=due_date.explanation)
    return due_date


@transaction.atomic
def pause(
    due_date: DueDate,
    reason: str,
    user: Any,
    on: datetime.date | None = None,
    expected_until: datetime.date | None = None,
) -> DueDate:
    """Pause a running clock: the days after `on` (default: today) do not count until `resume`.

    With ``expected_until`` a due day is shown meanwhile. Raises ValidationError without a reason, for a clock that
    does not run, or days out of order.
    """
    due_date, on = locked(due_date), on or timezone.localdate()
    if due_date.state != States.RUNNING:
        raise ValidationError(_("Only a running clock can be paused."))
    _require(reason)
    last = due_date.pauses.last()
    if on < max(due_date.start, last.until if last and last.until else due_date.start):
        raise ValidationError(
            _("A pause begins after the clock starts and after the pause before: choose a later day.")
        )
    if expected_until and expected_until < on:
        raise ValidationError(_("The pause cannot end before it begins: choose a later day."))
    Pause.objects.create(due_date=due_date, since=on, expected_until=expected_until, reason=reason, by=_account(user))
    due_date.to_paused()
    return _moved(due_date, "clock.pause", user, reason=reason, until=_iso(expected_until))


@transaction.atomic
def resume(due_date: DueDate, user: Any, on: datetime.date | None = None) -> DueDate:
    """Let a paused clock go on: the day after `on` (default: today) counts again. Raises ValidationError otherwise."""
    due_date, on = locked(due_date), on or timezone.localdate()
    if due_date.state != States.PAUSED:
        raise ValidationError(_("This clock is not paused."))
    _end_pause(due_date, on)
    due_date.to_running()
    return _moved(due_date, "clock.resume", user)


@transaction.atomic
def extend(due_date: DueDate, amount: int, reason: str, user: Any) -> DueDate:
    """Add `amount` days of the clock's unit. Raises ValidationError without a reason, or for a stopped clock."""
    due_date = locked(due_date)
    if due_date.state == States.STOPPED:
        raise ValidationError(_("This clock has stopped and cannot be extended: start a new one."))
    if amount < 1:
        raise ValidationError(_("Extend by at least one day."))
    _require(reason)
    Extension.objects.create(due_date=due_date, amount=amount, reason=reason, by=_account(user))
    return _moved(due_date, "clock.extend", user, days=amount, reason=reason)


@transaction.atomic
def stop(due_date: DueDate, user: Any, on: datetime.date | None = None) -> DueDate:
    """Stop a clock for good on `on` (default: today); a pause ends too. ValidationError if it has stopped."""
    due_date, on = locked(due_date), on or timezone.localdate()
    if due_date.state == States.STOPPED:
        raise ValidationError(_("This clock has stopped already."))
    if on < due_date.start:
        raise ValidationError(_("A clock stops after it starts: choose a later day."))
    if due_date.state == States.PAUSED:
        _end_pause(due_date, on)
    due_date.stopped_on = on
    due_date.to_stopped()
    return _moved(due_date, "clock.stop", user, on=_iso(on))


@transaction.atomic
def recompute_open(reason: str) -> int:
    """Reckon every open clock anew, after the calendar changed; returns how many due days moved.

    Each move is in the audit log, under whoever is at work (Wagtail's log context), with `reason`.
    """
    days, moved = calendar(), 0
    for due_date in open_clocks().select_for_update().prefetch_related("pauses", "extensions"):
        before = due_date.due
        if _reckon(due_date, days) and due_date.due != before:
            audit.record(
                due_date, "clock.recompute", None, before=_iso(before), after=_iso(due_date.due), reason=reason
            )
            due_moved.send(DueDate, due_date=due_date, before=before, after=due_date.due)
            moved += 1
    return moved


def _moved(due_date: DueDate, action: str, user: Any, **data: Any) -> DueDate:
    before = due_date.due
    due_date.save()
    _reckon(due_date, calendar())
    audit.record(due_date, action, user, before=_iso(before), after=_iso(due_date.due), **data)
    if due_date.due != before:
        due_moved.send(DueDate, due_date=due_date, before=before, after=due_date.due)
    return due_date


def _reckon(due_date: DueDate, days: Calendar) -> bool:
    """Set due day, provisional mark and explanation; True if any of them changed."""
    extended = sum(extension.amount for extension in due_date.extensions.all())
    breaks = [Break(row.since, row.until or row.expected_until, row.reason) for row in due_date.pauses.all()]
    limit = Limit(due_date.start, due_date.amount + extended, due_date.unit, breaks)
    due = reckon(limit, days)
    # Kept for readers, so in the office's language whoever is at work.
    with translation.override(settings.LANGUAGE_CODE):
        text = explain(limit, due, extended, days)
    if (due_date.due, due_date.provisional, due_date.explanation) == (due.day, due.provisional, text):
        return False
    due_date.due, due_date.provisional, due_date.explanation = due.day, due.provisional, text
    due_date.save(update_fields=["due", "provisional", "explanation"])
    return True


def _end_pause(due_date: DueDate, on: datetime.date) -> None:
    last = due_date.pauses.get(until=None)
    if on < last.since:
        raise ValidationError(_("The pause cannot end before it begins: choose a later day."))
    last.until = on
    last.save(update_fields=["until"])


def _require(reason: str) -> None:
    if not reason.strip():
        raise ValidationError(_("Say why: the reason is shown with the due date."))


def _account(user: Any) -> Any:
    return user if user is not None and user.is_authenticated else None


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
