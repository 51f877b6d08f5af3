"""What hearings tells other plugins about one person: measures still to be carried out, and what became of others."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from organisation.models import Person
from suite.appraisal import PIECES, AppraisalFact, Period
from suite.work import OpenWork

from .domain.handled import handled_by
from .domain.responsibility import carried_by
from .models import MEASURE_CLOCK

_LABELS = {
    "in_time": _("Measures of hearings carried out in time"),
    "late": _("Measures of hearings carried out late"),
    "explained": _("Measures of hearings explained instead of carried out"),
    "overdue": _("Measures of hearings overdue"),
}


@hooks.register("open_work")
def measures_to_carry_out(person: Person) -> Iterator[OpenWork]:
    for measure in carried_by(person):
        yield OpenWork(
            kind=MEASURE_CLOCK,
            key=str(measure.pk),
            title=measure.text,
            due=measure.due,
            url=reverse("hearings_measure", args=[measure.pk]),
            plugin="hearings",
        )


@hooks.register("appraisal_facts")
def measures_handled(person: Person, period: Period) -> Iterator[AppraisalFact]:
    """All four figures, or none where this person handled nothing: whoever has no measures is not told of zeros."""
    handled = vars(handled_by(person, period))
    if any(handled.values()):
        for name, count in handled.items():
            yield AppraisalFact(
                key=f"hearings.measures_{name}",
                label=_LABELS[name],
                value=count,
                unit_of_measure=PIECES,
                url=reverse("hearings_promises"),
                plugin="hearings",
            )
