"""Dates as people here write and say them."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WORDS_UNTIL = 7


def _day(value: datetime.date) -> datetime.date:
    """The day in the office's time zone of a date or an aware moment."""
    if not isinstance(value, datetime.datetime):
        return value
    return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()


def in_full(value: datetime.date | None) -> str:
    """2026年11月21日, as documents write it; '' for none."""
    if value is None:
        return ""
    day = _day(value)
    return f"{day.year}年{day.month}月{day.day}日"


def in_list(value: datetime.date | None) -> str:
    """2026-11-21, or 2026-11-21 09:30 for a moment, as lists write it; '' for none."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.strftime("%Y-%m-%d %H:%M")
    return value.strftime("%Y-%m-%d")


def in_words(value: datetime.date | None, today: datetime.date | None = None) -> str:
    """今天, 昨天, 3天前, 明天, 3天后; beyond seven days the date in full.

    For pages made anew on every visit (the desk): a page that is kept would go on saying "today" tomorrow.
    """
    if value is None:
        return ""
    days = (_day(value) - (today or timezone.localdate())).days
    if abs(days) > WORDS_UNTIL:
        return in_full(value)
    if days in (-1, 0, 1):
        return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[days]
    if days < 0:
        return ngettext("%(count)d day ago", "%(count)d days ago", -days) % {"count": -days}
    return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
