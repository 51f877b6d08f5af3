"""A person's own learning: what waits, sessions to come, and the ways into every room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail import hooks

from organisation.models import Person
from suite.desk import DeskItem, DeskLink
from training.enums import EnrolmentState, SessionState
from training.models import Enrolment

PLUGIN = "training"
# A hook of this app alone, so not in the contract of `suite.hooks`.
WAYS = "training_ways"


def waiting(user: Any) -> list[DeskItem]:
    """The lines of the desk that are about training, what is due first at the top."""
    found = [item for function in _ours("desk_items") for item in function(user) or ()]
    return sorted(found, key=lambda item: (item.due is None, item.due or timezone.now(), str(item.title)))


def ways(user: Any) -> list[DeskLink]:
    """The ways into the rooms of training that this account has: their hooks ``training_ways(user)``.

    They stand on the page of one's own learning; on the desk they would crowd out everything else.
    """
    found = [link for function in hooks.get_hooks(WAYS) for link in function(user) or ()]
    return sorted(found, key=lambda link: (link.order, str(link.title)))


def coming(person: Person) -> QuerySet[Enrolment]:
    """Sessions that the person has a seat in or waits for and that are not over, the next one first."""
    return (
        Enrolment.objects.filter(person=person, session__ends_at__gte=timezone.now())
        .exclude(state=EnrolmentState.WITHDRAWN)
        .exclude(session__state__in=(SessionState.CANCELLED, SessionState.HELD))
        .select_related("session__course")
        .order_by("session__starts_at")
    )


def _ours(name: str) -> Iterator[Callable[[Any], Any]]:
    """The functions by which the rooms of training answer a hook."""
    for function in hooks.get_hooks(name):
        if function.__module__.split(".")[0] == PLUGIN:
            yield function
