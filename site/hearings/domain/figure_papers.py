"""The figures of a half-year as charts, as a sheet and as a workbook."""

from typing import Any

from django.utils.translation import gettext as _

from printing import Sheet
from suite.theme.bars import Bar, BarChart, Part
from suite.theme.office import current_office

from .figures import Answers, Counts, Figures, HalfYear, figures, half_year_by_key

# Days from report to answer are shown in these ranges; the last has no end.
_RANGES: tuple[tuple[int, int | None], ...] = ((0, 7), (8, 15), (16, 30), (31, 60), (61, None))


def charts(found: Figures) -> list[BarChart]:
    """Problems by village and by theme, measures by what became of them, days until the answer; empty ones left out."""
    drawn = [
        BarChart(_("Problems by village"), _("village or community"), _("problems"), _problem_bars(found.villages)),
        BarChart(_("Problems by theme"), _("theme"), _("problems"), _problem_bars(found.themes)),
        BarChart(_("What became of the measures"), _("theme"), _("measures"), _measure_bars(found)),
        BarChart(_("Days from report to answer"), _("days"), _("topics"), _day_bars(found.answers)),
    ]
    return [chart for chart in drawn if chart.bars]


def headline(found: Figures) -> list[tuple[str, str]]:
    """The figures that are asked for first, as pairs (name, value)."""
    total, answers = found.total, found.answers
    rows = [
        (_("hearings held"), str(len(found.hearings))),
        (_("problems heard"), str(total.problems)),
        (_("agreed conclusions"), _of(total.concluded, total.problems)),
        (_("studied by the township"), _of(total.studied, total.problems)),
        (_("measures kept on time"), _of(total.on_time, total.measures)),
        (_("measures kept late"), _of(total.late, total.measures)),
        (_("measures being done"), str(total.running)),
        (_("measures overdue"), str(total.overdue)),
        (_("measures publicly explained"), str(total.explained)),
        (_("measures whose date was moved"), str(total.moved)),
        (_("topics reported"), str(answers.reported)),
        (_("topics answered directly"), str(answers.direct)),
    ]
    if answers.median is not None:
        rows.append((_("days from report to answer, median"), f"{answers.median:g}"))
        rows.append((_("days from report to answer, longest"), str(answers.longest)))
    return rows


def figures_sheet(period: HalfYear) -> Sheet:
    """Charts and table on paper, as of today."""
    found = figures(period)
    title = _("Figures of the efficiency hearings, %(period)s") % {"period": period}
    return Sheet(
        kind="hearing-figures",
        template="hearings/paper/figures.html",
        style="bars hearings/figures",
        context={
            "title": title,
            "issuer": current_office().township_name,
            "found": found,
            "headline": headline(found),
            "charts": charts(found),
            "columns": columns(),
            "rows": table(found),
        },
        title=title,
        issued=found.as_of,
        name=title,
    )


def find_period(key: str) -> HalfYear | None:
    """For the printables: 2026-2."""
    return half_year_by_key(key)


def columns() -> list[str]:
    """The heads of the table, beginning with what the row is of."""
    return [
        *(_("problems"), _("agreed conclusions"), _("studied by the township"), _("measures")),
        *(_("kept on time"), _("kept late"), _("being done"), _("not kept in time"), _("explained"), _("date moved")),
    ]


def table(found: Figures) -> list[tuple[str, list[tuple[str, list[int]]]]]:
    """(heading, rows) for villages and themes, and the total of all."""
    return [
        (_("village or community"), [(name or _no_village(), numbers(one)) for name, one in found.villages]),
        (_("theme"), [(name or _no_theme(), numbers(one)) for name, one in found.themes]),
        (_("all"), [(_("total"), numbers(found.total))]),
    ]


def sheets(found: Figures) -> list[tuple[str, list[str], list[list[Any]]]]:
    """The workbook: headline, by village, by theme, the days of every answer."""
    villages, themes, total = (rows for _heading, rows in table(found))
    heads = columns()
    return [
        (_("overview"), [_("figure"), str(found.period)], [[name, value] for name, value in headline(found)]),
        (_("by village"), [_("village or community"), *heads], [[name, *row] for name, row in villages + total]),
        (_("by theme"), [_("theme"), *heads], [[name, *row] for name, row in themes + total]),
        (_("days until the answer"), [_("days"), _("topics")], [[days, count] for days, count in _days(found.answers)]),
    ]


def numbers(one: Counts) -> list[int]:
    """The cells of one row, in the order of `columns`."""
    return [
        *(one.problems, one.concluded, one.studied, one.measures),
        *(one.on_time, one.late, one.running, one.overdue, one.explained, one.moved),
    ]


def _problem_bars(rows: list[tuple[str, Counts]]) -> list[Bar]:
    return [
        Bar(
            name or "—",
            (
                Part(_("agreed conclusions"), one.concluded, "done"),
                Part(_("studied by the township"), one.studied, "soon"),
            ),
        )
        for name, one in rows
        if one.problems
    ]


def _measure_bars(found: Figures) -> list[Bar]:
    return [
        Bar(
            name or _no_theme(),
            (
                Part(_("kept on time"), one.on_time, "done"),
                Part(_("kept late"), one.late, "soon"),
                Part(_("being done"), one.running, "plain"),
                Part(_("not kept in time"), one.overdue, "late"),
                Part(_("explained"), one.explained, "quiet"),
            ),
        )
        for name, one in found.themes
        if one.measures
    ]


def _day_bars(answers: Answers) -> list[Bar]:
    return [Bar(name, (Part(_("topics"), count),)) for name, count in _days(answers)] if answers.days else []


def _days(answers: Answers) -> list[tuple[str, int]]:
    named = []
    for least, most in _RANGES:
        name = f"{least}–{most}" if most is not None else _("%(days)d and more") % {"days": least}
        named.append((name, answers.within(least, most)))
    return named


def _of(part: int, whole: int) -> str:
    return f"{part}（{100 * part / whole:.0f}%）" if whole else str(part)


def _no_village() -> str:
    return _("of no village")


def _no_theme() -> str:
    return _("without theme")
