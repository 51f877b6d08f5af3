"""A guide's steps as a chart, and how long the longest way through them takes (requirement E)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from printing.charts import Chart, Step, Way

from .limits import Limit
from .longest import longest_way
from .variants import Answer, applies, only_for, questions

if TYPE_CHECKING:
    from guides.models import GuidePage

# A way that leads out of the procedure.
END = "0"


def leads_on(target: str, steps: int) -> bool:
    """Whether a way to ``target`` leads to one of so many steps, or out of the procedure."""
    return target == END or (target.isdecimal() and 1 <= int(target) <= steps)


def chart(guide: "GuidePage", answers: Sequence[Answer] = ()) -> Chart:
    """The steps that apply as a chart. Keys are the numbers of the steps as the editor counts them.

    A step that depends on a question still open says on which answers. A step without ways out leads to the next that
    applies; a way to a step that doesn't apply leads to the next after it that does; a way to 0 beside others leads to
    a box that says so. Nothing is checked here: `Chart.validate` says what is wrong.
    """
    blocks = list(enumerate(guide.steps, 1))
    here = [number for number, block in blocks if applies(block.value["only_for"] or "", answers)]
    asked = questions(guide)
    steps = [
        _step(number, block.value, here, len(blocks), only_for(block.value["only_for"] or "", asked, answers))
        for number, block in blocks
        if number in here
    ]
    if any(way.to == END for step in steps for way in step.ways):
        steps.append(Step(END, _("The procedure ends")))
    return Chart(guide.title, tuple(steps))


def _step(number: int, value: Any, here: list[int], count: int, only: str) -> Step:
    limit = limit_of(value)
    return Step(
        key=str(number),
        name=value["name"],
        post=value["post"],
        limit=str(limit) if limit.days or value["limit"] == 0 else "",
        note=value["action"] or "",
        ways=_ways(number, value, here, count),
        only=only,
    )


def _ways(number: int, value: Any, here: list[int], count: int) -> tuple[Way, ...]:
    if not value["ways"]:
        following = next((one for one in here if one > number), None)
        return (Way(str(following)),) if following else ()
    ways = []
    for way in value["ways"]:
        target = str(way["to"]).strip()
        if target.isdecimal() and 1 <= int(target) <= count and int(target) not in here:
            target = str(next((one for one in here if one > int(target)), END))
        ways.append(Way(target, way["label"] or ""))
    # Where nothing else can happen, the step itself is the last.
    return () if all(way.to == END for way in ways) else tuple(ways)


def limit_of(value: Any) -> Limit:
    """A step's own limit."""
    return Limit(value["limit"] or 0, value["unit"])


def longest_path(guide: "GuidePage", per_working: Decimal, answers: Sequence[Answer] = ()) -> tuple[Decimal, list[int]]:
    """How many natural days the longest way takes, and the numbers of its steps.

    No step is gone twice: time that the applicant takes to complete papers is not the office's.
    ``per_working``: natural days for a working day. Raises ValidationError where the steps cannot be followed.
    """
    drawn = chart(guide, answers)
    drawn.validate()
    onward = {step.key: [way.to for way in step.ways] for step in drawn.steps}
    takes = {str(number): limit_of(block.value).natural(per_working) for number, block in enumerate(guide.steps, 1)}
    days, keys = longest_way(drawn.steps[0].key, onward, {key: takes[key] for key in onward if key != END})
    return days, [int(key) for key in keys if key != END]
