"""Day and hour of a meeting or of a term, as screens, documents and posters write them."""

import datetime

from django.utils import timezone

from suite.theme.dates import in_full

WEEKDAYS = "一二三四五六日"
NOON, EVENING = 12, 18


def meeting_time(moment: datetime.datetime | None) -> str:
    """2026年12月3日（星期四）下午2:30; '' for none."""
    return f"{_day(in_full(moment), moment)}{_on_the_clock(moment)}" if moment else ""


def moment_in_full(moment: datetime.datetime) -> str:
    """2026年12月3日（星期四）下午2时30分, as a document writes it."""
    part, hour, minute = _hour(moment)
    return f"{_day(in_full(moment), moment)}{part}{hour}时{f'{minute}分' if minute else ''}"


def moment_in_short(moment: datetime.datetime) -> str:
    """12月3日（星期四）下午2:30, as a poster says it: its foot tells the year."""
    local = timezone.localtime(moment)
    return f"{_day(f'{local.month}月{local.day}日', moment)}{_on_the_clock(moment)}"


def _day(written: str, moment: datetime.datetime) -> str:
    return f"{written}（星期{WEEKDAYS[timezone.localtime(moment).weekday()]}）"


def _on_the_clock(moment: datetime.datetime) -> str:
    part, hour, minute = _hour(moment)
    return f"{part}{hour}:{minute:02}"


def _hour(moment: datetime.datetime) -> tuple[str, int, int]:
    local = timezone.localtime(moment)
    part = "上午" if local.hour < NOON else "下午" if local.hour < EVENING else "晚上"
    return part, local.hour - 12 if local.hour > NOON else local.hour, local.minute
