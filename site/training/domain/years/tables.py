"""The units' year: each measure unit by unit, as table, charts and workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from organisation.models import Unit
from suite.theme.bars import Bar, BarChart, Part
from training.domain.leaders import cadres_seen

from .year import MEASURES, TALLIES, Count, Measure, PersonYear, Tally, day_asked, years_of

Sheets = list[tuple[str, list[str], list[list[Any]]]]
# More units than this cannot be taken in as bars: those with the most left to do are drawn, the table holds all.
MOST_UNITS = 40
NONE = "—"


@dataclass(frozen=True)
class UnitYear:
    """One unit's year, or (``unit`` None) that of all together."""

    unit: Unit | None
    people: tuple[PersonYear, ...]

    def count(self, measure: Measure) -> Count:
        """What its people did of what they owe; nobody does another's part."""
        counts = [measure.count(one) for one in self.people]
        return Count(sum(min(one) for one in counts), sum(one.owed for one in counts))

    def total(self, tally: Tally) -> int:
        """How many times its people did that, all together."""
        return sum(map(tally.count, self.people))


@dataclass(frozen=True)
class Table:
    """A year of all units that an account sees, in the order of the tree."""

    year: int
    whole: UnitYear
    units: tuple[UnitYear, ...]

    def unit(self, pk: int) -> UnitYear | None:
        """One of the units."""
        return next((one for one in self.units if one.unit is not None and one.unit.pk == pk), None)


def table(user: Any, year: int) -> Table:
    """The year of the cadres whose learning this account may see, each in the unit they work in."""
    cadres = cadres_seen(user, day_asked(year))
    years = years_of([one.person for one in cadres], year)
    by_unit: dict[int, list[PersonYear]] = {}
    units: dict[int, Unit] = {}
    for cadre, one in zip(cadres, years, strict=True):
        by_unit.setdefault(cadre.unit.pk, []).append(one)
        units[cadre.unit.pk] = cadre.unit
    return Table(
        year, UnitYear(None, tuple(years)), tuple(UnitYear(units[pk], tuple(some)) for pk, some in by_unit.items())
    )


def measure_by_key(key: str) -> Measure:
    """The measure of that key; the first one where there is none."""
    return next((one for one in MEASURES if one.key == key), MEASURES[0])


def overview(found: Table) -> BarChart:
    """A bar for each measure, all of one length: the share that is done, and what is still open."""
    bars = []
    for measure in MEASURES:
        count = found.whole.count(measure)
        share = count.percent or 0
        bars.append(_bar(measure.label, Count(share, 100 if count.owed else 0), said(count)))
    return BarChart(
        _("Training in %(year)s") % {"year": found.year}, _("what is asked"), _("done of what is owed"), bars
    )


def by_unit(found: Table, measure: Measure) -> BarChart:
    """A bar for each unit; of very many, those with the most still open."""
    units, title = list(found.units), _("%(what)s, by unit") % {"what": measure.label}
    if len(units) > MOST_UNITS:
        units.sort(key=lambda one: -one.count(measure).open)
        title = _("%(what)s, the %(count)d units with the most still open") % {
            "what": measure.label,
            "count": MOST_UNITS,
        }
    bars = [_bar(one.unit.name if one.unit else "", one.count(measure)) for one in units[:MOST_UNITS]]
    return BarChart(title, _("unit"), measure.unit, bars)


def columns() -> list[str]:
    """The heads of the table."""
    measures, tallies = (str(one.label) for one in MEASURES), (str(one.label) for one in TALLIES)
    return [_("unit"), pgettext("training", "cadres"), *measures, *tallies]


def rows(found: Table) -> list[tuple[UnitYear, list[str]]]:
    """Each unit with its cells after the first, the total last."""
    return [
        (
            one,
            [
                str(len(one.people)),
                *(said(one.count(measure)) for measure in MEASURES),
                *(str(one.total(tally) or NONE) for tally in TALLIES),
            ],
        )
        for one in (*found.units, found.whole)
    ]


def people_rows(some: UnitYear) -> list[tuple[PersonYear, list[str]]]:
    """Each person with their cells."""
    return [
        (
            one,
            [
                *(said(measure.count(one)) for measure in MEASURES),
                *(str(tally.count(one) or NONE) for tally in TALLIES),
            ],
        )
        for one in some.people
    ]


def sheets(found: Table) -> Sheets:
    """Sheets for `suite.registers.sheets.write_book`: units, then people; done and owed in columns of their own."""
    heads = [
        head for measure in MEASURES for head in (str(measure.label), _("%(what)s, owed") % {"what": measure.label})
    ]
    heads += [str(tally.label) for tally in TALLIES]
    units = [
        [one.unit.name if one.unit else _("total"), len(one.people), *_numbers(one.count(each) for each in MEASURES),
         *map(one.total, TALLIES)]
        for one in (*found.units, found.whole)
    ]  # fmt: skip
    people = [
        [some.unit.name if some.unit else "", one.person.name, *_numbers(each.count(one) for each in MEASURES),
         *(tally.count(one) for tally in TALLIES), "、".join(one.skills.confirmed)]
        for some in found.units
        for one in some.people
    ]  # fmt: skip
    return [
        (_("by unit"), [_("unit"), pgettext("training", "cadres"), *heads], units),
        (_("people"), [_("unit"), _("person"), *heads, pgettext("training year", "skills")], people),
    ]


def said(count: Count) -> str:
    """3/4（75%）; — where nothing was owed."""
    return f"{count.done}/{count.owed}（{count.percent}%）" if count.owed else NONE


def _numbers(counts: Any) -> list[int]:
    return [number for count in counts for number in count]


def _bar(label: Any, count: Count, text: str = "") -> Bar:
    done, left = pgettext("training year", "done"), pgettext("training year", "still open")
    return Bar(label, [Part(done, min(count), "done"), Part(left, count.open, "quiet")], text or said(count))
