"""The clocks of a notice: answer, objection, rectifying; they pause while an objection waits (requirement I).

The clocks' own log names nobody: it is read by more people than may see a notice.
"""

import datetime
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.domain.notice_record import RULES, notice_settings, running_clocks
from commitments.models import ANSWER_RULE, NOTICE_CLOCK, OBJECTION_RULE, RECTIFY_RULE, ServedNotice
from suite.clock.domain import pause, resume, start_clock, stop
from suite.clock.enums import States, Unit


def start_answer(notice: ServedNotice, at: datetime.datetime) -> datetime.date | None:
    """Start the clock of the answer; the day it is due."""
    days = notice_settings().answer_days
    return start_clock((NOTICE_CLOCK, notice.pk), ANSWER_RULE, days, Unit.WORKING, None, at).due


def start_clocks(notice: ServedNotice, at: datetime.datetime) -> datetime.date | None:
    """Start every clock of a notice that is served now; the day its answer is due.

    The day to rectify may move to the next working day, as every due day does.
    """
    subject = (NOTICE_CLOCK, notice.pk)
    start_clock(subject, OBJECTION_RULE, notice_settings().objection_days, Unit.WORKING, None, at)
    if notice.rectify_until:
        days = (notice.rectify_until - timezone.localdate(at)).days
        notice.rectify_until = start_clock(subject, RECTIFY_RULE, days, Unit.NATURAL, None, at).due
    return start_answer(notice, at)


def pause_clocks(notice: ServedNotice) -> None:
    """An objection waits: neither the answer nor the rectifying grows due, and none may be raised again."""
    for clock in running_clocks(notice):
        if clock.rule == OBJECTION_RULE:
            stop(clock, None)
        else:
            pause(clock, _("An objection waits to be decided."), None)


def resume_clocks(notice: ServedNotice) -> None:
    """The objection was dismissed: the days go on, and the notice says the later ones."""
    for clock in running_clocks(notice):
        if clock.state == States.PAUSED:
            resume(clock, None)
    days = {clock.rule: clock.due for clock in running_clocks(notice)}
    notice.answer_until = days.get(ANSWER_RULE) or notice.answer_until
    notice.rectify_until = days.get(RECTIFY_RULE) or notice.rectify_until


def stop_clocks(notice: ServedNotice, rules: Iterable[str] = RULES, on: datetime.date | None = None) -> None:
    """Stop the clocks of those rules that still run, on the day (today)."""
    for clock in running_clocks(notice, rules):
        stop(clock, None, on)
