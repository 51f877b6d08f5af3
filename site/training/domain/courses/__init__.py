"""Courses and their sessions: who has a seat, who waits, until when one can still come in."""

from .seats import (
    enrolled,
    free_seats,
    own_enrolment,
    place_in_line,
    sign_up_ends,
    taken_seats,
    waiting,
    why_closed,
)

__all__ = [
    "enrolled",
    "free_seats",
    "own_enrolment",
    "place_in_line",
    "sign_up_ends",
    "taken_seats",
    "waiting",
    "why_closed",
]
