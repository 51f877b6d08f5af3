"""What is still wanting before a hearing can be followed up, or closed."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hearings.enums import FeedbackKind, MeasureState, TopicState
from hearings.models import Feedback, Hearing, Measure, Problem, Representative, Topic


def without_measure(hearing: Hearing) -> list[Problem]:
    """The problems nobody has issued a measure for."""
    return list(Problem.objects.filter(hearing=hearing, measures=None))


def open_measures(hearing: Hearing) -> QuerySet[Measure]:
    """The measures that are neither carried out nor publicly explained."""
    return Measure.objects.filter(problem__hearing=hearing, state=MeasureState.OPEN)


def who_raised(hearing: Hearing) -> list[Representative | Topic]:
    """Everybody who gets a notice letter: a representative for what they asked, a topic for whoever raised it.

    Topics that were put together with one that was heard count too.
    """
    asked = Representative.objects.filter(problems__hearing=hearing).distinct()
    heard = Topic.objects.filter(problems__hearing=hearing)
    topics = Topic.objects.filter(Q(pk__in=heard) | Q(merged_into__in=heard, state=TopicState.MERGED)).order_by("pk")
    return [*asked, *topics]


def missing_letters(hearing: Hearing) -> list[Representative | Topic]:
    """Those of `who_raised` to whom no letter is recorded."""
    letters = Feedback.objects.filter(hearing=hearing, kind=FeedbackKind.LETTER)
    to = {("representative", pk) for pk in letters.values_list("representative", flat=True)} | {
        ("topic", pk) for pk in letters.values_list("topic", flat=True)
    }
    return [one for one in who_raised(hearing) if (one._meta.model_name, one.pk) not in to]


def missing_feedback(hearing: Hearing) -> list[str]:
    """What is not recorded yet, in words: the column, the circular, each letter by its problem."""
    kinds = set(Feedback.objects.filter(hearing=hearing).values_list("kind", flat=True))
    missing = [
        str(FeedbackKind(kind).label) for kind in (FeedbackKind.COLUMN, FeedbackKind.CIRCULAR) if kind not in kinds
    ]
    for one in missing_letters(hearing):
        whom = one.name if isinstance(one, Representative) else one.title
        missing.append(_("%(kind)s (%(whom)s)") % {"kind": FeedbackKind.LETTER.label, "whom": whom})
    return missing
