"""A township with a stopped clock at the end of a month, its commitments approved and waiting for their results."""

import datetime
import itertools
from unittest.mock import patch

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.timezone import make_aware

from commitments.domain.lifecycle import results
from commitments.enums import MonthState, Outcome, VerificationWay
from commitments.models import Commitment, Month, Promise
from organisation.enums import ResponsibilityKind, UnitKind
from organisation.models import Appointment, Person, Post, Responsibility, Unit
from suite.evidence import Link
from suite.roles.domain import group

LONG_AGO = datetime.date(2020, 1, 1)
FIRST = datetime.date(2026, 11, 1)
DAY = datetime.timedelta(days=1)
# A Tuesday, the first day after the month.
NOW = datetime.datetime(2026, 12, 1, 9, 0, tzinfo=timezone.get_fixed_timezone(480))
PHOTO = Link("/open-affairs/photos/", "路灯照片")


def moment(month, day, hour=17, minute=30):
    return NOW.replace(month=month, day=day, hour=hour, minute=minute)


class Stage:
    """Units, people and November 2026; the time stands until `now` is set. End it with `close`."""

    def __init__(self):
        self.now = NOW
        self.numbers = itertools.count(1)
        self._patch = patch("django.utils.timezone.now", lambda: self.now)
        self._patch.start()
        self.township = self.unit("石桥镇", UnitKind.TOWNSHIP, None)
        self.party = self.unit("党政办公室", UnitKind.OFFICE)
        self.centre = self.unit("经济发展服务中心", UnitKind.CENTRE)
        self.team = self.unit("农业服务队", UnitKind.TEAM, self.centre)
        self.other = self.unit("社会事业服务中心", UnitKind.CENTRE)
        self.head = self.person("顾明远", "head", unit=self.township)
        self.leader = self.person("韩立", "leader", unit=self.township)
        for unit in (self.centre, self.party, self.other):
            self.charge(self.leader, unit)
        self.clerk = self.person("方敏", "efficiency_office", unit=self.party)
        self.office = self.clerk.user
        self.supervisor = account("supervisor", "supervisor")
        self.cadre = self.person("周晓东", "cadre", unit=self.team)
        self.month = self.new_month(FIRST, MonthState.REPORTING)

    def close(self):
        self._patch.stop()

    # Who and where.

    def unit(self, name, kind, parent="township", **fields):
        parent = self.township if parent == "township" else parent
        return Unit.objects.create(
            parent=parent, kind=kind, name=name, since=LONG_AGO, order=next(self.numbers), **fields
        )

    def person(self, name, role, unit=None):
        person = Person.objects.create(name=name, user=account(name, role))
        if unit:
            self.post(person, unit)
        return person

    def post(self, person, unit, since=LONG_AGO, until=None):
        post = Post.objects.create(unit=unit, name=f"岗位{next(self.numbers)}")
        return Appointment.objects.create(person=person, post=post, since=since, until=until)

    def charge(self, person, unit):
        return Responsibility.objects.create(
            person=person, unit=unit, kind=ResponsibilityKind.IN_CHARGE, since=LONG_AGO
        )

    # What there is, stage by stage.

    def new_month(self, first, state=MonthState.OPEN):
        last = (first + datetime.timedelta(days=32)).replace(day=1) - DAY
        month = Month.objects.create(
            first=first,
            files_until=make_aware(datetime.datetime.combine(first + 6 * DAY, datetime.time(17, 30))),
            results_until=make_aware(datetime.datetime.combine(last + 3 * DAY, datetime.time(17, 30))),
        )
        if state != MonthState.OPEN:
            month.to_reporting()
            month.save()
        return month

    def owed(self, person=None, unit=None, month=None):
        person = person or self.cadre
        return Commitment.objects.create(month=month or self.month, person=person, unit=unit or self.team)

    def filed(self, person=None, unit=None, month=None, rows=2):
        one = self.owed(person, unit, month)
        for number in range(1, rows + 1):
            Promise.objects.create(
                commitment=one,
                number=number,
                work=f"路灯{number}",
                measures="逐村走访",
                goal=f"装灯{number}0盏",
                due=one.month.last,
            )
        one.to_filed()
        one.save()
        return one

    def approved(self, *args, **named):
        one = self.filed(*args, **named)
        one.to_approved()
        one.save()
        return one

    def reported(self, *args, claimed=Outcome.FULFILLED, **named):
        one = self.approved(*args, **named)
        return results.report(one, said(one, claimed), one.person.user)

    def verified(self, *args, agrees=True, **named):
        one = self.reported(*args, **named)
        for promise in one.promises.all():
            results.verify(promise, VerificationWay.VISIT, agrees, "到村里看过", self.supervisor)
        return results.finish_verification(one, self.supervisor)

    def ended(self, *args, outcomes=(Outcome.FULFILLED, Outcome.FULFILLED), **named):
        one = self.verified(*args, **named)
        decided = {
            promise.pk: (outcome, "核查认定") for promise, outcome in zip(one.promises.all(), outcomes, strict=True)
        }
        return results.decide(one, decided, self.office)

    def ended_own(self):
        """The office's own commitment, decided by the leader in charge of it."""
        one = self.verified(self.clerk, self.party)
        return results.decide(one, said(one, result="核查认定"), self.leader.user)


def said(commitment, claimed=Outcome.FULFILLED, result="灯都亮了"):
    """What somebody reports about every row."""
    return {promise.pk: (claimed, result) for promise in commitment.promises.all()}


def account(name, *roles):
    user = get_user_model().objects.create_user(name)
    for role in roles:
        user.groups.add(group(role))
    return user


def fresh(user):
    """The account without what it remembers."""
    return get_user_model().objects.get(pk=user.pk)
