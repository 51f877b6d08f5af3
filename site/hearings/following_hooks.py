"""Hearings on the desk, in the tick, on paper and on pages."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.dispatch import receiver
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from suite.clock import rules
from suite.clock.models import DueDate
from suite.clock.signals import due_moved
from suite.desk import DeskItem
from suite.periodic import PeriodicJob
from suite.permissions import PermissionRow
from suite.privacy import masked
from suite.publishing import PublishProblem
from suite.theme import PageFact

from . import waiting
from .domain.lifecycle.following import lapse_invitation, record_escalation
from .domain.minutes_checks import CORRECTION_CLOCK, minutes_problems
from .domain.progress import progress_of
from .domain.public_text import record_texts
from .domain.responsibility import escalations, overdue
from .enums import SeatState
from .minutes_views import minutes, user_sat_there
from .models import (
    MEASURE_CLOCK,
    MEASURE_RULE,
    CircularPage,
    HearingNoticePage,
    HearingPage,
    Measure,
    MinutesPage,
    Representative,
)
from .permissions import user_can_run

rules.declare(MEASURE_RULE, gettext_lazy("Due date of a measure"))
rules.declare(CORRECTION_CLOCK, gettext_lazy("Time for corrections of the minutes"))


@hooks.register("register_urls")
def addresses() -> list[URLPattern]:
    return [path("desk/hearings/<int:pk>/minutes/", minutes, name="hearings_minutes")]


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    return [PermissionRow("hearings_minutes", user_sat_there)]


@hooks.register("desk_items")
def what_waits(user: Any) -> Iterator[DeskItem]:
    person = getattr(user, "person", None)
    if person is not None:
        yield from waiting.measures_waiting(person)
        yield from waiting.sessions_to_record(person)
        yield from waiting.minutes_to_read(person)
    if user_can_run(user):
        yield from waiting.office_items()


@hooks.register("periodic_jobs")
def what_happens_by_itself(now: datetime) -> Iterator[PeriodicJob]:
    """An overdue measure comes to the next level, once for each due day; unanswered invitations lapse."""
    for reached in escalations(overdue(now), now):
        measure = reached.measure
        yield PeriodicJob(
            f"hearings.escalate:{measure.pk}:{measure.due}:{reached.level}",
            partial(record_escalation, reached),
            _("Handing on an overdue measure"),
        )
    invited = Representative.objects.filter(state=SeatState.INVITED, hearing__starts_at__lte=now)
    for one in invited.select_related("hearing"):
        yield PeriodicJob(
            f"hearings.lapse:{one.pk}:{timezone.localtime(one.hearing.starts_at):%Y-%m-%dT%H:%M}",
            partial(lapse_invitation, one),
            _("Letting an invitation lapse"),
        )


@hooks.register("publish_checks")
def minutes_are_fit(page: Any) -> Iterator[PublishProblem]:
    """Requirement H: minutes of a closed session, sent for correction, nothing open, nobody named in full."""
    if isinstance(page, MinutesPage):
        yield from minutes_problems(page)


@hooks.register("privacy_fields")
def texts_of_the_record() -> list[Any]:
    """Pages of a hearing show its record, so its texts are looked at with the page."""
    return [(HearingPage, lambda page: record_texts(page.hearing))]


@hooks.register("personal_names")
def representatives() -> Iterator[str]:
    """On seat cards in full, in minutes masked: neither is broken over two lines."""
    for name in Representative.objects.filter(state=SeatState.SEATED).values_list("name", flat=True).distinct():
        yield name
        yield masked(name)


@hooks.register("page_facts")
def what_became_of_it(page: Any) -> Iterator[PageFact]:
    """On minutes and circulars: the hearing's own page, and how many of its measures are done."""
    if not isinstance(page, MinutesPage | CircularPage):
        return
    if notice := HearingNoticePage.objects.filter(hearing=page.hearing_id).live().first():
        yield PageFact(_("Hearing"), notice.title, notice.url or "")
    progress = progress_of(page.hearing)
    if progress.promised:
        yield PageFact(_("Measures"), str(progress))


@receiver(due_moved)
def keep_the_day_of_the_clock(due_date: DueDate, after: Any, **kwargs: Any) -> None:
    """A measure is due when its clock says so, also after the work calendar changed."""
    if due_date.subject_kind == MEASURE_CLOCK and after is not None:
        Measure.objects.filter(pk=due_date.subject_key).update(due=after)
