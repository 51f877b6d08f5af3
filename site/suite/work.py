"""Unfinished work of one person that another plugin may take over: into a monthly commitment, a handover list."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True)
class OpenWork:
    """One piece of unfinished work, answered by the hook ``open_work(person)``.

    ``(kind, key)`` is the reference by which whoever takes it over names it, without a foreign key, e.g.
    ("hearings.measure", "7"): it stays the same as long as the work is open. ``title`` says what is to be done;
    ``due`` is the last day, or None where nothing presses; ``url`` is where it is done; ``plugin`` is the app label of
    who says so.
    """

    kind: str
    key: str
    title: str | Promise
    due: date | None
    url: str
    plugin: str
