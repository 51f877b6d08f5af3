"""Where a line of Chinese may and may not break, told with invisible characters (GB/T 9704: 数字、年份不能回行)."""

import re
from collections.abc import Collection
from functools import lru_cache

ALLOW = "\u200b"  # zero-width space
FORBID = "\u2060"  # word joiner

_HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Unicode's line breaking glues curly quotes to both neighbours, since it cannot know the language.
_BEFORE_OPENING = re.compile(rf"(?<=[{_HAN}A-Za-z0-9，。；：、！？）》〉】〕”])(?=[“‘][{_HAN}《（A-Za-z0-9‘“])")
_AFTER_CLOSING = re.compile(rf"(?<=[{_HAN}。！？；，、》）A-Za-z0-9][”’])(?=[{_HAN}（《〈【〔“])")
_YEAR = re.compile(r"(?<=\d)(?=年)")
_NUMBER = re.compile(rf"[{_HAN}]{{0,3}}[〔\[]\d{{4}}[〕\]]\s?\d+号")
_FULL_WIDTH = re.compile(r"[０-９](?:[０-９．，：－／]{0,18}[０-９])?[年月日％]?")
_PHONE = re.compile(r"\d{3,4}-\d{7,8}(?:-\d{1,5})?|(?<!\d)\d{3,4} \d{4}(?!\d)")

# Who is not known by name is known by place: a family name and one or two characters more, alone between the signs of
# a list. What only looks like a name loses nothing by staying on one line.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛阎雷龙史陶贺毛段郝顾龚邵万覃武钱戴严莫孔向常汤康易乔文温赖施樊洪葛安庞"
    "牛齐毕岑申梅殷舒倪鲁童颜祝阮柯路柳游翟尚柏裴褚艾焦蒙耿关兰俞詹左聂伍辛管华包鲍柴邢涂房蓝卓盛古欧甘凌冉单巫符宫"
)
_COMPOUND_SURNAMES = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|夏侯|端木|独孤"
_ENUMERATED = re.compile(
    rf"(?:^|(?<=[\s、，。；！？：:（(“”]))(?:(?:{_COMPOUND_SURNAMES})[{_HAN}]{{1,2}}|[{_SURNAMES}](?:\u3000?[{_HAN}]|[{_HAN}]{{2}}))"
    r"(?=[\s、，。；：（()）]|$)"
)
_DOTTED = re.compile(rf"[{_HAN}]{{1,8}}(?:·[{_HAN}]{{1,8}})+")


def guide(text: str, names: Collection[str] = ()) -> str:
    """The text with invisible break marks: breaks allowed around curly quotes, none in years, numbers, phones, names.

    ``names``: of people who may be named in the text.
    """
    if "“" in text or "‘" in text or "”" in text:
        text = _AFTER_CLOSING.sub(ALLOW, _BEFORE_OPENING.sub(ALLOW, text))
    for pattern in (_ENUMERATED, _DOTTED, *_known(tuple(names))):
        text = pattern.sub(_hold, text)
    text = _YEAR.sub(FORBID, text)
    text = _NUMBER.sub(_hold, text)
    text = _FULL_WIDTH.sub(_hold, text)
    return _PHONE.sub(lambda match: match[0].replace("-", f"{FORBID}-{FORBID}").replace(" ", "\u00a0"), text)


def _hold(match: re.Match[str]) -> str:
    """What was found, on one line."""
    return FORBID.join(match[0].replace(FORBID, ""))


@lru_cache(maxsize=4)
def _known(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """A pattern that finds any of the names, the longer ones first; none without names."""
    found = sorted({name.strip() for name in names if len(name.strip()) > 1}, key=len, reverse=True)
    return (re.compile("|".join(map(re.escape, found))),) if found else ()
