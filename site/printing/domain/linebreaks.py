"""Where a line of Chinese may and may not break, told with invisible characters (GB/T 9704: 数字、年份不能回行)."""

import re

ALLOW = "\u200b"  # zero-width space
FORBID = "\u2060"  # word joiner

_HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Unicode's line breaking glues curly quotes to both neighbours, since it cannot know the language.
_BEFORE_OPENING = re.compile(rf"(?<=[{_HAN}A-Za-z0-9，。；：、！？）》〉】〕”])(?=[“‘][{_HAN}《（A-Za-z0-9‘“])")
_AFTER_CLOSING = re.compile(rf"(?<=[{_HAN}。！？；，、》）A-Za-z0-9][”’])(?=[{_HAN}（《〈【〔“])")
_YEAR = re.compile(r"(?<=\d)(?=年)")
_NUMBER = re.compile(rf"[{_HAN}]{{0,3}}[〔\[]\d{{4}}[〕\]]\s?\d+号")
_PHONE = re.compile(r"\d{3,4}-\d{7,8}(?:-\d{1,5})?|(?<!\d)\d{3,4} \d{4}(?!\d)")


def guide(text: str) -> str:
    """The text with invisible break marks: breaks allowed around curly quotes, none in years, numbers, phones."""
    if "“" in text or "‘" in text or "”" in text:
        text = _AFTER_CLOSING.sub(ALLOW, _BEFORE_OPENING.sub(ALLOW, text))
    text = _YEAR.sub(FORBID, text)
    text = _NUMBER.sub(lambda match: FORBID.join(match[0]), text)
    return _PHONE.sub(lambda match: match[0].replace("-", f"{FORBID}-{FORBID}").replace(" ", "\u00a0"), text)
