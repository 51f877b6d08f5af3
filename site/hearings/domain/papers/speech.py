"""Text as it is read aloud: numbers, dates and times in words, and how long that takes."""

import datetime
import math
import re

from django.utils import timezone

from suite.theme.when import EVENING, NOON, WEEKDAYS

# A village loudspeaker is read slowly, pauses included.
SYLLABLES_A_SECOND = 4
_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿")
_YEAR = re.compile(r"(\d{4})(?=年)")
_PHONE = re.compile(r"(?<![\d.])\d{3,5}(?:[- ]\d{3,4}){1,2}(?![\d.])|(?<![\d.])\d{7,}(?![\d.])")
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2})[:：](\d{2})(?![\d:])")
_NUMBER = re.compile(r"\d+(?:\.\d+)?[%％]?")
# Read one figure after the other: codes and phones, not amounts.
_LONGEST_AMOUNT = 12
_PLAIN = str.maketrans("０１２３４５６７８９％", "0123456789%")
_MORNING = 5
_HALF = 30


def number_in_words(number: int) -> str:
    """5 → 五, 12 → 十二, 105 → 一百零五, 20300 → 二万零三百; 2 as 二."""
    if number < 10:  # noqa: PLR2004
        return _DIGITS[number]
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    words = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            continue
        gap = bool(words) and (group < 1000 or not groups[place + 1])  # noqa: PLR2004
        words += ("零" if gap else "") + _below_ten_thousand(group) + _GROUPS[place]
    return words.removeprefix("一") if words.startswith("一十") else words


def _below_ten_thousand(number: int) -> str:
    words, gap = "", False
    for place in range(3, -1, -1):
        figure = number // 10**place % 10
        if figure:
            words += ("零" if gap and words else "") + _DIGITS[figure] + _UNITS[place]
        gap = not figure
    return words


def one_by_one(figures: str) -> str:
    """A phone or a year, figure by figure: 8812 0105 → 八八一二，零一零五."""
    return "，".join("".join(_DIGITS[int(one)] for one in part) for part in re.split(r"[- ]+", figures.strip()))


def clock(hour: int, minute: int) -> str:
    """上午九点, 下午两点半, 晚上七点零五分."""
    if hour < _MORNING:
        part = "凌晨"
    elif hour < NOON:
        part = "上午"
    elif hour < EVENING:
        part = "下午" if (hour, minute) != (NOON, 0) else "中午"
    else:
        part = "晚上"
    named = hour - 12 if hour > NOON else hour
    words = "两" if named == 2 else number_in_words(named)  # noqa: PLR2004
    if not minute:
        rest = ""
    elif minute == _HALF:
        rest = "半"
    else:
        rest = f"{'零' if minute < 10 else ''}{number_in_words(minute)}分"  # noqa: PLR2004
    return f"{part}{words}点{rest}"


def day_in_words(day: datetime.date, *, weekday: bool = True) -> str:
    """十二月三日，星期四: without the year, which nobody says of next week."""
    words = f"{number_in_words(day.month)}月{number_in_words(day.day)}日"
    return f"{words}，星期{WEEKDAYS[day.weekday()]}" if weekday else words


def moment_in_words(moment: datetime.datetime) -> str:
    """十二月三日，星期四，下午两点半."""
    local = timezone.localtime(moment)
    return f"{day_in_words(local)}，{clock(local.hour, local.minute)}"


def spoken(text: str) -> str:
    """The text with every figure as it is said: 2026年 → 二零二六年, 8812 0105 figure by figure, 30% → 百分之三十."""
    text = text.translate(_PLAIN)
    text = _YEAR.sub(lambda found: one_by_one(found[1]), text)
    text = _CLOCK.sub(_clock_or_ratio, text)
    text = _PHONE.sub(lambda found: one_by_one(found[0]), text)
    return _NUMBER.sub(lambda found: _number(found[0]), text)


def syllables(text: str) -> int:
    """How many syllables are said: a Han character is one, a Latin letter too; signs are pauses and cost nothing."""
    return sum(1 for one in spoken(text) if one.isalpha())


def seconds(text: str) -> int:
    """How long the text takes to be read aloud at SYLLABLES_A_SECOND, rounded up."""
    return math.ceil(syllables(text) / SYLLABLES_A_SECOND)


def _clock_or_ratio(found: re.Match[str]) -> str:
    hour, minute = int(found[1]), int(found[2])
    return clock(hour, minute) if hour < 24 and minute < 60 else found[0]  # noqa: PLR2004


def _number(figures: str) -> str:
    percent = figures.endswith("%")
    whole, _point, fraction = figures.rstrip("%").partition(".")
    if len(whole) > _LONGEST_AMOUNT or (whole.startswith("0") and whole != "0"):
        words = one_by_one(whole)
    else:
        words = number_in_words(int(whole))
    if fraction:
        words += f"点{one_by_one(fraction)}"
    return f"百分之{words}" if percent else words
