"""Facts about one person's work that appraisal counts (requirement J): they come in by themselves."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

# What cases, measures and papers are counted in.
PIECES = pgettext_lazy("unit of measure", "pieces")


@dataclass(frozen=True)
class Period:
    """The days from ``first`` to ``last``, both inclusive. Raises ValueError where the last lies before the first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period cannot end on {self.last} and begin on {self.first}")


@dataclass(frozen=True)
class AppraisalFact:
    """One figure about one person in a period, answered by the hook ``appraisal_facts(person, period)``.

    ``key`` names what is counted, the same for every person and period, e.g. "hearings.measures_late"; ``label`` says
    it to people; ``value`` is the figure, in ``unit_of_measure`` (件, 次); ``url`` is where it can be looked up;
    ``plugin`` is the app label of who says so.
    """

    key: str
    label: str | Promise
    value: Decimal | int
    unit_of_measure: str | Promise
    url: str
    plugin: str
