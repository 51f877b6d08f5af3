"""A township whose people promise something every month, brought to any stage by the product's own functions."""

import datetime
from types import SimpleNamespace

from django.contrib.auth import get_user_model
from django.utils import timezone

from commitments.domain.lifecycle import commitments, months
from commitments.domain.responsibility import approver_of
from commitments.models import Commitment, CommitmentsSettings, Month
from organisation.enums import AppointmentKind, ResponsibilityKind, UnitKind
from organisation.models import Appointment, Person, Post, Responsibility, Unit
from suite.clock.domain import add_working_days
from suite.evidence import Link
from suite.evidence import domain as evidence
from suite.roles.domain import group

# A Monday; filing ends on Friday 6 November at 17:30, results are reported until Thursday 3 December.
NOW = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=timezone.get_fixed_timezone(480))
LONG_AGO = datetime.date(2020, 1, 1)
DAY = datetime.timedelta(days=1)
PASSWORD = "石桥镇2026"


class Time:
    """The office's time, stopped at ``now``; fixtures `time` and `made` put it on; let it pass with ``go(days=1)``."""

    def __init__(self, now=NOW):
        self.now = now

    def go(self, **passed):
        self.now += datetime.timedelta(**passed)
        return self.now


def account(username, *roles):
    """An account with these roles."""
    user = get_user_model().objects.create_user(username, password=PASSWORD)
    user.groups.set([group(role) for role in roles])
    return user


def person(name, username="", *roles):
    """Somebody in service, with an account of these roles where a username is given."""
    return Person.objects.create(name=name, user=account(username, *roles) if username else None)


def unit(name, kind, parent=None, order=0):
    return Unit.objects.create(name=name, kind=kind, parent=parent, order=order, since=LONG_AGO)


def appoint(one, where, post="干事", kind=AppointmentKind.FULL, since=LONG_AGO, until=None, order=9):
    """A post of that name in the unit, held by the person."""
    place, _new = Post.objects.get_or_create(unit=where, name=post, defaults={"order": order})
    return Appointment.objects.create(person=one, post=place, kind=kind, since=since, until=until)


def in_charge(leader, of, since=LONG_AGO, until=None):
    return Responsibility.objects.create(
        person=leader, unit=of, kind=ResponsibilityKind.IN_CHARGE, since=since, until=until
    )


def township():
    """Units, people and accounts.

    Units: ``seat``, ``office`` (efficiency office's people too), ``centre`` with ``team`` below, ``village``.
    People: ``head`` (first post of the township), ``leader`` in charge of office, ``deputy`` in charge of centre and
    team, who approves the head's; ``cadre`` in the office, ``other`` in the centre, ``third`` in the team; ``clerk``
    of the efficiency office, ``supervisor``, who holds no post here. ``users``: the accounts by the same names.
    """
    made = SimpleNamespace(users=SimpleNamespace())
    made.seat = unit("石桥镇", UnitKind.TOWNSHIP)
    made.office = unit("党政办公室", UnitKind.OFFICE, made.seat, 1)
    made.centre = unit("经济发展服务中心", UnitKind.CENTRE, made.seat, 2)
    made.team = unit("农业服务队", UnitKind.TEAM, made.centre, 3)
    made.village = unit("上塘村", UnitKind.VILLAGE, made.seat, 4)
    for key, name, where, post, roles in (
        ("head", "顾明远", made.seat, "镇长", ["head"]),
        ("leader", "江海", made.seat, "副镇长", ["leader"]),
        ("deputy", "苏敏", made.seat, "党委副书记", ["leader"]),
        ("cadre", "田野", made.office, "干事", ["cadre"]),
        ("other", "白露", made.centre, "干事", ["cadre"]),
        ("third", "石磊", made.team, "队员", ["cadre"]),
        ("clerk", "沈静", made.office, "效能办主任", ["efficiency_office"]),
        ("supervisor", "李旻", None, "", ["supervisor"]),
    ):
        one = person(name, key, *roles)
        if where is not None:
            appoint(one, where, post, order=["镇长", "党委副书记", "副镇长"].index(post) if where == made.seat else 9)
        setattr(made, key, one)
        setattr(made.users, key, one.user)
    in_charge(made.leader, made.office)
    in_charge(made.deputy, made.centre)
    CommitmentsSettings.objects.update_or_create(defaults={"head_approver": made.deputy})
    return made


def month(made, first=None):
    """A month that the efficiency office opens: the present one unless told otherwise."""
    return months.open_month(first or timezone.localdate().replace(day=1), made.users.clerk)


def rows(number=2, of=None, **changes):
    """So many rows as the form sends them, with their days in the month ``of`` (a Month or its first)."""
    first = of.first if isinstance(of, Month) else of or timezone.localdate().replace(day=1)
    return [
        {
            "kind": "",
            "work": f"修好{one}组的路灯",
            "measures": f"一、查看{one}组线路。\n二、请供电所更换。",
            "goal": f"20盏路灯全部亮起来，第{one}组。",
            "due": (first + (9 + one) * DAY).isoformat(),
            "carried_from": "",
            "origin_kind": "",
            "origin_key": "",
            **changes,
        }
        for one in range(1, number + 1)
    ]


def commitment(of, month):
    """The person's commitment of the month."""
    return Commitment.objects.select_related("person__user", "unit", "month").get(month=month, person=of)


def filed(of, month, number=2, at=None, **changes):
    """Filed by the person, with so many rows."""
    one = commitment(of, month)
    return commitments.file(one, rows(number, month, **changes), one.version, "", of.user, at)


def approved(of, month, number=2, **changes):
    """Filed, and approved by whoever approves it."""
    one = filed(of, month, number, **changes)
    return commitments.approve(one, approver_of(one).person.user)


def reporting(made, month):
    """The month turns to its results; needs a time after its filing has closed."""
    return months.begin_reporting(month, made.users.clerk)


def reported(of, month, claimed="fulfilled", number=2, evidence=True):
    """Approved (where it is not yet) and its result reported as ``claimed`` in every row, with a link as evidence."""
    from commitments.domain.lifecycle import results

    one = commitment(of, month)
    if one.state != "approved":
        one = approved(of, month, number)
    if evidence:
        for promise in one.promises.all():
            _evidence(promise, of.user)
    return results.report(one, {row.pk: (claimed, f"第{row.number}项已办。") for row in one.promises.all()}, of.user)


def verified(made, of, month, claimed="fulfilled", agrees=True):
    """Reported, and every row verified by the supervisor."""
    from commitments.domain.lifecycle import results

    one = reported(of, month, claimed)
    for promise in one.promises.all():
        results.verify(promise, "visit", agrees, "现场看过。", made.users.supervisor)
    return results.finish_verification(one, made.users.supervisor)


def ended(made, of, month, outcome="fulfilled"):
    """Verified, and decided by the efficiency office with that outcome in every row."""
    from commitments.domain.lifecycle import results

    one = verified(made, of, month, outcome)
    return results.decide(one, {row.pk: (outcome, "") for row in one.promises.all()}, made.users.clerk)


def after_filing(month):
    """The first working moment after the filing of the month has closed."""
    day = add_working_days(timezone.localdate(month.files_until), 1)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(9)))


def _evidence(promise, user):
    evidence.attach(("commitments.promise", promise.pk), [], [Link("https://example.com/", "现场照片")], user)
