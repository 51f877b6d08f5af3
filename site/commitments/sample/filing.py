"""The first half of a sample month: opened, filed, returned, approved, amended."""

from __future__ import annotations

import datetime

from commitments.domain.lifecycle import amendments, commitments, months
from commitments.enums import CommitmentState
from commitments.models import Commitment, Month
from organisation.domain.lifecycle import record_absence
from organisation.enums import AbsenceKind
from organisation.models import Absence
from suite.clock.calendar import DAY

from .days import Days, at, date_back
from .people import (
    AMENDED,
    ASKS_FOR_CHANGE,
    AWAY,
    FAILS,
    LATE,
    NOT_FILED,
    ON_PAPER,
    PRESENT,
    RETURNED,
    SENT_BACK,
    WAITING,
    Sample,
)
from .words import AMENDED as AMENDED_WHY
from .words import ASKED, RELEASED_NOTE, RETURN

_OPENS_BEFORE, _LATE_DAY, _RETURNED_DAY = 5, 7, 2
_LAST_DAY = 5


class Filing:
    """One month from its opening to its approved commitments."""

    def __init__(self, sample: Sample, number: int, days: Days) -> None:
        self.sample, self.number, self.days = sample, number, days

    def run(self) -> Month:
        opened = at(self.days.first - _OPENS_BEFORE * DAY, 8, 30)
        month = months.open_month(self.days.first, None, opened)
        self.sample.township.keep_all(month.commitments.all())
        self._send_away(month)
        for one in month.commitments.select_related("person", "unit", "month"):
            if one.state == CommitmentState.OWED:
                self._play(one)
        return month

    def _play(self, one: Commitment) -> None:
        key = self.sample.key(one)
        if (self.number, key) in NOT_FILED:
            if self.number == PRESENT and key == FAILS:
                self._begin(one)
            return
        moment = self._moment(key)
        if not self.days.has_come(moment):
            return self._begin(one) if self.sample.order[key] % 3 == 0 and self.sample.files_alone(one) else None
        if (self.number, key) in RETURNED:
            one = self._file(one, at(self.days.of(_RETURNED_DAY), 9, 10))
            one = commitments.return_with_remark(one, RETURN, self.sample.approver(one))
            moment = at(self.days.of(_RETURNED_DAY + 1), 15, 25)
        one = self._file(one, moment)
        self.sample.township.keep_all(one.promises.all())
        if self.number == PRESENT and key == SENT_BACK:
            commitments.return_with_remark(one, RETURN, self.sample.approver(one))
            return None
        approved = at(self.days.after(1, moment.date()), 9, 20 + self.sample.order[key])
        if not self.days.has_come(approved) or (self.number == PRESENT and key in WAITING):
            return None
        one = commitments.approve(one, self.sample.approver(one))
        date_back(one, approved_at=approved)
        return self._amend(one, key, approved)

    def _moment(self, key: str) -> datetime.datetime:
        place = self.sample.order[key]
        if (self.number, key) in LATE:
            return at(self.days.of(_LATE_DAY), 10, 20)
        day = self.days.of((place * 7 + self.number * 3) % (_LAST_DAY + 1))
        return at(day, 8 + (place * 5 + self.number) % 9, (place * 13 + self.number * 7) % 29 + 30)

    def _file(self, one: Commitment, moment: datetime.datetime) -> Commitment:
        rows = one.draft or self.sample.rows(one, self.number, self.days)
        on_paper = (self.number, self.sample.key(one)) in ON_PAPER
        if on_paper or not self.sample.files_alone(one):
            return commitments.key_in(one, rows, moment.date(), self.sample.officer)
        return commitments.file(one, rows, one.version, "", self.sample.user(one), moment)

    def _begin(self, one: Commitment) -> None:
        """Begun on the desk, and left: one row and a half."""
        rows = [{**row, "due": self.days.last.isoformat()} for row in self.sample.rows(one, self.number, self.days)[:2]]
        rows[-1] = {**rows[-1], "measures": rows[-1]["measures"].split("\n")[0], "goal": ""}
        commitments.save_draft(one, rows, one.version, "", self.sample.user(one))

    def _amend(self, one: Commitment, key: str, approved: datetime.datetime) -> None:
        number, who, about = AMENDED
        user = self.sample.user(one)
        if (self.number, key) == (number, who):
            promise = one.promises.get(work__contains=about)
            asked, decided = at(self.days.of(10), 15, 5), at(self.days.of(11), 9, 40)
            row = amendments.propose(promise, {"due": self.days.last.isoformat()}, AMENDED_WHY, user, asked)
            row = amendments.accept(row, self.sample.approver(one))
            date_back(row, decided_at=decided)
        asked = approved + datetime.timedelta(days=1, hours=2)
        if (self.number, key) == (PRESENT, ASKS_FOR_CHANGE) and self.days.has_come(asked):
            promise = one.promises.all()[0]
            changes = {"measures": f"{promise.measures}\n分两周集中完成，每天晚上入户。"}
            amendments.propose(promise, changes, ASKED, user, asked)

    def _send_away(self, month: Month) -> None:
        """Who is away all month need not file."""
        number, key, deputy = AWAY
        if self.number != number:
            return
        people = self.sample.township.people
        since = self.days.first - _OPENS_BEFORE * DAY
        away = Absence(
            person=people[key], kind=AbsenceKind.TRAINING, since=since, until=self.days.last, deputy=people[deputy],
            note=RELEASED_NOTE,
        )  # fmt: skip
        record_absence(away, None)
        months.release_departed(month)
