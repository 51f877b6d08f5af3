"""Files and links that show that something was done, for records of any plugin (requirement I).

A record is a pair (kind, key), without a foreign key. The files lie outside the public's reach: the plugin that has
the record says, with an `EvidenceDoor`, who may read them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Reference = tuple[str, int | str]


@dataclass(frozen=True)
class EvidenceDoor:
    """Who may read the evidence of one kind of record; the hook ``evidence_readers`` answers with these.

    ``may_read(user, key)``: whether that account may read what belongs to the record ``key``, a string as it was given
    to `attach`. It is asked for whoever is logged in, superusers too.
    """

    kind: str
    may_read: Callable[[Any, str], bool]


@dataclass(frozen=True)
class Link:
    """Another record or page that shows it. ``url``: a path of this site, or an address that begins with https://."""

    url: str
    title: str = ""
