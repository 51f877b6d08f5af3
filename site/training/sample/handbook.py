"""The handbook, published by the sample township, and a material that waits to be checked."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, Site

from suite.body.from_html import blocks_from_markdown
from suite.publishing.domain import lifecycle
from training.domain.handbook import SECTION, chapters, page_of
from training.enums import Audience, MaterialKind
from training.models import MaterialIndexPage, MaterialPage

_INTRODUCTION = "这套系统怎么用：每种工作一页。"
_WAITS = """
## 三句话
- 河塘水库不独自下，家长看得见才算有人看着。
- 有人落水，先喊人，再递竹竿、抛绳子、抛空桶，不会救的不下水。
- 救上来先看有没有呼吸，没有就按压胸口，一边打 120。

## 村里做什么
| 什么时候 | 做什么 | 谁做 |
|---|---|---|
| 每周一 | 查水边警示牌、救生杆 | 村治安员 |
| 周五放学前 | 广播一遍 | 宣传员 |
| 暑假每天 15:00—18:00 | 巡水边 | 网格员 |
"""


def build(township: Any) -> None:
    """Every chapter in a section of its own, passed by two others like every page."""
    home = Site.objects.get(is_default_site=True).root_page
    section = township.publish(MaterialIndexPage(title=SECTION, introduction=_INTRODUCTION), home, days_ago=61)
    for number, chapter in enumerate(chapters()):
        township.publish(page_of(chapter, township.user("editor")), section, days_ago=60 - number)
    _leave_one_to_the_checker(township, MaterialIndexPage.objects.exclude(pk=section.pk).first())


def _leave_one_to_the_checker(township: Any, section: Page) -> None:
    """So that who tries the product finds something on the checker's desk."""
    editor = township.user("editor")
    page = MaterialPage(
        title="防溺水：村里怎么防，见了怎么救",
        kind=MaterialKind.DOCUMENT,
        audience=Audience.VILLAGERS,
        introduction="给家长、网格员和宣传员。",
        body=blocks_from_markdown(_WAITS),
        owner=editor,
    )
    section.add_child(instance=page)
    page.save_revision(user=editor)
    lifecycle.submit(page, editor)
