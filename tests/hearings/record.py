"""A hearing as it stands in the database at some stage, for what only reads it: papers and figures.

Made without the rules on purpose: they have tests of their own, and a paper must be right whatever led there.
"""

import datetime
from types import SimpleNamespace

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Site

from hearings.enums import EntryKind, HearingState, MeasureKind, MeasureState, OfficerRole, ProblemState, SeatState, Way
from hearings.models import (
    Assent,
    CircularPage,
    Entry,
    Hearing,
    HearingIndexPage,
    HearingNoticePage,
    HearingTheme,
    Measure,
    MinutesPage,
    Officer,
    Problem,
    Representative,
    SeatQuota,
    Topic,
)
from organisation.enums import UnitKind
from organisation.models import Person, Unit
from suite.body.from_html import blocks_from_html

LONG_AGO = datetime.date(2020, 1, 1)
BEGINS = datetime.datetime(2026, 12, 3, 14, 30, tzinfo=timezone.get_default_timezone())


def unit(name, kind=UnitKind.VILLAGE, phone="", order=0):
    return Unit.objects.create(name=name, kind=kind, since=LONG_AGO, phone=phone, order=order)


def hearing(state=HearingState.NOTIFIED, topics=3, **changes):
    """A hearing of two villages with topics, officers and seats, and who was made for it, by name."""
    office = changes.pop("host", None) or unit("党政办公室", UnitKind.OFFICE, "8812 0105")
    villages = [unit("上塘村", order=1), unit("云岭村", order=2)]
    made = Hearing.objects.create(
        **{
            "state": state,
            "title": "2026年下半年第一次效能听证会",
            "about": "听取村民对村道路灯、自来水和垃圾清运的意见。",
            "host": office,
            "starts_at": BEGINS,
            "place": "石桥镇政府三楼会议室",
            "sign_up_until": BEGINS - datetime.timedelta(days=3),
            "invited_seats": 1,
            **changes,
        }
    )
    for village, seats in zip(villages, (3, 1), strict=True):
        SeatQuota.objects.create(hearing=made, village=village, seats=seats)
    people = {}
    for name, role in (("顾明远", OfficerRole.CHAIR), ("邵文旻", OfficerRole.OFFICER), ("闵思远", OfficerRole.CLERK)):
        person = Person.objects.create(name=name, work_phone="8812 0002")
        people[name] = Officer.objects.create(hearing=made, person=person, role=role)
    titles = ("水塘边的路没有路灯", "云岭头自来水夏天停水", "垃圾一周才清运一次", "村道坑洼")
    pool = [
        Topic.objects.create(
            title=titles[number % len(titles)] + ("" if number < len(titles) else f"（{number}）"),
            village=villages[number % 2],
            text="夜里看不见路。",
            concerned=30,
            raised_by="钱阿福" if number == 0 else "",
            raised_by_phone="13800138000" if number == 0 else "",
            state="taken",
            hearing=made,
            reported_at=BEGINS - datetime.timedelta(days=40 - number % 20),
        )
        for number in range(topics)
    ]
    return SimpleNamespace(hearing=made, villages=villages, officers=people, topics=pool, office=office)


def representative(found, name, village=0, state=SeatState.SEATED, **changes):
    values = {
        "hearing": found.hearing,
        "name": name,
        "village": None if village is None else found.villages[village],
        "state": state,
        "phone": f"139{Representative.objects.count():08d}",
        **changes,
    }
    return Representative.objects.create(**values)


def seated(found):
    """Four representatives: a compound surname among them, and one who was invited and speaks for a trade."""
    people = [representative(found, name, present=True) for name in ("欧阳春花", "赵铁柱", "孙巧云")]
    people.append(representative(found, "蓝阿根", 1, present=True))
    people.append(
        representative(found, "周建设", None, way=Way.INVITED, represents="镇商会", present=True, phone="13911112222")
    )
    return people


def problems(found, people, count=3):
    """Problems with what was said, the first agreed and done, the second studied, the third promised."""
    theme = HearingTheme.objects.get_or_create(name="道路交通")[0]
    held = timezone.localdate(found.hearing.starts_at)
    for number in range(1, count + 1):
        agreed = number % 3 != 2
        problem = Problem.objects.create(
            hearing=found.hearing,
            number=number,
            title=(found.topics[number - 1].title if number <= len(found.topics) else f"第{number}个问题怎样解决"),
            topic=found.topics[number - 1] if number <= len(found.topics) else None,
            raised_by=people[number % len(people)],
            village=found.villages[number % 2],
            theme=theme,
            state=ProblemState.AGREED if agreed else ProblemState.STUDIED,
            conclusion="年底前在水塘边的路上装好八盏太阳能路灯，由村里管护。" if agreed else "",
            study_until=None if agreed else held + datetime.timedelta(days=30),
            closed_at=found.hearing.starts_at + datetime.timedelta(hours=1),
        )
        Entry.objects.create(
            problem=problem, kind=EntryKind.QUESTION, representative=people[number % len(people)],
            text="天一黑路上什么都看不见，去年有人骑车掉进塘里，什么时候能装路灯？", position=1,
        )  # fmt: skip
        Entry.objects.create(
            problem=problem, kind=EntryKind.ANSWER, officer=found.officers["邵文旻"],
            text="已经列入今年的亮化项目，路灯已经采购，等电力部门接线。", position=2,
        )  # fmt: skip
        if agreed:
            for one in people[:4]:
                Assent.objects.create(problem=problem, representative=one, agrees=one is not people[3])
        kind = {1: MeasureKind.PLANNED, 2: MeasureKind.STUDY, 0: MeasureKind.COMMITMENT}[number % 3]
        Measure.objects.create(
            problem=problem,
            kind=kind,
            text="安装八盏太阳能路灯",
            unit=found.office,
            due=held + datetime.timedelta(days=28),
            **(
                {"state": MeasureState.DONE, "ended_on": held + datetime.timedelta(days=20), "result": "八盏灯全部亮了"}
                if number % 3 == 1
                else {}
            ),
        )


def page(model, found, title, body="", live=False, **changes):
    """A page of the hearing, a draft unless ``live``."""
    index = HearingIndexPage.objects.first()
    root = Site.objects.get().root_page
    if index is None:
        index = root.add_child(instance=HearingIndexPage(title="效能听证", slug="hearings"))
    blocks = blocks_from_html(body) if body else []
    made = index.add_child(instance=model(title=title, hearing=found.hearing, body=blocks, **changes))
    return _shown(model, made) if live else made


def _shown(model, made):
    """Live without the workflow: the rules of publishing have tests of their own."""
    now = timezone.now()
    QuerySet(Page).filter(pk=made.pk).update(live=True, first_published_at=now, last_published_at=now)
    return model.objects.get(pk=made.pk)


def notice(found, **changes):
    return page(HearingNoticePage, found, f"关于召开{found.hearing.title}的公告", **changes)


def minutes(found, body, **changes):
    return page(MinutesPage, found, f"{found.hearing.title}纪要", body, **changes)


def circular(found, body, **changes):
    return page(CircularPage, found, f"关于{found.hearing.title}措施落实情况的通报", body, **changes)
