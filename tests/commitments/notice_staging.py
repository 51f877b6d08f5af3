"""A township in which commitments were decided with failed rows, and notices on their way."""

import datetime
from types import SimpleNamespace

from django.contrib.auth import get_user_model
from django.utils import timezone

from commitments.domain.lifecycle import notices, objections
from commitments.enums import CommitmentState, Grade, MonthState, Outcome
from commitments.models import Commitment, CommitmentsSettings, Month, Promise, ServedNotice
from organisation.enums import ResponsibilityKind, UnitKind
from organisation.models import Appointment, Person, Post, Responsibility, Unit
from suite.numbering.models import NumberSeries
from suite.roles.domain import group

LONG_AGO = datetime.date(2020, 1, 1)
HERE = timezone.get_fixed_timezone(480)
NOW = datetime.datetime(2026, 12, 2, 10, 0, tzinfo=HERE)
TALK_AT = datetime.datetime(2026, 12, 10, 9, 0, tzinfo=HERE)
RECTIFY_UNTIL = datetime.date(2026, 12, 24)


def account(name, *roles):
    """Somebody with an account that has these roles."""
    user = get_user_model().objects.create_user(name, password="石桥镇2026")
    user.groups.add(*(group(role) for role in roles))
    return user


def person(name, *roles):
    user = account(name, *roles) if roles else None
    return Person.objects.create(name=name, user=user)


def hold(one, unit, post, order=0):
    made = Post.objects.get_or_create(unit=unit, name=post, defaults={"order": order})[0]
    return Appointment.objects.create(person=one, post=made, since=LONG_AGO)


def in_charge(one, unit):
    return Responsibility.objects.create(person=one, unit=unit, kind=ResponsibilityKind.IN_CHARGE, since=LONG_AGO)


def township():
    """The head, two leaders in charge of a centre each, the efficiency office with two people, a team of two."""
    seat = Unit.objects.create(name="石桥镇", kind=UnitKind.TOWNSHIP, since=LONG_AGO)
    unit = {
        name: Unit.objects.create(parent=seat, name=name, kind=UnitKind.CENTRE, since=LONG_AGO, order=order)
        for order, name in enumerate(("党政办公室", "经济发展服务中心", "社会事业服务中心"))
    }
    made = SimpleNamespace(
        seat=seat,
        office_unit=unit["党政办公室"],
        economy=unit["经济发展服务中心"],
        social=unit["社会事业服务中心"],
        head=person("顾明远", "head"),
        leader=person("李卫东", "leader"),
        other_leader=person("赵春梅", "leader"),
        office=person("周敏", "efficiency_office"),
        second_office=person("吴刚", "efficiency_office"),
        cadre=person("陈志强", "cadre"),
        colleague=person("孙丽", "cadre"),
        supervisor=person("钱进", "supervisor"),
    )
    hold(made.head, seat, "书记")
    hold(made.leader, seat, "副镇长", 1)
    hold(made.other_leader, seat, "副书记", 2)
    for one in (made.office, made.second_office):
        hold(one, made.office_unit, "干事")
    for one in (made.cadre, made.colleague):
        hold(one, made.economy, "干事")
    in_charge(made.head, made.office_unit)
    in_charge(made.leader, made.economy)
    in_charge(made.other_leader, made.social)
    series = NumberSeries.objects.create(prefix="石效通", purpose="责任通知书", first_year=2026)
    CommitmentsSettings.objects.create(notice_series=series, head_approver=made.other_leader)
    made.series = series
    return made


def month(first=datetime.date(2026, 11, 1)):
    closes = timezone.make_aware(datetime.datetime.combine(first, datetime.time(17, 30)))
    return Month.objects.get_or_create(
        first=first, defaults={"state": MonthState.REPORTING, "files_until": closes, "results_until": closes}
    )[0]


def failed(one, unit, first=datetime.date(2026, 11, 1), outcomes=(Outcome.NOT, Outcome.NOT, Outcome.FULFILLED)):
    """A commitment of the person that was decided, each row with its outcome."""
    made = Commitment.objects.create(
        month=month(first), person=one, unit=unit, posts=f"{unit.name}干事", state=CommitmentState.ENDED,
        filed_at=timezone.now(), outcome=Outcome.NOT,
    )  # fmt: skip
    for number, outcome in enumerate(outcomes, 1):
        Promise.objects.create(
            commitment=made, number=number, work=f"第{number}项重点工作", measures="逐户上门", goal="完成12户",
            due=first.replace(day=25), claimed=outcome, outcome=outcome,
        )  # fmt: skip
    return made


def fresh(commitment, grade=Grade.EXPLAIN, **changes):
    """An unsaved notice with what its grade needs."""
    asked = {
        Grade.TALK: {"talk_at": TALK_AT, "talk_by": Person.objects.get(name="李卫东")},
        Grade.RECTIFY: {"rectify_until": RECTIFY_UNTIL},
    }.get(Grade(grade), {})
    facts = "第1项工作到月底没有开始。请说明情况。"
    return ServedNotice(**{"commitment": commitment, "grade": grade, "facts": facts, **asked, **changes})


def proposed(made, commitment=None, rows=None, by=None, **changes):
    commitment = commitment or failed(made.cadre, made.economy)
    rows = commitment.promises.filter(outcome=Outcome.NOT) if rows is None else rows
    return notices.propose(fresh(commitment, **changes), rows, (by or made.office).user)


def approved(made, commitment=None, **changes):
    return notices.approve(proposed(made, commitment, **changes), made.leader.user)


def served(made, commitment=None, **changes):
    return notices.acknowledge(approved(made, commitment, **changes), made.cadre.user)


def objected(made, commitment=None, **changes):
    notice = served(made, commitment, **changes)
    objections.object_to(notice, "材料月底前已经交了。", made.cadre.user)
    return ServedNotice.objects.get(pk=notice.pk)


def answered(made, commitment=None, **changes):
    return notices.answer(served(made, commitment, **changes), "因人手不足，下月5日前补上。", made.cadre.user)


def closed(made, commitment=None, **changes):
    notice = answered(made, commitment, **changes)
    if notice.grade == Grade.TALK:
        notice = notices.record_talk(notice, timezone.now(), made.leader, "谈了进度。", made.leader.user)
    return notices.close(notice, "已补上。", made.office.user)


def said(refusal):
    """The refusal in words, without the fields they stand at."""
    return " ".join(refusal.value.messages)
