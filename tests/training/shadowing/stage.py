"""The township of `tests.training.skills.stage`, where people go along with others."""

import datetime

from tests.training.skills.stage import Skilled
from training.domain.lifecycle import shadowing as lifecycle
from training.models import Shadowing

REPORT = "跟着窗口受理了17件，学会了一次性告知。"
DATE = datetime.date.fromisoformat


class Shadowed(Skilled):
    """``cadre`` goes to the team from Monday, 19 October, to Friday, 23 October 2026, unless told otherwise."""

    def planned(self, person=None, since="2026-10-19", until="2026-10-23", by=None, **changes):
        person = person or self.cadre
        given = {"unit": self.team, "outside": "", "host": "队长 路遥", "purpose": "学习补贴核算。", **changes}
        asked = Shadowing(person=person, since=DATE(since), until=DATE(until), **given)
        return lifecycle.plan(asked, by or person.user)

    def reported(self, person=None, **given):
        row = self.planned(person, **given)
        return lifecycle.report(row, REPORT, row.person.user)

    def closed(self, person=None, **given):
        return lifecycle.close(self.reported(person, **given), None)
