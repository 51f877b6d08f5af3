"""Commitments as they stand in the database at some stage, for what only reads them: boards, papers, figures.

Made without the rules on purpose: they have tests of their own, and a board must be right whatever led there.
"""

import datetime

from django.contrib.auth import get_user_model
from django.utils import timezone

from commitments.enums import AmendmentState, CommitmentState, MonthState, Outcome, VerificationWay
from commitments.models import (
    Amendment,
    Commitment,
    MeetingReport,
    Month,
    Promise,
    ReportMeeting,
    Verification,
    WorkKind,
)
from organisation.enums import UnitKind
from organisation.models import Person, Unit

LONG_AGO = datetime.date(2020, 1, 1)
NOVEMBER = datetime.date(2026, 11, 1)
ENDED, APPROVED, OWED = CommitmentState.ENDED, CommitmentState.APPROVED, CommitmentState.OWED


def moment(day, hour=10):
    """An aware moment on that day."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


def month(first=NOVEMBER, state=MonthState.OPEN, **changes):
    """A month, filed until its 7th at half past five."""
    return Month.objects.create(
        **{
            "first": first,
            "state": state,
            "files_until": moment(first.replace(day=7), 17),
            "results_until": moment(first.replace(day=28), 17),
            **changes,
        }
    )


def unit(name, order=0, kind=UnitKind.OFFICE, phone=""):
    return Unit.objects.create(name=name, kind=kind, since=LONG_AGO, order=order, phone=phone)


def person(name, account=""):
    """Somebody; with ``account`` also the account of that name."""
    user = get_user_model().objects.create_user(account) if account else None
    return Person.objects.create(name=name, user=user)


def commitment(of, who, where, state=APPROVED, rows=2, **changes):
    """One person's commitment with so many promises, filed on the 3rd and approved on the 5th if its state says so."""
    filed = state not in (CommitmentState.OWED, CommitmentState.RELEASED)
    approved = filed and state not in (CommitmentState.FILED, CommitmentState.RETURNED)
    made = Commitment.objects.create(
        **{
            "month": of,
            "person": who,
            "unit": where,
            "posts": f"{where.name}干事",
            "state": state,
            "filed_at": moment(of.first.replace(day=3)) if filed else None,
            "approved_at": moment(of.first.replace(day=5)) if approved else None,
            "source": "desk" if filed else "",
            "outcome": Outcome.FULFILLED if state == ENDED else "",
            "ended_at": moment(of.last) if state == ENDED else None,
            **changes,
        }
    )
    for number in range(1, rows + 1 if filed else 1):
        promise(made, number, outcome=made.outcome)
    return made


def promise(of, number, **changes):
    return Promise.objects.create(
        **{
            "commitment": of,
            "number": number,
            "work": f"重点工作{number}",
            "measures": f"措施{number}",
            "goal": f"完成{number}户",
            "due": of.month.first.replace(day=20),
            **changes,
        }
    )


def kind(name, order=0):
    return WorkKind.objects.create(name=name, order=order)


def amended(row, state=AmendmentState.ACCEPTED, reason="连续降雨", **after):
    """An amendment of a promise; the promise holds the new text where it was accepted."""
    before = {"work": row.work, "measures": row.measures, "goal": row.goal, "due": row.due.isoformat()}
    if state == AmendmentState.ACCEPTED:
        for name, value in after.items():
            setattr(row, name, value)
        row.save()
        row.refresh_from_db()
    texts = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in after.items()}
    return Amendment.objects.create(
        promise=row, before=before, after={**before, **texts}, reason=reason, state=state,
        decided_at=moment(row.commitment.month.first.replace(day=12)),
    )  # fmt: skip


def verified(row, by, agrees=True, remark="现场看过"):
    return Verification.objects.create(promise=row, way=VerificationWay.VISIT, agrees=agrees, remark=remark, by=by)


def meeting(of, chair, speakers=(), **changes):
    """A report meeting with those who were drawn, in order."""
    made = ReportMeeting.objects.create(
        **{
            "month": of,
            "starts_at": moment(of.first.replace(day=28), 9),
            "place": "镇政府三楼会议室",
            "chair": chair,
            "seats": max(1, len(speakers)),
            **changes,
        }
    )
    for order, one in enumerate(speakers, 1):
        MeetingReport.objects.create(meeting=made, commitment=one, order=order)
    return made
