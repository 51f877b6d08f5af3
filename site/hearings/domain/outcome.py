"""What is still wanting before a hearing can be followed up, or closed."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hearings.enums import FeedbackKind, MeasureState
from hearings.models import Feedback, Hearing, Measure, Problem

from .letters import without_letter


def without_measure(hearing: Hearing) -> list[Problem]:
    """The problems nobody has issued a measure for."""
    return list(Problem.objects.filter(hearing=hearing, measures=None))


def open_measures(hearing: Hearing) -> QuerySet[Measure]:
    """The measures that are neither carried out nor publicly explained."""
    return Measure.objects.filter(problem__hearing=hearing, state=MeasureState.OPEN)


def missing_feedback(hearing: Hearing) -> list[str]:
    """What is not recorded yet, in words: the column, the circular, each letter by its problem."""
    kinds = set(Feedback.objects.filter(hearing=hearing).values_list("kind", flat=True))
    missing = [
        str(FeedbackKind(kind).label) for kind in (FeedbackKind.COLUMN, FeedbackKind.CIRCULAR) if kind not in kinds
    ]
    for one in without_letter(hearing):
        missing.append(_("%(kind)s (%(whom)s)") % {"kind": FeedbackKind.LETTER.label, "whom": one})
    return missing
