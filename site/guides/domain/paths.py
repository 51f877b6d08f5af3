"""The longest way through a guide's steps against the promise, for every variant where they differ (requirement E)."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from guides.enums import LimitUnit
from guides.limits import Limit, days_per_working_day, promised
from guides.procedure import chart, limit_of, longest_path
from guides.variants import Answer, applies, codes, questions
from printing.charts import Chart

if TYPE_CHECKING:
    from guides.models import GuidePage

# More ways of answering than this are not told apart one by one.
MOST_NAMED = 4


@dataclass(frozen=True)
class LongestPath:
    """The longest way for some answers.

    ``who``: the answers in words, '' where nothing is asked; ``text``: way, days and promise in words; ``fits``: None
    where there is no promise yet; ``problems``: why the steps cannot be followed, then there is no text and no chart.
    """

    who: str
    text: str = ""
    fits: bool | None = None
    problems: tuple[str, ...] = ()
    chart: Chart | None = None


def longest_paths(guide: "GuidePage") -> list[LongestPath]:
    """One for each different set of steps, in the order of the answers; none where there are no steps."""
    if not guide.steps:
        return []
    per_working = days_per_working_day()
    groups = step_groups(guide)
    return [_path(guide, per_working, ways, len(groups) > 1) for ways in groups]


def step_groups(guide: "GuidePage") -> list[list[tuple[Answer, ...]]]:
    """The ways to answer, those with the same steps together; only questions that decide about steps are answered."""
    named = [codes(block.value["only_for"] or "") for block in guide.steps]
    deciding = [one for one in questions(guide) if any(code[0] == str(one.number) for some in named for code in some)]
    groups: dict[tuple[int, ...], list[tuple[Answer, ...]]] = {}
    for answers in product(*(question.answers for question in deciding)):
        here = tuple(
            number for number, block in enumerate(guide.steps, 1) if applies(block.value["only_for"] or "", answers)
        )
        groups.setdefault(here, []).append(answers)
    return list(groups.values())


def _path(guide: "GuidePage", per_working: Decimal, ways: list[tuple[Answer, ...]], several: bool) -> LongestPath:
    who = _who(ways) if several else ""
    drawn = chart(guide, ways[0])
    if not drawn.steps:
        return LongestPath(who, problems=(_("No step is left for these answers."),))
    try:
        days, numbers = longest_path(guide, per_working, ways[0])
    except ValidationError as error:
        return LongestPath(who, problems=tuple(error.messages))
    promise = promised(guide)
    words = {"steps": " → ".join(map(str, numbers)), "time": _together(guide, numbers, days)}
    text = _("Longest way: step %(steps)s, %(time)s together") if days else _("Longest way: step %(steps)s, %(time)s")
    text %= words
    if promise is None:
        return LongestPath(who, _("%(way)s. No promise is given yet.") % {"way": text}, None, (), drawn)
    fits = days <= promise.natural(per_working)
    words = {"way": text, "promise": _with_days(promise, per_working)}
    if fits:
        return LongestPath(who, _("%(way)s; promised is %(promise)s: it fits.") % words, True, (), drawn)
    return LongestPath(who, _("%(way)s; promised is %(promise)s: too long.") % words, False, (), drawn)


def _who(ways: list[tuple[Answer, ...]]) -> str:
    """The answers in words; with many, how many more there are."""
    named = ["、".join(answer.text for answer in answers) for answers in ways[:MOST_NAMED]]
    if len(ways) > MOST_NAMED:
        named.append(_("%(count)s more") % {"count": len(ways) - MOST_NAMED})
    return "；".join(named)


def _together(guide: "GuidePage", numbers: list[int], days: Decimal) -> str:
    """The limits of these steps added up: working days, natural days, and what both are in natural days."""
    limits = [limit_of(guide.steps[number - 1].value) for number in numbers]
    sums = [
        Limit(total, unit)
        for unit in (LimitUnit.WORKING, LimitUnit.NATURAL)
        if (total := sum(limit.days for limit in limits if limit.unit == unit))
    ]
    words = " + ".join(map(str, sums)) or str(Limit(0))
    return words if all(limit.unit == LimitUnit.NATURAL for limit in sums) else _as_days(words, days)


def _with_days(limit: Limit, per_working: Decimal) -> str:
    if not limit.days or limit.unit == LimitUnit.NATURAL:
        return str(limit)
    return _as_days(str(limit), limit.natural(per_working))


def _as_days(words: str, days: Decimal) -> str:
    return _("%(limit)s (%(days)s days)") % {"limit": words, "days": f"{days.normalize():f}"}
