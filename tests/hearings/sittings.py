"""A hearing whose representatives are fixed and whose session has begun, and the people around it."""

import datetime
from types import SimpleNamespace

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Site

from hearings.domain.notice_period import facts_of
from hearings.enums import HearingState, OfficerRole, PostingKind, SeatState, TopicState, Way
from hearings.models import Hearing, HearingIndexPage, Notice, Officer, Posting, Problem, Representative, Topic
from organisation.enums import ResponsibilityKind, UnitKind
from organisation.models import Appointment, Person, Post, Responsibility, Unit
from suite.roles.domain import group

LONG_AGO = datetime.date(2020, 1, 1)
# A Tuesday without holidays near it.
SESSION = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=timezone.get_fixed_timezone(480))


def account(name, *roles):
    user = get_user_model().objects.create_user(name)
    for role in roles:
        user.groups.add(group(role))
    return user


def person(name, user=None, unit=None, post="干部", order=0):
    someone = Person.objects.create(name=name, user=user)
    if unit:
        place = Post.objects.create(unit=unit, name=post, order=order)
        Appointment.objects.create(person=someone, post=place, since=LONG_AGO)
    return someone


def sitting(begun=True):
    """The session of a hearing with two officers, three representatives of two villages, and one topic."""
    township = Unit.objects.create(kind=UnitKind.TOWNSHIP, name="石桥镇")
    office = Unit.objects.create(parent=township, kind=UnitKind.OFFICE, name="党政办公室")
    centre = Unit.objects.create(parent=township, kind=UnitKind.CENTRE, name="社会事业服务中心")
    team = Unit.objects.create(parent=centre, kind=UnitKind.TEAM, name="林业水利服务队")
    upper = Unit.objects.create(parent=township, kind=UnitKind.VILLAGE, name="上塘村", order=1)
    lower = Unit.objects.create(parent=township, kind=UnitKind.VILLAGE, name="下塘村", order=2)
    user = account("efficiency", "efficiency_office")
    clerk = account("clerk", "efficiency_office")
    chair_user, head_user, handler_user = (
        account("chair", "leader"),
        account("head-of", "cadre"),
        account("did", "cadre"),
    )
    chair = person("顾明远", chair_user, township, "副镇长")
    head = person("祁志强", head_user, team, "队长", 0)
    handler = person("方旭", handler_user, team, "队员", 1)
    Responsibility.objects.create(person=chair, unit=centre, kind=ResponsibilityKind.IN_CHARGE, since=LONG_AGO)
    hearing = Hearing.objects.create(
        state=HearingState.FIXED,
        title="2026年第二次效能听证会",
        about="听听大家对路灯和水费的意见。",
        host=office,
        place="镇政府三楼会议室",
        starts_at=SESSION,
        sign_up_until=SESSION - datetime.timedelta(days=3),
        begun_at=SESSION if begun else None,
    )
    topic = Topic.objects.create(
        state=TopicState.TAKEN, hearing=hearing, village=upper, title="水塘边的路没有路灯", text="晚上看不见。",
        concerned=40, raised_by="赵铁柱",
    )  # fmt: skip
    notice = Notice.objects.create(
        hearing=hearing, number=1, facts=facts_of(hearing), page_at=SESSION - datetime.timedelta(days=10)
    )
    Posting.objects.create(
        notice=notice, kind=PostingKind.POSTER, place="村口", posted_at=SESSION - datetime.timedelta(days=9),
        signed_by="谭秀芝",
    )  # fmt: skip
    officers = [
        Officer.objects.create(hearing=hearing, person=one, role=role, present=begun or None)
        for one, role in ((chair, OfficerRole.CHAIR), (head, OfficerRole.OFFICER))
    ]
    people = [
        Representative.objects.create(
            state=SeatState.SEATED, hearing=hearing, way=Way.VOLUNTEER, name=name, village=village,
            phone=f"1380013800{number}", present=begun or None,
        )
        for number, (name, village) in enumerate((("张三丰", upper), ("李明", upper), ("欧阳修", lower)))
    ]  # fmt: skip
    problem = Problem.objects.create(
        hearing=hearing, number=1, title=topic.title, topic=topic, village=upper
    ) if begun else None  # fmt: skip
    index = Site.objects.get(is_default_site=True).root_page.add_child(instance=HearingIndexPage(title="效能听证"))
    return SimpleNamespace(**locals())


def said_by(refusal):
    """The Chinese of a refusal, one message after the other."""
    return " ".join(refusal.value.messages)
