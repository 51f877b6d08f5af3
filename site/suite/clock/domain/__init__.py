"""Days, hours and due dates: the only place that computes them."""

from .lifecycle import extend, pause, recompute_open, resume, start_clock, stop
from .queries import (
    add_working_days,
    calendar,
    clock_settings,
    clocks_of,
    due_moment,
    is_provisional,
    is_working_day,
    level,
    next_working_moment,
    open_clocks,
    outcome,
    whole_days_between,
    working_days_between,
)

__all__ = [
    "add_working_days",
    "calendar",
    "clock_settings",
    "clocks_of",
    "due_moment",
    "extend",
    "is_provisional",
    "is_working_day",
    "level",
    "next_working_moment",
    "open_clocks",
    "outcome",
    "pause",
    "recompute_open",
    "resume",
    "start_clock",
    "stop",
    "whole_days_between",
    "working_days_between",
]
