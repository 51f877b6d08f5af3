"""A chart as rows of boxes with the lines between them, measured in em: the template sets it on page and paper.

Only widths are fixed. Boxes are as high as their text needs in whatever font draws them; between the rows lie gaps of
known height, where all sideways lines run, so that no text has to be measured.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import groupby

from printing.charts import Chart, Step
from printing.domain.titles import width as text_width

from .grid import Grid, arrange
from .routes import Course, Lane, courses, tracks

# All in em, the width of a Han character.
NARROWEST, WIDEST = 7.5, 22.0
_GUTTER, _LANE = 1.6, 0.9
_TRACK, _ABOVE, _BELOW, _HEAD = 0.8, 0.5, 1.0, 0.6
# An arrow, its blank and the edges around a way's words.
_EXIT_SIDES = 2.0
# Where lines from the side enter a box, in parts of its width; ports (odd parts of 2n) never lie there.
_ENTRY = {"left": 0.06, "right": 0.94}


@dataclass(frozen=True)
class Exit:
    """A way out as words: when it is taken, the number of the step it leads to, and whether that lies earlier."""

    label: str
    number: str
    back: bool

    @property
    def least(self) -> float:
        """The room it needs beside others, in em: where it leads is never broken."""
        return text_width(f"回第{self.number}步") + _EXIT_SIDES


@dataclass(frozen=True)
class Box:
    """A step in its place. ``exits``: ways that have to be read in words, ``stacked`` where they don't fit beside one
    another; ``onward``: the next box follows from it.

    ``side``: it stands beside the spine. ``column`` counts from the left; boxes come in the order they are read in.
    """

    step: Step
    number: str
    column: int
    side: bool
    margin: str
    width: str
    exits: tuple[Exit, ...]
    stacked: bool
    start: bool
    end: bool
    onward: bool


@dataclass(frozen=True)
class Gap:
    """The lines between two rows: an SVG path for the lines and one for the arrow heads, in hundredths of an em.

    ``height`` is in em.
    """

    height: float
    box: str
    lines: str
    heads: str


@dataclass(frozen=True)
class Row:
    """A gap (None where nothing runs), the boxes below it, and where lines pass them (em from the left)."""

    gap: Gap | None
    boxes: tuple[Box, ...]
    passing: tuple[str, ...]


@dataclass(frozen=True)
class Drawing:
    """A chart ``width`` em wide, its columns ``column`` em. ``drawn`` is False, and it a list, if these are narrow."""

    title: str
    width: float
    column: float
    rows: tuple[Row, ...]
    drawn: bool


def draw(chart: Chart, width: float) -> Drawing:
    """The chart, ``width`` em wide. Raises ValidationError where the chart cannot be followed."""
    chart.validate()
    grid = arrange(chart)
    return _Draft(chart, grid, width).drawing()


class _Draft:
    """A grid with its lines, on its way to a Drawing."""

    def __init__(self, chart: Chart, grid: Grid, width: float) -> None:
        self.chart, self.grid, self.width = chart, grid, width
        self.numbers, self.order = grid.numbers(), grid.reading_order()
        self.courses, lanes = courses(grid)
        outer = (0, grid.columns)
        self.gutters = [
            (0.0 if place in outer and not count else _GUTTER * (place not in outer) + _LANE * count)
            for place, count in enumerate(lanes)
        ]
        self.column = min((width - sum(self.gutters)) / grid.columns, WIDEST)
        self.left = (width - self.column * grid.columns - sum(self.gutters)) / 2

    def drawing(self) -> Drawing:
        drawn = self.column >= NARROWEST
        rows = [self._row(row, drawn) for row in range(self.grid.rows + 1)]
        return Drawing(
            self.chart.title, self.width, self.column, tuple(row for row in rows if row.boxes or row.gap), drawn
        )

    def _row(self, row: int, drawn: bool) -> Row:
        return Row(
            self._gap(row) if drawn else None,
            tuple(self._boxes(row)),
            tuple(_em(x) for x in sorted(self._passing(row))) if drawn else (),
        )

    def _boxes(self, row: int) -> Iterator[Box]:
        mine = [key for key in self.order if self.grid.cells[key][0] == row]
        end, margins = 0.0, {}
        for key in sorted(mine, key=self.grid.cells.__getitem__):
            left = self._edge_of(self.grid.cells[key][1])
            margins[key], end = left - end, left + self.column
        for key in mine:
            step, number = self.chart.by_key[key], self.numbers[key]
            ways = [course for course in self.courses if course.edge.source == key]
            exits = tuple(
                Exit(step.ways[one.edge.place].label.strip(), self.numbers[one.edge.target], one.edge.back)
                for one in ways
            )
            follows = self.order[self.order.index(key) + 1 :][:1]
            onward = [one.edge.target for one in ways] == follows != []
            # Down the spine the numbers say where it goes on.
            plain = onward or (len(exits) == 1 and exits[0].number == _next(number))
            yield Box(
                step, number, self.grid.cells[key][1], key not in self.grid.spine, _em(margins[key]), _em(self.column),
                () if plain and not exits[0].label else exits,
                stacked=sum(one.least for one in exits) > self.column,
                start=key == self.chart.steps[0].key, end=not ways, onward=onward,
            )  # fmt: skip

    def _edge_of(self, column: int) -> float:
        return self.left + sum(self.gutters[: column + 1]) + self.column * column

    def _out(self, course: Course) -> float:
        place, count = course.port
        return self._edge_of(self.grid.cells[course.edge.source][1]) + self.column * (place + 0.5) / count

    def _in(self, course: Course) -> float:
        if course.side == "same":
            return self._out(course)
        return self._edge_of(self.grid.cells[course.edge.target][1]) + self.column * _ENTRY[course.side]

    def _lane(self, lane: Lane) -> float:
        right_of_it = self._edge_of(lane.gutter)
        if lane.gutter == 0:
            return right_of_it - _LANE * (lane.place + 0.5)
        start = right_of_it - self.gutters[lane.gutter]
        inner = _GUTTER / 2 if lane.gutter < self.grid.columns else 0.0
        return start + inner + _LANE * (lane.place + 0.5)

    def _beside(self, course: Course) -> float:
        """Where the course runs while it passes rows."""
        if isinstance(course.along, Lane):
            return self._lane(course.along)
        return self._in(course) if course.along == "target" else self._out(course)

    def _passing(self, row: int) -> set[float]:
        """Where lines pass this row; the line out of a box runs behind it, so that boxes may differ in height."""
        found = set()
        for course in self.courses:
            source, target = (self.grid.cells[key][0] for key in (course.edge.source, course.edge.target))
            if source == row:
                found.add(self._out(course))
            if (course.edge.back and target <= row <= source) or source < row < target:
                found.add(self._beside(course))
        return found

    def _stretches(self, gap: int) -> Iterator[tuple[Hashable, float, float, str, str]]:
        """What runs in this gap: (what may share a line, from x, to x, from "top" or "bottom", to which)."""
        for course in self.courses:
            source, target = (self.grid.cells[key][0] for key in (course.edge.source, course.edge.target))
            out, beside, into = self._out(course), self._beside(course), self._in(course)
            first, last = source + 1, target
            arrives: Hashable = ("in", course.edge.target, course.side)
            if first == last == gap and not course.edge.back:
                yield arrives, out, into, "top", "head"
            elif gap == first:
                yield ("out", course.along, beside), out, beside, "top", "top" if course.edge.back else "bottom"
            elif gap == last:
                yield arrives, beside, into, "bottom" if course.edge.back else "top", "head"
            elif min(first, last) < gap < max(first, last):
                yield None, beside, beside, "top", "bottom"

    def _gap(self, gap: int) -> Gap | None:
        stretches = list(self._stretches(gap))
        if not stretches:
            return None
        sideways = sorted((one for one in stretches if one[1] != one[2]), key=lambda one: str(one[0]))
        spans = {
            key: (min(min(one[1:3]) for one in group), max(max(one[1:3]) for one in group))
            for key, group in ((key, list(group)) for key, group in groupby(sideways, key=lambda one: one[0]))
        }
        order = sorted(spans, key=lambda key: _precedence(next(one for one in sideways if one[0] == key)))
        found = tracks(order, spans)
        count = 1 + max(found.values(), default=-1)
        height = _ABOVE + _TRACK * count + _BELOW
        lines, heads = [], []
        for key, start, end, begins, ends in stretches:
            y = _ABOVE + _TRACK * (found[key] + 0.5) if start != end else height / 2
            bottom = height - _HEAD / 2 if ends == "head" else height
            begin = 0.0 if begins == "top" else height
            finish = 0.0 if ends == "top" else bottom
            lines.append(f"M{_unit(start)} {_unit(begin)}V{_unit(y)}H{_unit(end)}V{_unit(finish)}")
            if ends == "head":
                half = _HEAD * 0.45
                heads.append(
                    f"M{_unit(end)} {_unit(height)}L{_unit(end - half)} {_unit(height - _HEAD)}H{_unit(end + half)}Z"
                )
        return Gap(
            height,
            f"0 0 {_unit(self.width)} {_unit(height)}",
            "".join(dict.fromkeys(lines)),
            "".join(dict.fromkeys(heads)),
        )


def _precedence(stretch: tuple[Hashable, float, float, str, str]) -> tuple[bool, float]:
    """Which line runs above which: what starts further along in its direction, so that it is not crossed."""
    _key, start, end, _begins, _ends = stretch
    return (end > start, -start if end > start else start)


def _next(number: str) -> str:
    return str(int(number) + 1) if number.isdecimal() else ""


def _em(value: float) -> str:
    return f"{value:.2f}em"


def _unit(value: float) -> str:
    return str(round(value * 100))
