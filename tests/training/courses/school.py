"""A township with a stopped clock, trainers, villages, and courses brought to any stage by the product's functions."""

import datetime
from unittest.mock import patch

from django.utils import timezone

from organisation.enums import ResponsibilityKind, UnitKind
from organisation.models import Responsibility
from tests.training.town import LONG_AGO, Town
from training.domain.lifecycle import courses, enrolments
from training.models import Course, Enrolment, SeriesRule, Session

# A Monday.
NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=timezone.get_fixed_timezone(480))
DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)


class School(Town):
    """The time stands until ``now`` is set. End it with `close`."""

    def __init__(self):
        self.now = NOW
        self._patch = patch("django.utils.timezone.now", lambda: self.now)
        self._patch.start()
        super().__init__()
        self.upper, self.lower, self.far = (
            self.unit(name, UnitKind.VILLAGE, self.seat) for name in ("上塘村", "下塘村", "柳岸村")
        )
        self.head = self.person("顾明远", "efficiency_office", unit=self.office)
        self.office_user = self.head.user
        self.trainer = self.person("陈茶珍", "cadre", unit=self.team)
        self.cadre = self.person("田野", "cadre", unit=self.team)
        self.liaison = self.person("周大山", "liaison", unit=self.team)
        Responsibility.objects.create(
            person=self.liaison, unit=self.upper, kind=ResponsibilityKind.STATIONED, since=LONG_AGO
        )

    def close(self):
        self._patch.stop()

    def course(self, kind="course", title="公文写作", **changes):
        return Course.objects.create(
            **{"title": title, "kind": kind, "unit": self.centre, "contact": self.head, **changes}
        )

    def new(self, course=None, begins=NOW + 10 * DAY, **changes):
        """An unsaved session of two hours, with two seats."""
        values = {
            "course": course or self.course(), "starts_at": begins, "ends_at": begins + 2 * HOUR,
            "place": "镇政府三楼会议室", "trainer": self.trainer, "seats": 2, **changes,
        }  # fmt: skip
        return Session(**values)

    def planned(self, course=None, **changes):
        return courses.plan(self.new(course, **changes), self.office_user)

    def opened(self, course=None, **changes):
        """Open for sign-up."""
        return courses.open_sign_up(self.planned(course, **changes), self.office_user)

    def for_villagers(self, **changes):
        """Open, of a course for villagers."""
        course = changes.pop("course", None) or self.course("villagers", "茶叶修剪")
        return self.opened(course, **changes)

    def villager(self, session, name="王建国", phone="13900139000", **changes):
        """An unsaved entry from the first village."""
        return Enrolment(**{"session": session, "name": name, "phone": phone, "village": self.upper, **changes})

    def enrolled(self, session, number):
        """So many villagers of the course, or cadres, one after the other. Returns their rows."""
        rows = []
        for one in range(number):
            self.now += datetime.timedelta(minutes=1)
            name = f"李{'一二三四五六七八九十'[one]}"
            if session.course.kind == "villagers":
                rows.append(enrolments.sign_up(self.villager(session, name, f"1390013910{one}")))
            else:
                person = self.person(name, "cadre", unit=self.team)
                rows.append(enrolments.enrol(session, person, person.user))
        return rows

    def rule(self, course=None, **changes):
        """The first Friday of every month at nine."""
        values = {
            "course": course or self.course("study", "每月学习"), "rhythm": "monthly", "week": 1, "weekday": 4,
            "starts": datetime.time(9), "minutes": 90, "place": "镇政府大会议室", "trainer": self.trainer,
            "since": datetime.date(2026, 1, 1), **changes,
        }  # fmt: skip
        return SeriesRule.objects.create(**values)


def states(session):
    """Name and state of everybody on the list, in the order they came."""
    rows = session.enrolments.order_by("entered_at", "pk")
    return [(str(one), one.state) for one in rows]
