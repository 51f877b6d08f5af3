"""Asking plugins for what they show, so that one that fails leaves a gap and not an error page."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from suite.hooks import collect_each

from .rows import HomeTile, PageFact


def _ask(name: str, *args: Any) -> Iterator[Any]:
    """Every plugin's answer to the hook ``name``, without those of a plugin that fails."""
    for _function, rows, _error in collect_each(name, *args):
        yield from rows


def home_tiles(request: Any, kind: str) -> list[HomeTile]:
    """The tiles of one kind (``do`` or ``today``), by their order."""
    return sorted((tile for tile in _ask("home_tiles", request) if tile.kind == kind), key=attrgetter("order"))


def page_facts(page: Any) -> list[PageFact]:
    """What the plugins have to say about this page, by their order."""
    return sorted(_ask("page_facts", page), key=attrgetter("order"))
