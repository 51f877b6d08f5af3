"""Letting time pass in the sample.

The sample goes through the same functions as a real hearing, and those know one time: now. So a hearing that was held
months ago is built step by step, and between two steps everything it has so far grows older by the days that lie
between them. No rule is bent: when a step is taken, the days since the step before have passed for it, too.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import DateField, Model, Q
from wagtail.models import Page

from hearings.domain.minutes_checks import CORRECTION_CLOCK
from hearings.models import (
    MEASURE_CLOCK,
    Assent,
    Correction,
    DateChange,
    Entry,
    Evidence,
    Feedback,
    Hearing,
    HearingPage,
    Measure,
    Notice,
    Posting,
    Problem,
    Representative,
    Topic,
)
from suite.clock.domain import recompute_open
from suite.clock.enums import States
from suite.clock.models import DueDate


def let_pass(hearing: Hearing, days: int) -> Hearing:
    """Everything of the hearing grows older by so many days. Returns the hearing as it is now."""
    make_older(_rows(hearing), days)
    for notice in hearing.notices.all():
        begins = datetime.datetime.fromisoformat(str(notice.facts["starts_at"])) - datetime.timedelta(days=days)
        Notice.objects.filter(pk=notice.pk).update(facts={**notice.facts, "starts_at": begins.isoformat()})
    return Hearing.objects.get(pk=hearing.pk)


def make_older(rows: Iterable[Model], days: int) -> None:
    """Move every day and moment that the rows hold so many days back. What is signed and never saved again, too."""
    for row in rows:
        # Of a page only when it appeared: the rest of its dates are its workflow's.
        model = Page if isinstance(row, Page) else type(row)
        names = {"first_published_at", "last_published_at"} if model is Page else None
        dated = {
            field.name: getattr(row, field.name) - datetime.timedelta(days=days)
            for field in model._meta.concrete_fields
            if isinstance(field, DateField)
            and (names is None or field.name in names)
            and getattr(row, field.name) is not None
        }
        if dated:
            model._default_manager.filter(pk=row.pk).update(**dated)


def settle_clocks(hearing: Hearing) -> None:
    """The clocks that still run say again how they were reckoned; a due day that became a day off moves on."""
    recompute_open("示例乡镇")
    for measure in Measure.objects.filter(problem__hearing=hearing):
        clock = _clocks(MEASURE_CLOCK, [measure.pk]).exclude(state=States.STOPPED).first()
        if clock and clock.due and measure.due and clock.due != measure.due:
            measure.date_changes.filter(after=measure.due).update(after=clock.due)
            Measure.objects.filter(pk=measure.pk).update(due=clock.due)


def _rows(hearing: Hearing) -> Iterator[Any]:
    models: tuple[type[Any], ...]
    yield from Hearing.objects.filter(pk=hearing.pk)
    yield from Topic.objects.filter(Q(hearing=hearing) | Q(merged_into__hearing=hearing))
    models = (Notice, Representative, Problem, Feedback, Correction, *HearingPage.__subclasses__())
    for model in models:
        yield from model._default_manager.filter(hearing=hearing)
    yield from Posting.objects.filter(notice__hearing=hearing)
    models = (Entry, Assent, Measure)
    for model in models:
        yield from model._default_manager.filter(problem__hearing=hearing)
    models = (Evidence, DateChange)
    for model in models:
        yield from model._default_manager.filter(measure__problem__hearing=hearing)
    measures = Measure.objects.filter(problem__hearing=hearing).values_list("pk", flat=True)
    yield from _clocks(MEASURE_CLOCK, measures)
    yield from _clocks(CORRECTION_CLOCK, [hearing.pk])


def _clocks(kind: str, keys: Iterable[Any]) -> Any:
    return DueDate.objects.filter(subject_kind=kind, subject_key__in=[str(key) for key in keys])
