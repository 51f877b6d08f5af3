"""Notes and articles of the sample township: one published, one on its way, one to read, one returned, one begun."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Site

from suite.publishing.domain import lifecycle as publishing
from training.domain.lifecycle import writings
from training.domain.writings.people import decider_of
from training.enums import WritingKind
from training.models import StudyIndexPage, Writing

from .writing_texts import ARTICLE, BEGUN, HANDED_IN, LAST_YEAR, ON_ITS_WAY, RETURNED

Text = tuple[str, str]


def build(township: Any) -> None:
    """A section 学习园地 with a published article; notes in every state; somebody who is let off."""
    home = Site.objects.get(is_default_site=True).root_page
    if not StudyIndexPage.objects.exists():
        township.publish(
            StudyIndexPage(
                title="学习园地",
                slug="study",
                introduction="干部的学习笔记和调研文章，由作者本人决定是否在此发表。",
            ),
            home,
            days_ago=200,
        )
    year = timezone.localdate().year
    _publish(township, _accepted(township, "cadre", WritingKind.ARTICLE, year, ARTICLE, days_ago=40), 30)
    _publish(township, _accepted(township, "luyao", WritingKind.NOTE, year - 1, LAST_YEAR, days_ago=120), 110)
    _accepted(township, "editor", WritingKind.NOTE, year, ON_ITS_WAY, days_ago=6)
    _handed_in(township, "luyao", WritingKind.NOTE, year, HANDED_IN, days_ago=2)
    returned = _handed_in(township, "window_clerk", WritingKind.NOTE, year, RETURNED, days_ago=9)
    writings.return_with_remark(
        returned, returned.version, "第二部分请补两个自己办过的例子，再写写准备怎么改。", _decider(returned)
    )
    _decided(returned, 7)
    begun = writings.begin(township.people["qizhiqiang"], WritingKind.NOTE, year, township.user("qizhiqiang"))
    _keep(begun, BEGUN, township.user("qizhiqiang"))
    writings.release(township.people["helanying"], year, "今年4月起长期病假。", township.user("efficiency_office"))


def _accepted(township: Any, key: str, kind: str, year: int, text: Text, days_ago: int) -> Writing:
    one = _handed_in(township, key, kind, year, text, days_ago, publish=True)
    one = writings.accept(one, one.version, "写得实在，有数据有例子。", _decider(one))
    _decided(one, days_ago - 1)
    return one


def _handed_in(
    township: Any, key: str, kind: str, year: int, text: Text, days_ago: int, publish: bool = False
) -> Writing:
    user = township.user(key)
    one = writings.begin(township.people[key], kind, year, user)
    one = writings.hand_in(one, {"title": text[0], "text": text[1], "publish": publish}, one.version, "", user)
    # Nobody wrote all of it on the day somebody tried the product.
    Writing.objects.filter(pk=one.pk).update(handed_in_at=_at(days_ago))
    return Writing.objects.get(pk=one.pk)


def _decided(one: Writing, days_ago: int) -> None:
    """It was decided, and what was said with it, so many days ago."""
    Writing.objects.filter(pk=one.pk).update(decided_at=_at(days_ago))
    one.comments.update(at=_at(days_ago))


def _keep(one: Writing, text: Text, user: Any) -> None:
    writings.save_draft(one, {"title": text[0], "text": text[1]}, one.version, "", user)


def _publish(township: Any, one: Writing, days_ago: int) -> None:
    """As the office does: the editor hands the draft in, two others pass it."""
    page = one.pages.get()
    publishing.submit(page, township.user("editor"))
    publishing.approve(page, township.user("checker"))
    page = publishing.approve(page, township.user("approver"))
    type(page).objects.filter(pk=page.pk).update(first_published_at=_at(days_ago), last_published_at=_at(days_ago))


def _decider(one: Writing) -> Any:
    """The account of who decides about it."""
    found = decider_of(one)
    return found.person.user if found else None


def _at(days_ago: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days_ago)
