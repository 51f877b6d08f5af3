"""Days and hours of a meeting as a notice on a board writes them."""

import datetime

from django.utils import timezone

_WEEKDAYS = "一二三四五六日"
_NOON, _EVENING = 12, 18


def meeting_time(moment: datetime.datetime | None) -> str:
    """2026年12月3日（星期四）下午2:30; '' for none."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    part = "上午" if local.hour < _NOON else "下午" if local.hour < _EVENING else "晚上"
    hour = local.hour - 12 if local.hour > _NOON else local.hour
    day = f"{local.year}年{local.month}月{local.day}日（星期{_WEEKDAYS[local.weekday()]}）"
    return f"{day}{part}{hour}:{local.minute:02}"
