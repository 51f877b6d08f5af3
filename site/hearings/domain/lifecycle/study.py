"""What goes to the township for study has a measure of its own: the study, due on its day."""

from typing import Any

from django.utils.translation import gettext as _

from hearings.domain.outcome import without_measure
from hearings.enums import MeasureKind, ProblemState
from hearings.models import Hearing, Measure


def issue_studies(hearing: Hearing, user: Any) -> None:
    """A measure for each problem without conclusion that has none: the unit that held the hearing studies it."""
    from .measures import issue_measure

    for problem in without_measure(hearing):
        if problem.state == ProblemState.STUDIED:
            text = _("Study by the township: %(problem)s") % {"problem": problem.title}
            measure = Measure(
                problem=problem, kind=MeasureKind.STUDY, text=text, unit=hearing.host, due=problem.study_until
            )
            issue_measure(measure, user)
