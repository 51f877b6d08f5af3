"""Numbers that Word writes by itself (一、 （一） 第一章): kept as text, or they would be gone with the list."""

from typing import Any

from .file import WordFile, w

_DIGITS = "〇一二三四五六七八九"
_CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST = 10_000


class Numbers:
    """Counts the numbered paragraphs of a file, in their order."""

    def __init__(self, file: WordFile) -> None:
        root = file.root("numbering.xml")
        found = [] if root is None else root
        self._abstract = {one.get(w("abstractNumId")): one for one in found if one.tag == w("abstractNum")}
        self._lists = {one.get(w("numId")): one for one in found if one.tag == w("num")}
        self._counts: dict[str, list[int]] = {}

    def label(self, numbering: tuple[str, int], is_heading: bool) -> str | None:
        """Count one paragraph. Its number as text; None where a list of the page (1. or •) says the same.

        '' for a list that is not there or shows nothing.
        """
        identifier, level = numbering
        one = self._lists.get(identifier)
        kind = _value(one, "abstractNumId")
        abstract = self._abstract.get(kind)
        if one is None or abstract is None:
            return ""
        levels = {int(row.get(w("ilvl"), 0)): row for row in abstract.findall(w("lvl"))}
        override = one.find(f"{w('lvlOverride')}/{w('startOverride')}")
        key = identifier if override is not None else f"abstract {kind}"
        counts = self._counts.setdefault(key, [])
        while len(counts) <= level:
            counts.append(_start(levels.get(len(counts))) - 1)
        counts[level] += 1
        del counts[level + 1 :]
        row = levels.get(level)
        style, text = _value(row, "numFmt"), _value(row, "lvlText")
        if style in ("bullet", "none") or not text:
            return None if style == "bullet" and not is_heading else ""
        plain = style == "decimal" and text.strip("（()）.．、 ") == f"%{level + 1}"
        if plain and not is_heading:
            return None
        for place, count in enumerate(counts):
            text = text.replace(f"%{place + 1}", _written(count, _value(levels.get(place), "numFmt")))
        return text


def chinese(number: int) -> str:
    """A number below ten thousand in Chinese: 十一, 二十, 一百零五."""
    if not 0 < number < _MOST:
        return str(number)
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = bool(text)
    return text.removeprefix("一") if text.startswith("一十") else text


def _written(number: int, style: str) -> str:
    if style in _CHINESE:
        return chinese(number)
    if style in ("lowerLetter", "upperLetter"):
        letter = _LETTERS[(number - 1) % 26]
        return letter.upper() if style == "upperLetter" else letter
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < number <= 20:  # noqa: PLR2004
        return chr(0x2460 + number - 1)
    return str(number)


def _start(level: Any) -> int:
    value = _value(level, "start")
    return int(value) if value.isdecimal() else 1


def _value(level: Any, name: str) -> str:
    found = None if level is None else level.find(w(name))
    return "" if found is None else str(found.get(w("val"), ""))
