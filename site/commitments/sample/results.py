"""The second half of a sample month: results with evidence, verified, decided, closed."""

from __future__ import annotations

from io import BytesIO
from random import Random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from commitments.domain.lifecycle import months, results
from commitments.enums import CommitmentState, Outcome
from commitments.models import Commitment, Month, Promise, Verification
from suite.evidence import Link
from suite.evidence.models import Evidence

from .days import Days, at, date_back
from .people import (
    FAILS,
    FIRST_FAILURE,
    LAST,
    SECOND_FAILURE,
    UNDECIDED,
    UNREPORTED,
    UNVERIFIED,
    Sample,
)
from .words import (
    CAUSES,
    DECIDED_OTHERWISE,
    DISAGREED,
    FAILED_AGAIN,
    FAILED_FIRST,
    FOUND,
    LINKS,
    PARTLY,
    SHEETS,
)

# Working days after the month: who reported on which, verified and decided on which, closed.
_REPORTED, _VERIFIED, DECIDED, _CLOSED = 3, 5, 6, 10
_PARTLY, _DISAGREES = 0.06, 0.03


class Results:
    """One month from the end of its time to its end."""

    def __init__(self, sample: Sample, number: int, days: Days) -> None:
        self.sample, self.number, self.days = sample, number, days
        self.random = Random(f"月承诺{number}")  # noqa: S311 - sample data, nothing secret
        self.pictures = 0

    def run(self, month: Month) -> None:
        month = months.begin_reporting(month, None)
        found = month.commitments.filter(state=CommitmentState.APPROVED).select_related("person", "unit", "month")
        for one in found:
            self._play(one)
        closed = at(self.days.after(_CLOSED), 16, 10)
        if self.number == LAST or not self.days.has_come(closed):
            return
        month = months.close_month(month, self.sample.officer)
        date_back(month, closed_at=closed)
        missed = month.commitments.filter(ended_at__gt=closed)
        for one in missed:
            self.sample.township.keep_all(one.promises.all())
            one.promises.update(decided_at=closed)
        missed.update(ended_at=closed)

    def _play(self, one: Commitment) -> None:
        key = self.sample.key(one)
        place, is_last = self.sample.order[key], self.number == LAST
        reported = at(self.days.after(1 + place % _REPORTED), 9 + place % 8, place)
        verified = at(self.days.after(_REPORTED + 1 + place % 2), 10 + place % 6, 15)
        decided = at(self.days.after(DECIDED + place % 3), 9 + place % 3, 30)
        user = self.sample.user(one)
        user = user if self.sample.files_alone(one) and one.source != "paper" else self.sample.officer
        if is_last and key in UNREPORTED:
            promises = list(one.promises.all())
            rows = {promises[0].pk: (str(Outcome.FULFILLED), self._said(promises[0], Outcome.FULFILLED))}
            results.save_result_draft(one, rows, one.version, "", user)
            return
        if not self.days.has_come(reported):
            return
        rows = {}
        for promise in one.promises.select_related("commitment"):
            claimed = self._claimed(promise, key)
            rows[promise.pk] = (str(claimed), self._said(promise, claimed))
            self._show(promise, claimed, user, reported)
        one = results.report(one, rows, user)
        date_back(one, reported_at=reported)
        if not self.days.has_come(verified) or (is_last and key in UNVERIFIED):
            return
        one = self._verify(one, verified)
        if not self.days.has_come(decided) or (is_last and key in UNDECIDED):
            return
        self._decide(one, decided)

    def _verify(self, one: Commitment, verified: object) -> Commitment:
        user = self.sample.supervisor(one.unit)
        for promise in one.promises.all():
            way = self.random.choice(list(FOUND))
            agrees = promise.claimed != Outcome.FULFILLED or self.random.random() > _DISAGREES
            remark = self.random.choice(FOUND[way]) if agrees else self.random.choice(DISAGREED)
            results.verify(promise, way, agrees, remark, user)
        one = results.finish_verification(one, user)
        Verification.objects.filter(promise__commitment=one).update(at=verified)
        return one

    def _decide(self, one: Commitment, decided: object) -> None:
        outcomes = {}
        for promise in one.promises.select_related("verification"):
            agreed = promise.verification.agrees
            outcomes[promise.pk] = (promise.claimed, "") if agreed else (str(Outcome.PARTLY), DECIDED_OTHERWISE)
        # Nobody decides on their own: of the efficiency office's own people the leader in charge does.
        own = self.sample.user(one) == self.sample.officer
        one = results.decide(one, outcomes, self.sample.approver(one) if own else self.sample.officer)
        one.promises.update(decided_at=decided)
        date_back(one, ended_at=decided)

    def _claimed(self, promise: Promise, key: str) -> Outcome:
        partly = self.random.random() < _PARTLY
        if key == FAILS:
            failures = {0: FIRST_FAILURE, self.sample.second: SECOND_FAILURE}
            about = failures.get(self.number)
            return Outcome.NOT if about and about in promise.work else Outcome.FULFILLED
        return Outcome.PARTLY if partly else Outcome.FULFILLED

    def _said(self, promise: Promise, claimed: Outcome) -> str:
        if claimed == Outcome.NOT:
            return FAILED_FIRST if self.number == 0 else FAILED_AGAIN
        if claimed == Outcome.PARTLY:
            return PARTLY.format(cause=self.random.choice(CAUSES))
        return self.sample.result(promise, self.number)

    def _show(self, promise: Promise, claimed: Outcome, user: object, moment: object) -> None:
        """A picture, a link or nothing; what was not done has nothing to show."""
        kind = self.random.randrange(5)
        if claimed == Outcome.NOT or kind == 0:
            return
        files, links = [], []
        if kind <= 2:  # noqa: PLR2004 - two of five
            files = [_picture(promise.number, f"{self.random.choice(SHEETS)}{promise.number}.png")]
        else:
            address, title = self.random.choice(LINKS)
            links = [Link(address.format(number=promise.pk), title)]
        rows = results.attach_evidence(promise, files, links, user)
        Evidence.objects.filter(pk__in=[row.pk for row in rows]).update(added_at=moment)


def _picture(number: int, name: str) -> ContentFile:
    """A small picture, as of fields below a hill."""
    picture = Image.new("RGB", (240, 160), (196, 222, 240))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(0, 90), (70 + 20 * number, 40), (240, 95), (240, 160), (0, 160)], fill=(96, 143, 96))
    for row in range(4):
        draw.line([(0, 110 + 14 * row), (240, 104 + 14 * row)], fill=(70, 110, 70), width=3)
    content = BytesIO()
    picture.save(content, "PNG")
    return ContentFile(content.getvalue(), name=name)
