"""The report meeting of a sample month: planned, drawn for by three people's strings, held."""

from __future__ import annotations

import datetime

from commitments.domain.lifecycle import meetings
from commitments.models import MeetingReport, Month, ReportMeeting
from suite.draw import algorithm
from suite.draw import domain as draws

from .days import Days, at, date_back
from .people import Sample
from .words import EXCUSED, REMARKED, SAID, STRINGS

# Working days of the month.
_PLANNED, _LISTED, _HASHES, _DRAWN, _HELD = 6, 12, 13, 14, 16
_SEATS, _REST, _ABSENT = 6, 3, 4
_WITNESSES = ("supervisor", "zhoudashan", "chenchazhen")


class Meeting:
    """What has come of the month's meeting by now."""

    def __init__(self, sample: Sample, number: int, days: Days) -> None:
        self.sample, self.number, self.days = sample, number, days
        self.names = [sample.township.people[key].name for key in _WITNESSES]
        self.strings = [
            f"{STRINGS[(number + place) % len(STRINGS)]}-{STRINGS[(number * 3 + place + 1) % len(STRINGS)]}-"
            f"{days.first:%Y%m}{place + 1}"
            for place in range(len(_WITNESSES))
        ]  # fmt: skip

    def run(self, month: Month) -> None:
        officer, come = self.sample.officer, self.days.has_come
        if not come(at(self.days.of(_PLANNED), 10)):
            return
        chair = self.sample.township.people["shenyun" if self.number % 2 else "leader"]
        starts = at(self.days.of(_HELD), 14, 30)
        meeting = meetings.plan(
            ReportMeeting(
                month=month, starts_at=starts, place="镇政府三楼会议室", chair=chair, seats=_SEATS, rest=_REST
            ),
            officer,
        )
        listed = at(self.days.of(_LISTED), 10)
        if not come(listed) or not self._draw(meeting, listed):
            return
        self.sample.township.keep_all(meeting.reports.all())
        ended = starts + datetime.timedelta(minutes=110)
        if come(ended):
            self._hold(meeting, ended)

    def _draw(self, meeting: ReportMeeting, listed: datetime.datetime) -> bool:
        """As far as the draw is by now; whether it is held."""
        officer, come = self.sample.officer, self.days.has_come
        drawn = at(self.days.of(_DRAWN), 10)
        draw = meetings.prepare_draw(meeting, officer, draws.Strings(drawn + datetime.timedelta(hours=7)))
        date_back(draw, prepared_at=listed - datetime.timedelta(hours=1))
        draw = draws.freeze(draw, officer, listed)
        for place, name in enumerate(self.names):
            moment = at(self.days.of(_HASHES), 9 + place, 15)
            if not come(moment):
                return False
            draws.commit(draw, name, algorithm.sha256(self.strings[place]), officer, moment)
        closed = at(self.days.of(_HASHES), 16)
        if not come(closed):
            return False
        draws.close_hashes(draw, officer, closed)
        for place, text in enumerate(self.strings):
            moment = at(self.days.of(_DRAWN), 9, 30 + 5 * place)
            if not come(moment):
                return False
            draws.reveal(draw, place + 1, text, officer, moment)
        if not come(drawn):
            return False
        draws.carry_out(draw, self.names, officer, drawn)
        return True

    def _hold(self, meeting: ReportMeeting, ended: datetime.datetime) -> None:
        for one in meeting.reports.select_related("commitment__person", "meeting"):
            present = (one.order + self.number) % 11 != _ABSENT
            place = one.order + 3 * self.number
            said = SAID[place % len(SAID)] if present else ""
            first = one.commitment.promises.first()
            if present and first:
                said = f"汇报“{first.work}”。{said}"
            remarks = REMARKED[place % len(REMARKED)] if present else EXCUSED
            meetings.record(one, present, said, remarks, self.sample.officer)
        meeting = meetings.close(meeting, self.sample.officer)
        date_back(meeting, held_at=ended)
        MeetingReport.objects.filter(meeting=meeting).update(recorded_at=ended)
