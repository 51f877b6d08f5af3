"""What the sample township's people are asked to read: most have, some are late, one text has changed since."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Site

from organisation.models import Person
from suite.body.from_text import blocks_from_text
from suite.clock.domain import calendar
from suite.publishing.domain.lifecycle import approve, submit
from suite.roles.domain import group
from training.domain.lifecycle import reading as lifecycle
from training.domain.materials import versions
from training.domain.reading import shown, watching
from training.domain.reading.readers import meant
from training.enums import Audience, MaterialKind
from training.models import MaterialIndexPage, MaterialPage, MaterialVersion, Requirement

SECRECY = """一、涉密文件只在指定的柜子里存放，谁借谁登记，当天归还。
二、手机不带进涉密会议，不拍文件，不在微信群里转发文件照片。
三、涉密计算机不上网，不插私人U盘；上网的电脑不处理涉密内容。
四、发布信息先审后发：不确定能不能公开的，先问党政办公室。
五、群众的身份证号、手机号、银行账号不得出现在公示、报表截图和群聊里。
六、发现泄露，立即报告党政办公室，不要自行删除痕迹。"""
CHANGED = "第七条：使用人工智能写作工具不得输入内部文件和群众个人信息。"
FLOOD = """一、汛期实行24小时值班和领导带班，值班人员不得离岗、替岗须经带班领导同意。
二、接到雨情水情预警，十五分钟内通知到村，三十分钟内报县防汛办。
三、一小时降雨超过50毫米，或者水库到汛限水位，带班领导到岗，通知地质灾害点群众做好转移准备。
四、转移按先老弱、后其他人的次序，专人负责到户，转移后清点人数，未经同意不得返回。
五、交接班写清楚：已通知谁、还有什么没有办完、下一次报告的时间。"""
LEAVE = """一、请假先在本单位报批，三天以上由分管领导批准，外出离县须报党政办公室备案。
二、请假期间的工作要交给代理人，在系统里登记代理人和起止日期。
三、病假三天以上附诊断证明；公休假一般安排在汛期和年终考评之外。
四、假满当天销假，需要续假的在假满前一天办理。"""


def build(township: Any) -> None:
    """Three materials and what is asked: one changed and asked again, one with time left, one withdrawn."""
    secrecy = _material(township, "保密工作六条提醒", SECRECY, 60)
    flood = _material(township, "汛期值班须知", FLOOD, 24)
    leave = _material(township, "请假销假规定", LEAVE, 150)
    officer, days = township.user("efficiency_office"), calendar()
    roles = [group(key) for key in ("cadre", "liaison", "leader", "head", "window_clerk", "editor")]
    asked = _ask(township, secrecy, 55, 40, "县委保密办要求全体干部学习并确认。", roles=roles)
    _read(township, asked, secrecy, 0.9, 50)
    _change(township, secrecy, 3)
    _read(township, asked, secrecy, 0.4, 2)
    due = (days.add_working_days(township.today, 4) - township.today).days
    asked = _ask(township, flood, 20, -due, "入汛前每名值班人员都要学一遍。", roles=roles[:4])
    _read(township, asked, flood, 0.6, 12)
    asked = _ask(
        township, leave, 30, 9, "新到岗人员先学请假规定。", people=[township.people["luyao"], township.people["cadre"]]
    )
    _read(township, asked, leave, 0.5, 15)
    withdrawn = _ask(township, leave, 100, 80, "全员学习请假规定。", roles=roles)
    lifecycle.withdraw(withdrawn, "改为只由新到岗人员学习。", officer)


def watch(township: Any) -> None:
    """Whoever works in the hall watches the film of the villagers: all have but one at a window, who is half way."""
    film = MaterialPage.objects.filter(video__isnull=False).first()
    version = versions.current(film) if film is not None else None
    if film is None or version is None:
        return
    roles = [group(key) for key in ("window_clerk", "case_handler", "hall_director")]
    asked = _ask(township, film, 12, -6, "大厅人员都要会用灭火器。", roles=roles)
    clerk = township.people["window_clerk"]
    half = [[0, watching.seconds_of(version) // 2]]
    watching.note_played(clerk, version, watching.token(clerk, version), json.dumps(half))
    others = Person.objects.filter(pk__in=meant(asked), user__isnull=False).exclude(pk=clerk.pk).order_by("pk")
    for number, person in enumerate(others):
        for part in shown.parts_of(version):
            shown.note(person, version, part)
        lifecycle.confirm(person, film, version.number, _at(9) + datetime.timedelta(minutes=23 * number))


def _material(township: Any, title: str, text: str, days_ago: int) -> MaterialPage:
    home = Site.objects.get(is_default_site=True).root_page
    index = MaterialIndexPage.objects.first() or township.publish(
        MaterialIndexPage(title="学习资料", slug="training"), home, days_ago=200
    )
    page = MaterialPage(title=title, kind=MaterialKind.DOCUMENT, audience=Audience.STAFF, body=blocks_from_text(text))
    page = township.publish(page, Page.objects.get(pk=index.pk).specific, days_ago=days_ago)
    MaterialVersion.objects.filter(material=page).update(published_at=_at(days_ago))
    return page


def _ask(township: Any, material: MaterialPage, days_ago: int, due_ago: int, reason: str, **whom: Any) -> Requirement:
    officer = township.user("efficiency_office")
    return lifecycle.ask(material, township.day(-due_ago), reason, officer, at=_at(days_ago), **whom)


def _read(township: Any, asked: Requirement, material: MaterialPage, share: float, days_ago: int) -> None:
    """Most of those who are asked and can log in look at everything and confirm, a little later each."""
    version = versions.current(material)
    if version is None:
        return
    by_key = {person.pk: person for person in township.people.values()}
    for number, pk in enumerate(sorted(meant(asked))):
        person = by_key.get(pk)
        if person is None or person.user_id is None or township.random.random() >= share:
            continue
        for part in shown.parts_of(version):
            shown.note(person, version, part)
        lifecycle.confirm(person, material, version.number, _at(days_ago) + datetime.timedelta(minutes=37 * number))


def _change(township: Any, material: MaterialPage, days_ago: int) -> None:
    """The material goes through the workflow once more, with something new that matters."""
    draft = material.get_latest_revision_as_object()
    draft.body = blocks_from_text(f"{SECRECY}\n七、{CHANGED.partition('：')[2]}")
    versions.answer(draft, True, f"增加{CHANGED}")
    draft.save_revision(user=township.user("editor"))
    submit(draft, township.user("editor"))
    approve(draft, township.user("checker"))
    approve(draft, township.user("approver"))
    MaterialVersion.objects.filter(material=material, number=2).update(published_at=_at(days_ago))


def _at(days_ago: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days_ago)
