"""The figures of a month as charts and tables: on the screen, on paper, in the workbook."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from suite.theme.bars import Bar, BarChart, Part

from .analysis import Analysis, Results
from .counts import Counts

# More units than this cannot be taken in as bars: those with the most to ask about are drawn, the tables hold all.
MOST_UNITS = 40


def charts(found: Analysis) -> list[BarChart]:
    """Filing by unit, results by unit and by kind of work, filing and results of twelve months; empty ones left out."""
    unit, month = _("unit"), pgettext("commitment", "month")
    people, promises = _("people"), _("promises")
    filed_by_unit = _foremost(
        [(one.counts.not_filed + one.counts.late, _filing(one.name, one.counts)) for one in found.units]
    )
    kept_by_unit = _foremost(
        [(one.results.failed, _results(one.name, one.results)) for one in found.units if one.results.promises]
    )
    kinds = [_results(name or no_kind(), results) for name, results in found.kinds]
    filed = [_filing(str(one.month), one.counts) for one in found.trend]
    kept = [_results(str(one.month), one.results) for one in found.trend]
    drawn = [
        BarChart(_by_unit(_("Filing by unit"), found), unit, people, filed_by_unit),
        BarChart(_by_unit(_("Results by unit"), found), unit, promises, kept_by_unit),
        BarChart(_("Results by kind of work"), _("kind of work"), promises, kinds),
        BarChart(_("Filing in twelve months"), month, people, filed),
        BarChart(_("Results in twelve months"), month, promises, kept),
    ]
    return [chart for chart in drawn if any(bar.total for bar in chart.bars)]


def headline(found: Analysis) -> list[tuple[str, str]]:
    """The figures that are asked for first, as pairs (name, value)."""
    counts, results = found.counts, found.results
    return [
        (_("people who file"), str(counts.owed)),
        (_("filed in time"), _of(counts.in_time, counts.owed)),
        (pgettext("commitment", "filed late"), _of(counts.late, counts.owed)),
        (_("not filed"), _of(counts.not_filed, counts.owed)),
        (pgettext("commitment", "released"), str(counts.released)),
        (_("promises approved"), str(results.promises)),
        (pgettext("promise", "fulfilled"), _of(results.fulfilled, results.decided)),
        (pgettext("promise", "partly fulfilled"), _of(results.partly, results.decided)),
        (pgettext("promise", "not fulfilled"), _of(results.failed, results.decided)),
        (_("not decided yet"), str(results.open)),
        (_("promises amended after approval"), str(found.amended)),
    ]


def filing_columns() -> list[str]:
    """The heads of the numbers of filing."""
    return [
        *(_("people who file"), _("filed in time"), pgettext("commitment", "filed late"), _("not filed")),
        pgettext("commitment", "released"),
    ]


def result_columns() -> list[str]:
    """The heads of the numbers of results."""
    return [
        *(_("promises"), pgettext("promise", "fulfilled"), pgettext("promise", "partly fulfilled")),
        *(pgettext("promise", "not fulfilled"), _("not decided yet")),
    ]


def tables(found: Analysis) -> list[tuple[str, list[str], list[tuple[str, list[int]]]]]:
    """(what the rows are, columns, rows) of units, kinds of work and months; the total last."""
    both = [*filing_columns(), *result_columns()]
    every = _("total")
    units = [(one.name, [*filing_numbers(one.counts), *result_numbers(one.results)]) for one in found.units]
    units.append((every, [*filing_numbers(found.counts), *result_numbers(found.results)]))
    kinds = [(name or no_kind(), result_numbers(results)) for name, results in found.kinds]
    kinds.append((every, result_numbers(found.results)))
    months = [(str(one.month), [*filing_numbers(one.counts), *result_numbers(one.results)]) for one in found.trend]
    return [
        (_("unit"), both, units),
        (_("kind of work"), result_columns(), kinds),
        (pgettext("commitment", "month"), both, months),
    ]


def sheets(found: Analysis) -> list[tuple[str, list[str], list[list[Any]]]]:
    """The analysis as sheets of a workbook: headline, then each table."""
    names = (_("by unit"), _("by kind of work"), _("twelve months"))
    made: list[tuple[str, list[str], list[list[Any]]]] = [
        (_("overview"), [_("figure"), str(found.month)], [list(pair) for pair in headline(found)])
    ]
    for name, (head, columns, rows) in zip(names, tables(found), strict=True):
        made.append((name, [head, *columns], [[label, *numbers] for label, numbers in rows]))
    return made


def filing_numbers(counts: Counts) -> list[int]:
    """In the order of `filing_columns`."""
    return [counts.owed, counts.in_time, counts.late, counts.not_filed, counts.released]


def result_numbers(results: Results) -> list[int]:
    """In the order of `result_columns`."""
    return [results.promises, results.fulfilled, results.partly, results.failed, results.open]


def no_kind() -> str:
    """What promises without a kind of work are called."""
    return _("of no kind")


def _by_unit(title: str, found: Analysis) -> str:
    if len(found.units) <= MOST_UNITS:
        return title
    shown = _("the %(number)d of %(all)d units with the most to ask about") % {
        "number": MOST_UNITS,
        "all": len(found.units),
    }
    return f"{title}（{shown}）"


def _foremost(bars: list[tuple[int, Bar]]) -> list[Bar]:
    """At most MOST_UNITS, those with the highest numbers, in the order they came in."""
    if len(bars) <= MOST_UNITS:
        return [bar for _number, bar in bars]
    places = sorted(range(len(bars)), key=lambda place: -bars[place][0])[:MOST_UNITS]
    return [bars[place][1] for place in sorted(places)]


def _filing(label: str, counts: Counts) -> Bar:
    return Bar(
        label,
        _parts(
            (_("filed in time"), counts.in_time, "done"),
            (pgettext("commitment", "filed late"), counts.late, "soon"),
            (_("not filed"), counts.not_filed, "late"),
            (pgettext("commitment", "released"), counts.released, "quiet"),
        ),
    )


def _results(label: str, results: Results) -> Bar:
    return Bar(
        label,
        _parts(
            (pgettext("promise", "fulfilled"), results.fulfilled, "done"),
            (pgettext("promise", "partly fulfilled"), results.partly, "soon"),
            (pgettext("promise", "not fulfilled"), results.failed, "late"),
            (_("not decided yet"), results.open, "quiet"),
        ),
    )


def _parts(*parts: tuple[str, int, Any]) -> Sequence[Part]:
    return [Part(name, value, tone) for name, value, tone in parts]


def _of(part: int, whole: int) -> str:
    return f"{part}（{100 * part / whole:.0f}%）" if whole else str(part)
