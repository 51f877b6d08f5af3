"""Monthly commitments 月承诺: months, what was promised, what became of it, and what followed."""

from .commitments import Amendment, Commitment, Promise, Verification
from .meetings import MeetingReport, ReportMeeting
from .months import FILING_RULE, MONTH_CLOCK, RESULTS_RULE, Month
from .notices import (
    ANSWER_RULE,
    NOTICE_CLOCK,
    OBJECTION_RULE,
    RECTIFY_RULE,
    EarlierAnswer,
    Objection,
    ServedNotice,
)
from .settings import CommitmentsSettings, WorkKind

__all__ = [
    "ANSWER_RULE",
    "FILING_RULE",
    "MONTH_CLOCK",
    "NOTICE_CLOCK",
    "OBJECTION_RULE",
    "RECTIFY_RULE",
    "RESULTS_RULE",
    "Amendment",
    "Commitment",
    "CommitmentsSettings",
    "EarlierAnswer",
    "MeetingReport",
    "Month",
    "Objection",
    "Promise",
    "ReportMeeting",
    "ServedNotice",
    "Verification",
    "WorkKind",
]
