"""A person's own learning: what waits, sessions to come, and the ways into every room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from suite.desk import DeskItem, DeskLink
from training.domain.courses.own import REMINDERS
from training.models import Session

PLUGIN = "training"
# A hook of this app alone, so not in the contract of `suite.hooks`.
WAYS = "training_ways"


def waiting(user: Any, shown: Iterable[Session] = ()) -> list[DeskItem]:
    """The lines of the desk that are about training, what is due first at the top.

    ``shown``: sessions that the page lists anyhow; what only reminds of them is left out.
    """
    listed = {reverse("training_courses_session", args=[session.pk]) for session in shown}
    found = [item for function in _ours("desk_items") for item in function(user) or ()]
    found = [item for item in found if not (item.url in listed and item.key.startswith(REMINDERS))]
    return sorted(found, key=lambda item: (item.due is None, item.due or timezone.now(), str(item.title)))


def ways(user: Any) -> list[DeskLink]:
    """The ways into the rooms of training that this account has: their hooks ``training_ways(user)``.

    They stand on the page of one's own learning; on the desk they would crowd out everything else.
    """
    found = [link for function in hooks.get_hooks(WAYS) for link in function(user) or ()]
    return sorted(found, key=lambda link: (link.order, str(link.title)))


def _ours(name: str) -> Iterator[Callable[[Any], Any]]:
    """The functions by which the rooms of training answer a hook."""
    for function in hooks.get_hooks(name):
        if function.__module__.split(".")[0] == PLUGIN:
            yield function
