"""How a due day was reckoned, as a sentence that its readers can check with a calendar in hand."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from suite.theme.dates import in_full

from .calendar import DAY, Calendar, official
from .enums import Unit
from .reckoning import Due, Limit


def explain(limit: Limit, due: Due, extended: int, calendar: Calendar) -> str:
    """E.g. 自2026年9月28日起5个工作日，国庆节放假7天，10月10日调休上班，至2026年10月10日.

    ``extended``: how many of the limit's days were added by extensions.
    """
    parts = [_length(limit, extended)]
    if limit.amount and limit.unit == Unit.WORKING:
        parts += _days_off(limit.start, due.day, calendar)
    parts += [_pause(since=pause.since, until=pause.until, reason=pause.reason) for pause in limit.breaks]
    if due.day is None:
        parts.append(_("the due date is set when the clock goes on"))
        return _(", ").join(parts)
    if due.last != due.day:
        parts.append(_("%(day)s is a day off, so the next working day counts") % {"day": in_full(due.last)})
    parts.append(_("until %(day)s") % {"day": in_full(due.day)})
    if due.provisional:
        parts.append(_("provisional: the holidays of %(year)s are not announced yet") % {"year": due.day.year})
    return _(", ").join(parts)


def _length(limit: Limit, extended: int) -> str:
    start = in_full(limit.start)
    if not limit.amount:
        return _("from %(start)s, to be done the same working day") % {"start": start}
    words = (
        _("from %(start)s, %(count)d working days")
        if limit.unit == Unit.WORKING
        else _("from %(start)s, %(count)d natural days")
    )
    text = words % {"start": start, "count": limit.amount}
    return text + (_(" (%(count)d of them added)") % {"count": extended} if extended else "")


def _days_off(start: datetime.date, due: datetime.date | None, calendar: Calendar) -> Iterator[str]:
    """Holidays as runs with their names and lengths; days worked instead, and the office's own days, one by one."""
    if due is None:
        return
    run: list[str] = []
    for number in range(1, (due - start).days + 1):
        day = start + DAY * number
        known = official(day)
        name = known[1] if known else ""
        own = calendar.overlay.get(day)
        if name and not calendar.is_working_day(day) and not own:
            run.append(name)
            continue
        if run:
            yield _holiday(run)
            run = []
        if own:
            words = _("%(day)s worked (%(reason)s)") if own[0] else _("%(day)s off (%(reason)s)")
            yield words % {"day": _short(day), "reason": own[1]}
        elif name:
            yield _("%(day)s worked instead") % {"day": _short(day)}


def _holiday(names: list[str]) -> str:
    return _("%(holiday)s, %(count)d days off") % {"holiday": "、".join(dict.fromkeys(names)), "count": len(names)}


def _pause(since: datetime.date, until: datetime.date | None, reason: str) -> str:
    if until is None:
        return _("paused since %(since)s (%(reason)s)") % {"since": in_full(since), "reason": reason}
    return _("paused from %(since)s to %(until)s (%(reason)s)") % {
        "since": in_full(since),
        "until": in_full(until),
        "reason": reason,
    }


def _short(day: datetime.date) -> str:
    return f"{day.month}月{day.day}日"
