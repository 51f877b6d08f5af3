"""A township with a stopped clock, and hearings brought to any stage by the product's own functions."""

import datetime
import itertools
from unittest.mock import patch

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Site

from hearings.domain.lifecycle import hearings, measures, notices, representatives, session, topics
from hearings.domain.notice_period import current_notice
from hearings.enums import OfficerRole
from hearings.models import (
    Hearing,
    HearingIndexPage,
    HearingNoticePage,
    Measure,
    Officer,
    Posting,
    Representative,
    SeatQuota,
    Topic,
)
from organisation.enums import ResponsibilityKind, UnitKind
from organisation.models import Person, Responsibility, Unit
from suite.draw import domain as draws
from suite.publishing.domain import publish_batch
from suite.roles.domain import group

# A Monday.
NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=timezone.get_fixed_timezone(480))
LONG_AGO = datetime.date(2020, 1, 1)
DAY = datetime.timedelta(days=1)


class Stage:
    """Units, people, accounts, an index page; the time stands until `go`. End it with `close`."""

    def __init__(self):
        self.now = NOW
        self.numbers = itertools.count(1)
        self._patch = patch("django.utils.timezone.now", lambda: self.now)
        self._patch.start()
        self.township = Unit.objects.create(kind=UnitKind.TOWNSHIP, name="石桥镇", since=LONG_AGO)
        self.unit = Unit.objects.create(parent=self.township, kind=UnitKind.OFFICE, name="党政办公室", since=LONG_AGO)
        self.upper, self.lower, self.far = (
            Unit.objects.create(parent=self.township, kind=UnitKind.VILLAGE, name=name, since=LONG_AGO, order=order)
            for order, name in enumerate(("上塘村", "下塘村", "柳岸村"), 1)
        )
        self.office = account("office", "efficiency_office")
        self.liaison = account("liaison", "liaison")
        self.checker, self.approver = account("checker", "checker"), account("approver", "approver")
        self.witness = account("witness", "supervisor")
        person = Person.objects.create(name="田野", user=self.liaison)
        Responsibility.objects.create(person=person, unit=self.upper, kind=ResponsibilityKind.STATIONED, since=LONG_AGO)
        self.chair = Person.objects.create(name="顾明远")
        root = Site.objects.get(is_default_site=True).root_page
        self.index = root.add_child(instance=HearingIndexPage(title="效能听证"))

    def close(self):
        self._patch.stop()

    def go(self, **passed):
        self.now += datetime.timedelta(**passed)

    def on(self, days, hour=14):
        """So many days from today, at this hour."""
        return self.now.replace(hour=hour, minute=0, second=0, microsecond=0) + days * DAY

    # A hearing, stage by stage.

    def topic(self, **fields):
        return Topic(
            **{
                "village": self.upper,
                "title": f"路灯{next(self.numbers)}",
                "text": "夜里看不见。",
                "concerned": 30,
                **fields,
            }
        )

    def reported(self, **fields):
        return topics.report(self.topic(**fields), self.office)

    def collecting(self, days=20, seats=(2, 1), **fields):
        """Ready to be planned: a topic, a chair, seats for the first villages, in so many days."""
        hearing = hearings.open_hearing(
            Hearing(
                **{
                    "title": f"第{next(self.numbers)}次效能听证会",
                    "about": "路灯和自来水。",
                    "host": self.unit,
                    "starts_at": self.on(days),
                    "place": "镇政府礼堂",
                    "sign_up_until": self.on(days - 3),
                    "invited_seats": 1,
                    **fields,
                }
            ),
            self.office,
        )
        for village, number in zip((self.upper, self.lower, self.far), seats, strict=False):
            SeatQuota.objects.create(hearing=hearing, village=village, seats=number)
        Officer.objects.create(hearing=hearing, person=self.chair, role=OfficerRole.CHAIR)
        topics.take(self.reported(), hearing, self.office)
        return hearing

    def planned(self, **fields):
        return hearings.plan(self.collecting(**fields), self.office)

    def page(self, hearing):
        """Its notice page, still a draft."""
        self.index.refresh_from_db()
        return self.index.add_child(instance=HearingNoticePage(title=f"{hearing.title}公告", hearing=hearing))

    def publish(self, page):
        """Through the gate. Returns why it was refused, '' where it is live."""
        number = next(self.numbers)
        result = publish_batch([page], self.checker, self.approver, name=f"{number}", file_hash=f"{number:064}")
        page.refresh_from_db()
        return result.refused[0][1] if result.refused else ""

    def posting(self, hearing, **fields):
        return Posting(
            **{
                "notice": current_notice(hearing) or hearing.notices.last(),
                "place": "村委会门口",
                "posted_at": self.now,
                "signed_by": "王建国",
                **fields,
            }
        )

    def notified(self, **fields):
        """Announced today: page and paper."""
        hearing = self.planned(**fields)
        assert self.publish(self.page(hearing)) == ""
        return notices.record_posting(self.posting(hearing), self.office)

    def volunteer(self, hearing, **fields):
        number = next(self.numbers)
        return Representative(
            **{
                "hearing": hearing,
                "name": f"张{CHINESE[number % len(CHINESE)]}{CHINESE[number // len(CHINESE) % len(CHINESE)]}",
                "village": self.upper,
                "phone": f"139{number:08}",
                **fields,
            }
        )

    def signed_up(self, hearing, **fields):
        return representatives.sign_up(self.volunteer(hearing, **fields))

    def fixed(self, volunteers=2, **fields):
        """Sign-up is over, everybody has a seat."""
        hearing = self.notified(**fields)
        for _number in range(volunteers):
            self.signed_up(hearing)
        self.now = hearing.sign_up_until + DAY / 24
        return hearings.fix_representatives(hearing, self.office)

    def begun(self, **fields):
        hearing = self.fixed(**fields)
        self.now = hearing.starts_at
        return hearings.begin_session(hearing, self.office)

    def held(self, **fields):
        """Its only problem goes to the township for study."""
        hearing = self.begun(**fields)
        for problem in hearing.problems.all():
            session.end_without_conclusion(problem, timezone.localdate() + 30 * DAY, self.office)
        return hearings.close_session(hearing, self.office)

    def promised(self, hearing):
        """A measure for each of its problems."""
        for problem in hearing.problems.all():
            due = timezone.localdate() + 30 * DAY
            measures.issue_measure(Measure(problem=problem, text="装路灯", unit=self.unit, due=due), self.office)

    def drawn(self, hearing, reason=""):
        """Drawn for its seats, with a lottery's number as the seed."""
        due = self.now + DAY
        seed = draws.PublicResult("福彩3D第2026310期与排列5第26310期", "开奖号码依次写下", 8, due)
        draw = draws.freeze(representatives.prepare_draw(hearing, self.office, seed, reason), self.office)
        self.now = due + DAY / 24
        draw = draws.enter_result(draw, "27182818", "中国体彩网", "李旻", self.witness)
        return draws.carry_out(draw, ["李旻", "赵赟"], self.office)


CHINESE = "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华玉萍红鹏飞宁辉"


def account(name, *roles):
    user = get_user_model().objects.create_user(name)
    for role in roles:
        user.groups.add(group(role))
    return user
