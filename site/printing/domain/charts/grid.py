"""Where each step stands: rows from top to bottom, columns from left to right.

The longest way through the procedure is the spine, one step a row; what branches off stands beside it, near the step
it comes from. Nothing here depends on widths: page and paper have the same rows, columns and numbers.
"""

from collections import Counter
from dataclasses import dataclass

from printing.charts import Chart


@dataclass(frozen=True)
class Edge:
    """A way from one step to another, the ``place``-th of its step's ways; ``back`` leads to an earlier row."""

    source: str
    target: str
    place: int
    back: bool


@dataclass(frozen=True)
class Grid:
    """The cell (row, column) of each step, the edges, how many rows and columns there are, the steps of the spine."""

    cells: dict[str, tuple[int, int]]
    edges: tuple[Edge, ...]
    rows: int
    columns: int
    spine: tuple[str, ...]

    def reading_order(self) -> list[str]:
        """Row by row; what stands beside the spine first, so that a branch is read where it leaves."""
        return sorted(self.cells, key=lambda key: (self.cells[key][0], key in self.spine, self.cells[key][1]))

    def numbers(self) -> dict[str, str]:
        """The number of each step: 1, 2, 3 down the spine; 2-1, 2-2 beside it for what branches off step 2."""
        numbers = {key: str(place) for place, key in enumerate(self.spine, start=1)}
        parents: dict[str, str] = {}
        for edge in self.edges:
            if not edge.back:
                parents.setdefault(edge.target, edge.source)
        counts: Counter[str] = Counter()
        for key in self.reading_order():
            if key not in numbers:
                origin = numbers[parents[key]].partition("-")[0]
                counts[origin] += 1
                numbers[key] = f"{origin}-{counts[origin]}"
        return numbers


def arrange(chart: Chart) -> Grid:
    """The grid of a chart that is valid."""
    edges = _edges(chart)
    forward: dict[str, list[str]] = {step.key: [] for step in chart.steps}
    for edge in edges:
        if not edge.back:
            forward[edge.source].append(edge.target)
    order = _topological(chart.steps[0].key, forward)
    rows = _rows(order, forward)
    columns, spine = _columns(order, forward, rows)
    return Grid(
        {key: (rows[key], columns[key]) for key in order},
        tuple(edges),
        max(rows.values()) + 1,
        max(columns.values()) + 1,
        tuple(spine),
    )


def _edges(chart: Chart) -> list[Edge]:
    """Every way; those that close a circle, found by walking from the first step, lead back."""
    edges, entered, left = [], {chart.steps[0].key}, set()
    stack = [(chart.steps[0], iter(enumerate(chart.steps[0].ways)))]
    while stack:
        step, ways = stack[-1]
        for place, way in ways:
            edges.append(Edge(step.key, way.to, place, way.to in entered and way.to not in left))
            if way.to not in entered:
                entered.add(way.to)
                following = chart.by_key[way.to]
                stack.append((following, iter(enumerate(following.ways))))
                break
        else:
            left.add(step.key)
            stack.pop()
    return edges


def _topological(start: str, forward: dict[str, list[str]]) -> list[str]:
    """Every step after those that lead forward to it."""
    waits = dict.fromkeys(forward, 0)
    for targets in forward.values():
        for target in targets:
            waits[target] += 1
    order, ready = [], [start]
    while ready:
        key = ready.pop(0)
        order.append(key)
        for target in forward[key]:
            waits[target] -= 1
            if not waits[target]:
                ready.append(target)
    return order


def _rows(order: list[str], forward: dict[str, list[str]]) -> dict[str, int]:
    rows = dict.fromkeys(order, 0)
    for key in order:
        for target in forward[key]:
            rows[target] = max(rows[target], rows[key] + 1)
    return rows


def _columns(order: list[str], forward: dict[str, list[str]], rows: dict[str, int]) -> tuple[dict[str, int], list[str]]:
    """The column of each step, and the steps of the spine."""
    height: dict[str, int] = {}
    for key in reversed(order):
        height[key] = 1 + max((height[target] for target in forward[key]), default=0)
    parents: dict[str, str] = {}
    for key in order:
        for target in forward[key]:
            parents.setdefault(target, key)
    columns: dict[str, int] = {}
    spine: list[str] = []
    taken: set[tuple[int, int]] = set()
    for key in order:
        if key in columns:
            continue
        chain = _chain(key, forward, height, columns)
        spine = spine or chain
        span = range(rows[chain[0]], rows[chain[-1]] + 1)
        near = columns[parents[key]] if key in parents else 0
        column = min(
            (one for one in range(-len(order), len(order)) if not any((row, one) in taken for row in span)),
            # The right side is the usual one; left only where it saves a column's way.
            key=lambda one: (abs(one - near), one < near),
        )
        columns.update(dict.fromkeys(chain, column))
        taken.update((row, column) for row in span)
    first = min(columns.values())
    return {key: column - first for key, column in columns.items()}, spine


def _chain(key: str, forward: dict[str, list[str]], height: dict[str, int], placed: dict[str, int]) -> list[str]:
    """The step and its longest continuation through steps that have no column yet."""
    chain = [key]
    while following := [target for target in forward[chain[-1]] if target not in placed]:
        chain.append(max(following, key=height.__getitem__))
    return chain
