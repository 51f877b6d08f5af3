"""Efficiency hearings 效能听证: records with their states, and the pages that point to them."""

from .hearing import Hearing, Notice, Officer, Posting, SeatQuota
from .measures import MEASURE_CLOCK, MEASURE_RULE, DateChange, Evidence, Feedback, Measure
from .pages import CircularPage, HearingIndexPage, HearingNoticePage, HearingPage, MinutesPage
from .representatives import Representative
from .session import Assent, Correction, Entry, Problem
from .settings import LEAST_NOTICE_DAYS, HearingsSettings, HearingTheme
from .topics import Topic

__all__ = [
    "LEAST_NOTICE_DAYS",
    "MEASURE_CLOCK",
    "MEASURE_RULE",
    "Assent",
    "CircularPage",
    "Correction",
    "DateChange",
    "Entry",
    "Evidence",
    "Feedback",
    "Hearing",
    "HearingIndexPage",
    "HearingNoticePage",
    "HearingPage",
    "HearingTheme",
    "HearingsSettings",
    "Measure",
    "MinutesPage",
    "Notice",
    "Officer",
    "Posting",
    "Problem",
    "Representative",
    "SeatQuota",
    "Topic",
]
