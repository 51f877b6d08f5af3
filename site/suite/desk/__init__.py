"""The desk: one list of what waits for the person who is logged in."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True)
class DeskItem:
    """One line on somebody's desk, answered by the hook ``desk_items(user)``.

    ``key`` tells it from every other line (e.g. "hearings.notify:7"); ``title`` says what to do, ``reason`` why it
    came to this person; ``url`` is where it is done; ``due`` is aware, or None when nothing presses; ``plugin`` is the
    app label of who says so.
    """

    key: str
    title: str | Promise
    url: str
    reason: str | Promise
    due: datetime | None
    plugin: str


@dataclass(frozen=True)
class DeskLink:
    """Where this person goes to do something of their own accord, answered by the hook ``desk_links(user)``.

    ``title`` says what one does there; smaller ``order`` comes first.
    """

    title: str | Promise
    url: str
    order: int = 100
