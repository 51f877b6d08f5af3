"""Measures: what was promised for each problem, by whom, until when, and what became of it (requirement H)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.domain.evidence import require_evidence
from hearings.domain.public_text import hidden_names
from hearings.domain.responsibility import may_move, may_report
from hearings.enums import HearingState, MeasureKind, MeasureState, ProblemState
from hearings.models import MEASURE_CLOCK, MEASURE_RULE, DateChange, Evidence, Hearing, Measure, Problem
from hearings.permissions import user_can_run
from organisation.domain.duty import works_for
from suite import audit
from suite.clock.domain import clocks_of, start_clock, stop
from suite.clock.enums import States, Unit
from suite.clock.models import LONGEST, DueDate
from suite.privacy import require_public
from suite.state import locked
from suite.state.changing import moved, require_may, require_state
from suite.theme.dates import in_full

from .changing import lock_hearing

# Measures follow the session, and end with the hearing.
_WHILE = (HearingState.HELD, HearingState.PUBLISHED, HearingState.FOLLOWING)


@transaction.atomic
def issue_measure(measure: Measure, user: Any) -> Measure:
    """Issue a measure to a problem of a closed session. ``measure``: unsaved.

    Done on the spot: it has no due date and counts as carried out today. Everything else is due on a day after today,
    in natural days on the clock; a day off moves to the next working day. Raises ValidationError.
    """
    require_may(user, user_can_run)
    problem = locked(measure.problem)
    hearing = _after_session(problem)
    measure.problem = problem
    measure.text, measure.result = measure.text.strip(), measure.result.strip()
    at_once = measure.kind == MeasureKind.DONE
    if at_once:
        measure.due, measure.result = None, measure.result or measure.text
    elif measure.due is None or not 0 < _days_until(measure.due) <= LONGEST:
        raise ValidationError({"due": _("Until when? Choose a day after today. Readers see it.")})
    if measure.kind == MeasureKind.STUDY and problem.state != ProblemState.STUDIED:
        raise ValidationError({"kind": _("This problem has a conclusion: issue a measure that carries it out.")})
    require_public({"text": measure.text, "result": measure.result}, hidden_names(hearing))
    _require_in_service(measure)
    return _issue(measure, user, timezone.now())


def issue_studies(hearing: Hearing, user: Any) -> None:
    """A measure for each problem without conclusion that has none: the unit that held the hearing studies it.

    Call it inside a transaction. The clock runs since the session, so a study may be overdue at once.
    """
    for problem in hearing.problems.filter(measures=None, state=ProblemState.STUDIED):
        text = _("Study by the township: %(problem)s") % {"problem": problem.title}
        measure = Measure(
            problem=problem, kind=MeasureKind.STUDY, text=text, unit=hearing.host, due=problem.study_until
        )
        _issue(measure, user, problem.closed_at or timezone.now())


@transaction.atomic
def move_due(measure: Measure, day: date, reason: str, user: Any) -> Measure:
    """Move the due day, with a reason that is published; only the account that issued the measure may.

    Where that account is gone or closed, the efficiency office may. Raises ValidationError.
    """
    measure = _open(measure)
    hearing = measure.problem.hearing
    if user is not None and not may_move(user, measure):
        raise ValidationError(
            _("Only the account that issued this measure moves its date: ask %(issuer)s.")
            % {"issuer": _called(measure.issued_by)}
        )
    if not (reason := reason.strip()):
        raise ValidationError({"reason": _("Give the reason: it is made public.")})
    require_public({"reason": reason}, hidden_names(hearing))
    if not 0 < _days_until(day) <= LONGEST:
        raise ValidationError({"day": _("Until when? Choose a day after today. Readers see it.")})
    change = DateChange(measure=measure, before=measure.due or day, after=day, reason=reason, by=user)
    change.clean_fields(exclude=["measure", "by"])
    _stop_clock(measure, user)
    change.after = measure.due = _start_clock(measure, day, user, timezone.now())
    if change.after == change.before:
        raise ValidationError({"day": _("The measure is due on that day already: choose another.")})
    change.save()
    measure.save(update_fields=["due"])
    audit.record(
        measure,
        "hearings.move_due",
        user,
        before=in_full(change.before),
        after=in_full(change.after),
        reason=reason,
    )
    return measure


@transaction.atomic
def report_done(measure: Measure, result: str, evidence: Iterable[Evidence], user: Any) -> Measure:
    """Report a measure as carried out: what was done, and what shows it (unsaved `Evidence` rows).

    For the handler, the unit and its head, the leader in charge and the efficiency office. A study is shown by its
    result; every other measure needs a picture or a file. Raises ValidationError.
    """
    measure = _reportable(measure, user)
    rows = list(evidence)
    require_evidence(measure, rows)
    shown = {f"evidence {number}": f"{row.title} {row.image or ''} {row.document or ''}" for number, row in
             enumerate(rows, 1)}  # fmt: skip
    result = _result(result, _("What was done? Readers see it."))
    require_public({"result": result}, hidden_names(measure.problem.hearing))
    try:
        require_public(shown, hidden_names(measure.problem.hearing))
    except ValidationError as refusal:
        raise ValidationError({"evidence": refusal.messages}) from None
    for row in rows:
        row.measure, row.added_by = measure, user
        row.save()
    return _end(measure, measure.to_done, result, "hearings.report_done", user, evidence=len(rows))


@transaction.atomic
def explain(measure: Measure, reason: str, user: Any) -> Measure:
    """End a measure that is not carried out, with an explanation that is published. For the efficiency office."""
    require_may(user, user_can_run)
    measure = _open(measure)
    reason = _result(reason, _("Explain to readers why it is not done."))
    require_public({"result": reason}, hidden_names(measure.problem.hearing))
    return _end(measure, measure.to_explained, reason, "hearings.explain", user)


def _after_session(problem: Problem) -> Hearing:
    hearing = problem.hearing = lock_hearing(problem.hearing)
    require_state(hearing, _WHILE, _("Measures belong to the time between the session and the closing of the hearing."))
    return hearing


def _open(measure: Measure) -> Measure:
    measure = locked(measure)
    _after_session(measure.problem)
    if measure.state != MeasureState.OPEN:
        raise ValidationError(
            _("This measure has ended (%(state)s): issue another one if more is to be done.")
            % {"state": measure.get_state_display()}
        )
    return measure


def _reportable(measure: Measure, user: Any) -> Measure:
    measure = _open(measure)
    if user is not None and not may_report(user, measure):
        raise ValidationError(
            _("%(unit)s reports on this measure: ask its handler, or the efficiency office.") % {"unit": measure.unit}
        )
    return measure


def _require_in_service(measure: Measure) -> None:
    today = timezone.localdate()
    if not measure.unit.exists_on(today):
        raise ValidationError({"unit": _("This unit was closed: choose the one that has its tasks now.")})
    if measure.handler and not works_for(measure.handler, measure.unit):
        raise ValidationError(
            {
                "handler": _("%(person)s holds no post in %(unit)s: choose one of its people, or leave it to its head.")
                % {"person": measure.handler, "unit": measure.unit}
            }
        )


def _issue(measure: Measure, user: Any, at: Any) -> Measure:
    measure.issued_by, measure.issued_at = user, timezone.now()
    measure.full_clean(exclude=["state", "result"])
    measure.save()
    if measure.due:
        measure.due = _start_clock(measure, measure.due, user, at)
        measure.save(update_fields=["due"])
    due = in_full(measure.due) or "—"
    audit.record(measure, "hearings.issue", user, problem=str(measure.problem), unit=str(measure.unit), due=due)
    if measure.kind == MeasureKind.DONE:
        return _end(measure, measure.to_done, measure.result, "hearings.report_done", user, evidence=0)
    return measure


def _result(text: str, question: str) -> str:
    if not (text := text.strip()):
        raise ValidationError({"result": question})
    return text


def _end(measure: Measure, transition: Any, result: str, action: str, user: Any, **data: Any) -> Measure:
    measure.result, measure.ended_on = result, timezone.localdate()
    measure.full_clean(exclude=["state"])
    _stop_clock(measure, user)
    moved(measure, transition, action, user, reason=result, **data)
    return measure


def _start_clock(measure: Measure, day: date, user: Any, at: Any) -> date:
    """Start the clock that ends on `day`; the day it is due, which may be the next working day."""
    days = (day - timezone.localdate(at)).days
    clock = start_clock((MEASURE_CLOCK, measure.pk), MEASURE_RULE, days, Unit.NATURAL, user, at)
    return clock.due or day


def _stop_clock(measure: Measure, user: Any) -> None:
    for clock in running_clocks(measure):
        stop(clock, user)


def running_clocks(measure: Measure) -> Iterable[DueDate]:
    return clocks_of(MEASURE_CLOCK, measure.pk).filter(rule=MEASURE_RULE).exclude(state=States.STOPPED)


def _days_until(day: date) -> int:
    return (day - timezone.localdate()).days


def _called(account: Any) -> str:
    return account.get_full_name() or account.get_username() if account else _("the efficiency office")
