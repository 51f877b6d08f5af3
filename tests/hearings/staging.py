"""A township with a hearing that was announced, made by the product's own functions, for what people open."""

import datetime
from types import SimpleNamespace

from django.contrib.auth import get_user_model
from django.core import signing
from django.utils import timezone
from wagtail.models import Site

from hearings.domain.lifecycle import hearings, notices, topics
from hearings.domain.notice_period import current_notice
from hearings.enums import OfficerRole
from hearings.models import Hearing, HearingIndexPage, HearingNoticePage, Officer, Posting, SeatQuota, Topic
from organisation.enums import ResponsibilityKind, UnitKind
from organisation.models import Person, Responsibility, Unit
from suite.publishing.domain import publish_batch
from suite.roles.domain import group

LONG_AGO = datetime.date(2020, 1, 1)
PASSWORD = "石桥镇2026"


def account(role, villages=(), **names):
    """Somebody with a role, stationed in these villages."""
    user = get_user_model().objects.create_user(role if not names else names["username"], password=PASSWORD)
    user.groups.add(group(role))
    if villages:
        person = Person.objects.create(name=f"{role}某", user=user)
        for village in villages:
            Responsibility.objects.create(
                person=person, unit=village, kind=ResponsibilityKind.STATIONED, since=LONG_AGO
            )
    return user


def township():
    """Units, accounts and an index page that is live."""
    seat = Unit.objects.create(name="石桥镇", kind=UnitKind.TOWNSHIP, since=LONG_AGO)
    office = Unit.objects.create(
        parent=seat, name="党政办公室", kind=UnitKind.OFFICE, since=LONG_AGO, phone="8812 0101"
    )
    villages = [
        Unit.objects.create(parent=seat, name=name, kind=UnitKind.VILLAGE, since=LONG_AGO, order=order)
        for order, name in enumerate(("上塘村", "下塘村", "柳岸村"))
    ]
    people = SimpleNamespace(
        office=account("efficiency_office"),
        liaison=account("liaison", villages[:2]),
        publicist=account("publicist", villages[2:]),
        agent=account("agent", villages[:1]),
        checker=account("checker"),
        approver=account("approver"),
    )
    made = SimpleNamespace(unit=office, villages=villages, people=people)
    root = Site.objects.get(is_default_site=True).root_page
    made.index = root.add_child(instance=HearingIndexPage(title="效能听证", introduction="村里的事，会上说清楚。"))
    publish(made, made.index)
    return made


def publish(made, page):
    """Put a page live, cleared by two others."""
    result = publish_batch(
        [page], made.people.checker, made.people.approver, name=f"page {page.pk}", file_hash="0" * 64
    )
    assert result.refused == []
    page.refresh_from_db()
    return page


def planned(made, seats=(2, 1), topic="水塘边的路没有路灯", **changes):
    """A planned hearing with one topic from the first village, and seats for the first villages."""
    start = timezone.localtime().replace(hour=14, minute=30, second=0, microsecond=0) + datetime.timedelta(days=20)
    hearing = Hearing(
        **{
            "title": "2026年下半年第一次效能听证会",
            "about": "村道路灯和自来水。",
            "host": made.unit,
            "starts_at": start,
            "place": "镇政府三楼会议室",
            "sign_up_until": start - datetime.timedelta(days=5),
            "invited_seats": 1,
            **changes,
        }
    )
    hearing = hearings.open_hearing(hearing, made.people.office) or hearing
    for village, number in zip(made.villages, seats, strict=False):
        SeatQuota.objects.create(hearing=hearing, village=village, seats=number)
    chair = Person.objects.get_or_create(name="顾明远")[0]
    Officer.objects.create(hearing=hearing, person=chair, role=OfficerRole.CHAIR)
    reported = topics.report(
        Topic(village=made.villages[0], title=topic, text="夜里看不见路。", concerned=30), made.people.office
    )
    topics.take(reported, hearing, made.people.office)
    return hearings.plan(hearing, made.people.office)


def announced(made, **changes):
    """A hearing whose page is live and whose notice hangs: people may sign up. ``page`` is its notice page."""
    hearing = planned(made, **changes)
    made.index.refresh_from_db()
    page = publish(
        made, made.index.add_child(instance=HearingNoticePage(title=f"{hearing.title}公告", hearing=hearing))
    )
    posting = Posting(
        notice=current_notice(hearing),
        kind="poster",
        village=made.villages[0],
        place="村委会门口公告栏",
        posted_at=timezone.now(),
        signed_by="王建国",
    )
    hearing = notices.record_posting(posting, made.people.office)
    hearing.page = page
    return hearing


def filled_in(hearing, number=1, **changes):
    """What somebody sends with the sign-up form, some seconds after opening it."""
    opened = timezone.now().timestamp() - 10
    return {
        "name": f"王建国{'一二三四五六七八九十'[number % 10]}",
        "village": str(hearing.quotas.first().village_id),
        "phone": f"1380000{number:04}",
        "problem": "路灯什么时候修好？",
        "homepage": "",
        "stamp": signing.dumps(opened, salt="suite.throttle.hearings.sign-up"),
        **changes,
    }
