"""The course of each way: through the gaps between rows, and in lanes beside the columns. No line crosses a box.

A way leaves its box through the bottom (one port for each way out), runs sideways in the gap below, down or up in a
lane, sideways in the gap above its target, and enters from the top. Two ways share a stretch only where they join.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from .grid import Edge, Grid

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Lane:
    """A line that runs beside the columns: in ``gutter`` (0 is left of column 0), in its ``place`` there."""

    gutter: int
    place: int


@dataclass(frozen=True)
class Course:
    """How one way runs.

    ``port``: its place among the ways out, from the left, and how many there are. ``side``: where it enters its
    target: "left", "right", or "same" straight below its port. ``along``: along what it passes other rows: its own
    port's line ("source"), its entry's line ("target"), a Lane, or None where no row lies between.
    """

    edge: Edge
    port: tuple[int, int]
    side: str
    along: Lane | str | None


def courses(grid: Grid) -> tuple[list[Course], list[int]]:
    """The course of every edge, and how many lanes each gutter holds."""
    taken = {cell: key for key, cell in grid.cells.items()}
    ways = {edge: _way(edge, grid, taken) for edge in grid.edges}
    lanes, counts = _lanes(grid, ways)
    found = []
    for key in grid.cells:
        mine = sorted((edge for edge in grid.edges if edge.source == key), key=lambda one: _sideways(one, grid, ways))
        for place, edge in enumerate(mine):
            side, along = ways[edge]
            lane = lanes[edge] if isinstance(along, int) else along
            found.append(Course(edge, (place, len(mine)), side, lane))
    return found, counts


def _way(edge: Edge, grid: Grid, taken: dict[tuple[int, int], str]) -> tuple[str, int | str | None]:
    """The side of entry, and "source", "target", the number of a gutter, or None."""
    (row, column), (to_row, to_column) = grid.cells[edge.source], grid.cells[edge.target]
    side = "same" if column == to_column else "left" if column < to_column else "right"
    if not edge.back:
        between = range(row + 1, to_row)
        if not between:
            return side, None
        if not any((one, column) in taken for one in between):
            return side, "source"
        if side != "same" and not any((one, to_column) in taken for one in between):
            return side, "target"
    usual = 0 if edge.back else grid.columns
    gutter = min(
        range(grid.columns + 1),
        key=lambda one: (abs(one - 0.5 - column) + abs(one - 0.5 - to_column), abs(one - usual)),
    )
    return "left" if gutter <= to_column else "right", gutter


def _sideways(edge: Edge, grid: Grid, ways: dict[Edge, tuple[str, int | str | None]]) -> tuple[float, int]:
    """Where a way goes from its box, from left to right, so that ways out of one box don't cross."""
    along = ways[edge][1]
    if isinstance(along, int):
        return along - 0.5, edge.place
    return float(grid.cells[edge.target][1]), edge.place


def _lanes(grid: Grid, ways: dict[Edge, tuple[str, int | str | None]]) -> tuple[dict[Edge, Lane], list[int]]:
    """A lane for each edge that needs one; those to the same target share theirs."""
    spans: dict[tuple[int, str, bool], tuple[int, int]] = {}
    groups: dict[Edge, tuple[int, str, bool]] = {}
    for edge, (_side, gutter) in ways.items():
        if isinstance(gutter, int):
            group = groups[edge] = (gutter, edge.target, edge.back)
            rows = grid.cells[edge.source][0] + 1, grid.cells[edge.target][0]
            low, high = spans.get(group, rows)
            spans[group] = min(low, *rows), max(high, *rows)
    places: dict[tuple[int, str, bool], int] = {}
    for gutter in range(grid.columns + 1):
        # The shortest next to the boxes, so that longer ones run around them.
        inside = {group: span for group, span in spans.items() if group[0] == gutter}
        places.update(tracks(sorted(inside, key=lambda one: inside[one][1] - inside[one][0]), inside))
    counts = [
        1 + max((places[group] for group in spans if group[0] == gutter), default=-1)
        for gutter in range(grid.columns + 1)
    ]
    return {edge: Lane(group[0], places[group]) for edge, group in groups.items()}, counts


def tracks(order: Iterable[Key], spans: Mapping[Key, tuple[float, float] | tuple[int, int]]) -> dict[Key, int]:
    """The first free track of each key in turn, so that spans (from, to) on one track don't touch."""
    found: dict[Key, int] = {}
    for key in order:
        low, high = spans[key]
        blocked = {track for other, track in found.items() if spans[other][0] <= high and spans[other][1] >= low}
        found[key] = next(track for track in range(len(found) + 1) if track not in blocked)
    return found
