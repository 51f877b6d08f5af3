"""The draw of a report meeting tells the meeting what it came to."""

import datetime
from typing import Any

from django.dispatch import receiver

from suite.draw.models import Draw
from suite.signals import draw_freezing, draw_held, draw_voided

from .domain.draws import DRAW_KIND
from .domain.lifecycle import meetings


@receiver(draw_freezing)
def list_is_of_today(draw: Draw, user: Any, at: datetime.datetime, **kwargs: Any) -> None:
    if draw.subject_kind == DRAW_KIND:
        meetings.bring_up_to_date(draw, user, at)


@receiver(draw_held)
def speakers_are_drawn(draw: Draw, **kwargs: Any) -> None:
    if draw.subject_kind == DRAW_KIND:
        meetings.take_over(draw)


@receiver(draw_voided)
def draw_came_to_nothing(draw: Draw, **kwargs: Any) -> None:
    if draw.subject_kind == DRAW_KIND:
        meetings.note_void(draw)
