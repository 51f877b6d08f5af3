"""What became of the measures of one handler in a period (requirements H and J): counted, never typed in."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from hearings.enums import MeasureState
from hearings.models import Measure
from organisation.models import Person
from suite.appraisal import Period


@dataclass(frozen=True)
class Handled:
    """Measures carried out in time and late, publicly explained instead, and open after their day."""

    in_time: int
    late: int
    explained: int
    overdue: int


def handled_by(person: Person, period: Period) -> Handled:
    """The measures this person handles by what became of them in the period, in one query.

    Carried out and explained: on a day of the period. Overdue: their day has passed by the end of the period (today,
    while it lasts) and they had not ended by then; also those whose day lay before the period. What was done on the
    spot, without a due day, is in time.
    """
    in_period = Q(ended_on__range=(period.first, period.last))
    done = Q(in_period, state=MeasureState.DONE)
    late = Q(ended_on__gt=F("due"))
    last_day_over = min(period.last, timezone.localdate() - timedelta(days=1))
    not_ended = Q(state=MeasureState.OPEN) | Q(ended_on__gt=period.last)
    counted = Measure.objects.filter(handler=person).aggregate(
        in_time=Count("pk", filter=done & (Q(due=None) | Q(ended_on__lte=F("due")))),
        late=Count("pk", filter=done & late),
        explained=Count("pk", filter=in_period & Q(state=MeasureState.EXPLAINED)),
        overdue=Count("pk", filter=not_ended & Q(due__lte=last_day_over)),
    )
    return Handled(**counted)
