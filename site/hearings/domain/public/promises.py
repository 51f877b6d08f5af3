"""What was promised in public, what became of it, what is late: the tracker of promises (requirement H)."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from hearings.enums import HearingState, MeasureState
from hearings.models import Hearing, HearingTheme, Measure
from organisation.models import Unit

# Before the minutes are out nothing is promised in public.
PUBLIC_STATES = (HearingState.PUBLISHED, HearingState.FOLLOWING, HearingState.CLOSED)
KEPT, LATE, GOING_ON, EXPLAINED = "kept", "late", "going-on", "explained"
STANDINGS = (
    (LATE, _lazy("late")),
    (GOING_ON, _lazy("being done")),
    (KEPT, _lazy("carried out")),
    (EXPLAINED, _lazy("publicly explained why not")),
)


@dataclass(frozen=True)
class Totals:
    """How many promises there are, and how many of them are kept, late, going on, explained."""

    all: int
    kept: int
    late: int
    going_on: int
    explained: int


def promises(today: datetime.date | None = None) -> QuerySet[Measure]:
    """Every measure that is public, late ones first, then by due date; with all that a line shows."""
    today = today or timezone.localdate()
    return (
        Measure.objects.filter(problem__hearing__state__in=PUBLIC_STATES)
        .select_related("problem__hearing", "problem__village", "problem__theme", "unit")
        .prefetch_related("date_changes")
        .annotate(is_late=Q(state=MeasureState.OPEN, due__lt=today))
        .order_by("-is_late", F("ended_on").desc(nulls_first=True), F("due").asc(nulls_last=True), "pk")
    )


def narrowed(
    found: QuerySet[Measure],
    village: Unit | None = None,
    theme: HearingTheme | None = None,
    hearing: Hearing | None = None,
) -> QuerySet[Measure]:
    """The promises to problems of one village, theme or hearing."""
    asked = {"problem__village": village, "problem__theme": theme, "problem__hearing": hearing}
    return found.filter(**{name: value for name, value in asked.items() if value is not None})


def villages() -> QuerySet[Unit]:
    """Villages with a problem to which something was promised."""
    return Unit.objects.filter(pk__in=_heard().values("problem__village"))


def themes() -> QuerySet[HearingTheme]:
    """Themes of such problems."""
    return HearingTheme.objects.filter(pk__in=_heard().values("problem__theme"))


def hearings() -> QuerySet[Hearing]:
    """Hearings at which something was promised, latest first."""
    return Hearing.objects.filter(pk__in=_heard().values("problem__hearing")).order_by("-starts_at", "-pk")


def _heard() -> QuerySet[Measure]:
    return Measure.objects.filter(problem__hearing__state__in=PUBLIC_STATES).order_by()


def in_state(found: QuerySet[Measure], state: str, today: datetime.date | None = None) -> QuerySet[Measure]:
    """The promises in one of the four states; all where it is none of them."""
    condition = _conditions(today or timezone.localdate()).get(state)
    return found if condition is None else found.filter(condition)


def totals(found: QuerySet[Measure], today: datetime.date | None = None) -> Totals:
    """The numbers of these promises. One query."""
    counts: dict[str, Any] = {
        name.replace("-", "_"): Count("pk", filter=condition)
        for name, condition in _conditions(today or timezone.localdate()).items()
    }
    return Totals(**found.order_by().aggregate(all=Count("pk"), **counts))


def standing(measure: Measure, today: datetime.date | None = None) -> str:
    """kept, late, going-on or explained."""
    if measure.state == MeasureState.DONE:
        return KEPT
    if measure.state == MeasureState.EXPLAINED:
        return EXPLAINED
    return LATE if measure.due and measure.due < (today or timezone.localdate()) else GOING_ON


def in_words(measure: Measure, today: datetime.date | None = None) -> str:
    """The standing as a villager reads it, with the days it is late."""
    today = today or timezone.localdate()
    where = standing(measure, today)
    if where == KEPT:
        late = bool(measure.due and measure.ended_on and measure.ended_on > measure.due)
        return _("carried out, late") if late else _("carried out")
    if where == EXPLAINED:
        return _("publicly explained why not")
    if where == LATE and measure.due:
        return _("%(days)s days late") % {"days": (today - measure.due).days}
    return _("being done")


def _conditions(today: datetime.date) -> dict[str, Q]:
    late = Q(state=MeasureState.OPEN, due__lt=today)
    return {
        KEPT: Q(state=MeasureState.DONE),
        LATE: late,
        GOING_ON: Q(state=MeasureState.OPEN) & (Q(due__isnull=True) | Q(due__gte=today)),
        EXPLAINED: Q(state=MeasureState.EXPLAINED),
    }
