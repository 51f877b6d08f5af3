"""Run inside a site's `manage.py shell`: people of the Ping'an centre promise something; months pass in between."""

import datetime
from unittest.mock import patch

from django.contrib.auth import get_user_model
from django.utils import timezone

from commitments.domain.lifecycle import commitments, months, results
from commitments.domain.responsibility import approver_of
from commitments.models import Commitment, Month
from organisation.models import Appointment, Person, Post, Unit
from suite.clock.domain import add_working_days
from suite.roles.domain import group

DAY = datetime.timedelta(days=1)
UNIT = "平安建设服务中心"


def filed(*names):
    """Newcomers of the centre file for this month; they wait for the leader in charge."""
    month = _this_month()
    for name in names:
        person = newcomer(name)
        months.add_newcomers(month)
        _file(person, month)


def reported(name, month=3):
    """Somebody of the centre reports what became of a month of last year, whose reporting begins then."""
    person = newcomer(name)
    opens = timezone.localtime().replace(month=month, day=2, hour=9) - datetime.timedelta(days=366)
    now = opens
    with patch("django.utils.timezone.now", lambda: now):
        month = months.open_month(opens.date().replace(day=1), _account("efficiency_office"))
        one = _file(person, month)
        commitments.approve(one, approver_of(one).person.user)
        now = month.files_until + DAY
        months.begin_reporting(month, _account("efficiency_office"))
        now = timezone.make_aware(datetime.datetime.combine(add_working_days(month.last, 1), datetime.time(9)))
        results.report(one, {row.pk: ("fulfilled", "六盏灯都亮了。") for row in one.promises.all()}, person.user)


def _this_month():
    first = timezone.localdate().replace(day=1)
    return Month.objects.filter(first=first).first() or months.open_month(first, _account("efficiency_office"))


def newcomer(name, password=None):
    """A cadre who has served in the centre since 2020; may log in where there is a password."""
    user = get_user_model().objects.create_user(f"journey-{name}", password=password)
    user.groups.add(group("cadre"))
    person = Person.objects.create(name=name, user=user)
    post = Post.objects.create(unit=Unit.objects.get(name=UNIT), name=f"{name}的岗位", order=99)
    Appointment.objects.create(person=person, post=post, since=datetime.date(2020, 1, 1))
    return person


def _file(person, month):
    one = Commitment.objects.get(month=month, person=person)
    days = (month.last - DAY, month.last)
    rows = [
        {"work": f"{number}组路灯", "measures": "请供电所更换。", "goal": "6盏全部亮灯。", "due": day.isoformat()}
        for number, day in enumerate(days, 1)
    ]
    return commitments.file(one, rows, one.version, "", person.user)


def _account(name):
    return get_user_model().objects.get(username=name)
