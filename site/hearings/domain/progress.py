"""How far the measures of a hearing are: derived from the measures, never typed in."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.enums import MeasureState
from hearings.models import Hearing, Measure

_DONE, _OPEN = Q(state=MeasureState.DONE), Q(state=MeasureState.OPEN)


@dataclass(frozen=True)
class Progress:
    """Counts of measures: ``late`` are those done after their day and those that are open after it."""

    promised: int
    done: int
    explained: int
    late: int

    def __str__(self) -> str:
        return _("%(promised)s promised, %(done)s carried out, %(explained)s publicly explained, %(late)s late") % vars(
            self
        )


def progress_of(hearing: Hearing, today: date | None = None) -> Progress:
    """How far the measures of one hearing are on a day (default: today), in one query."""
    today = today or timezone.localdate()
    late = Q(_DONE, ended_on__gt=F("due")) | Q(_OPEN, due__lt=today)
    counted = Measure.objects.filter(problem__hearing=hearing).aggregate(
        promised=Count("pk"),
        done=Count("pk", filter=_DONE),
        explained=Count("pk", filter=Q(state=MeasureState.EXPLAINED)),
        late=Count("pk", filter=late),
    )
    return Progress(**counted)
