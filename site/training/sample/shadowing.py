"""Shadowing in the sample township: one closed, one whose report waits, one under way elsewhere, one to come."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.timezone import localdate

from suite.evidence import Link
from training.domain.lifecycle import shadowing as lifecycle
from training.models import Shadowing

CLOSED_REPORT = (
    "跟班五天，前两天坐在综合窗口看受理和一次性告知，后三天在窗口人员指导下受理社保转移、老年优待证等事项17件。\n"
    "最大的体会：群众第二趟跑，多半是第一趟没有把材料讲清楚。村里来咨询时，应当照着办事指南逐项打勾，而不是口头说。\n"
    "建议：农业服务队的宅基地申请也印一张打勾单，我先起草，下月试用。"
)
WAITING_REPORT = (
    "跟着队里走了六户低保复核户，学了入户核查怎么问、怎么看、怎么记。\n"
    "以前做补贴只看台账，这次看到台账和家里的实际情况对不上的有两户，都当场作了记录。\n"
    "下一步把补贴核算表同低保名单按月比对一次。"
)


def build(township: Any) -> None:
    """Through the rules, counted back from today."""
    done = _plan(township, "cadre", 60, 56, "综合窗口 柳依依", "熟悉窗口受理、补正、送达全过程。", "shouliting")
    lifecycle.report(done, CLOSED_REPORT, township.user("cadre"), links=[Link("/", "镇网站")])
    lifecycle.close(done, None)
    read = _plan(township, "luyao", 16, 12, "队长 康大勇", "学习低保入户核查，同惠农补贴核算相互印证。", "minzheng")
    lifecycle.report(read, WAITING_REPORT, township.user("luyao"))
    _plan(township, "yejingyi", 3, -4, "公共文化科", "学习县级文化活动的策划和安全预案。", outside="县文化和旅游局")
    _plan(township, "editor", -10, -14, "融媒体采编部", "学习新闻采编和短视频制作。", outside="县融媒体中心")


def _plan(
    township: Any, key: str, first: int, last: int, host: str, purpose: str, unit: str = "", outside: str = ""
) -> Shadowing:
    """From so many days ago to so many days ago; negative ones are to come."""
    asked = Shadowing(
        person=township.people[key],
        since=localdate() - datetime.timedelta(days=first),
        until=localdate() - datetime.timedelta(days=last),
        unit=township.units[unit] if unit else None,
        outside=outside,
        host=host,
        purpose=purpose,
    )
    return lifecycle.plan(asked, township.user("efficiency_office"))
