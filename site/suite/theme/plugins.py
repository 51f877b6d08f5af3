"""Asking plugins for what they show, so that one that fails leaves a gap and not an error page."""

import logging
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from wagtail import hooks

from suite.hooks import CONTRACT

from .rows import HomeTile, PageFact

logger = logging.getLogger(__name__)


def _ask(name: str, *args: Any) -> Iterator[Any]:
    """Every plugin's answer to the hook ``name``; an exception is logged and that plugin left out."""
    if len(args) != len(CONTRACT[name]):
        raise TypeError(f"hook {name} takes {CONTRACT[name]}, not {len(args)} arguments")
    for function in hooks.get_hooks(name):
        try:
            yield from list(function(*args) or ())
        except Exception:
            logger.exception("%s.%s failed for the hook %s", function.__module__, function.__qualname__, name)


def home_tiles(request: Any, kind: str) -> list[HomeTile]:
    """The tiles of one kind (``do`` or ``today``), by their order."""
    return sorted((tile for tile in _ask("home_tiles", request) if tile.kind == kind), key=attrgetter("order"))


def page_facts(page: Any) -> list[PageFact]:
    """What the plugins have to say about this page, by their order."""
    return sorted(_ask("page_facts", page), key=attrgetter("order"))
