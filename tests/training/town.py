"""Units and people with roles and posts, for what is asked of roles, units and people."""

import datetime

from django.contrib.auth import get_user_model

from organisation.enums import UnitKind
from organisation.models import Appointment, Person, Post, Unit
from suite.roles.domain import group

LONG_AGO = datetime.date(2020, 1, 1)


class Town:
    """A seat with an office and a centre; the centre has a team below it. People come as tests ask for them."""

    def __init__(self):
        self.seat = self.unit("石桥镇", UnitKind.TOWNSHIP)
        self.office = self.unit("党政办公室", UnitKind.OFFICE, self.seat)
        self.centre = self.unit("便民服务中心", UnitKind.CENTRE, self.seat)
        self.team = self.unit("农业服务队", UnitKind.TEAM, self.centre)

    @staticmethod
    def unit(name, kind, parent=None):
        return Unit.objects.create(name=name, kind=kind, parent=parent, since=LONG_AGO, order=Unit.objects.count())

    @staticmethod
    def person(name, *roles, unit=None, account=True, since=LONG_AGO, until=None):
        """Somebody in service; with an account, whose roles these are, unless told otherwise; in a post of the unit."""
        user = None
        if account:
            user = get_user_model().objects.create_user(f"{name}{Person.objects.count()}", f"{name}@example.com", "x")
            user.groups.set([group(role) for role in roles])
        one = Person.objects.create(name=name, user=user)
        if unit is not None:
            appoint(one, unit, since, until)
        return one


def appoint(person, unit, since=LONG_AGO, until=None):
    """A post as 干事 in the unit."""
    post, _new = Post.objects.get_or_create(unit=unit, name="干事")
    return Appointment.objects.create(person=person, post=post, since=since, until=until)


def leave(person):
    """The person is no longer in service; whatever else was entered about them stays."""
    person.active = False
    person.save()
