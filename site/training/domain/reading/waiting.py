"""What waits on desks about required reading (requirement Q)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.models import Person
from suite.clock.domain import clock_settings
from suite.desk import DeskItem
from training.domain.scope import people_seen
from training.domain.staff import Staff
from training.enums import RequirementState
from training.models import Requirement

from . import own
from .standing import Standing


def to_read(person: Person) -> Iterator[DeskItem]:
    """One line for each material the person has still to read, due when the office closes on its day."""
    left = own.left(person)
    closes = clock_settings().closes if left else datetime.time()
    for one in left:
        task = one.task
        title = _("Read “%(title)s” again and confirm") if task.again else _("Read “%(title)s” and confirm")
        yield DeskItem(
            f"training.read:{task.material.pk}",
            title % {"title": task.material.title},
            reverse("training_reading_mine") + f"#material-{task.material.pk}",
            _why(one),
            timezone.make_aware(datetime.datetime.combine(task.due, closes)),
            "training",
        )


def late(user: Any) -> Iterator[DeskItem]:
    """For who runs training or is in charge of units: how many there have not read what was due; one line at most."""
    today = timezone.localdate()
    if not Requirement.objects.filter(state=RequirementState.ACTIVE, due__lt=today).exists():
        return
    staff = Staff()
    standing = Standing(staff, people_seen(user, staff), due_before=today)
    people = {person for one in standing.materials for person in one.unread() if one.due[person] < today}
    if people:
        title = ngettext(
            "%(count)d person has not read what was due",
            "%(count)d people have not read what was due",
            len(people),
        )
        yield DeskItem(
            "training.unread",
            title % {"count": len(people)},
            reverse("training_reading_state"),
            _("You see the required reading of these people: remind them, or have them given longer."),
            None,
            "training",
        )


def unreadable() -> Iterator[DeskItem]:
    """For who runs training: what is asked and not published any more, so that nobody can read it."""
    asked = Requirement.objects.filter(state=RequirementState.ACTIVE, material__live=False)
    for one in asked.select_related("material"):
        yield DeskItem(
            f"training.unreadable:{one.pk}",
            _("“%(title)s” is required reading and is not published") % {"title": one.material.title},
            reverse("training_reading_requirement", args=[one.pk]),
            _("Nobody can read it: publish it again, or withdraw what is asked."),
            None,
            "training",
        )


def _why(one: own.Standing) -> str:
    """Why it is asked; once it was begun, what is still wanting."""
    why = one.task.reason
    if one.task.again:
        why = _("It has changed since you read version %(version)s.") % {"version": one.task.confirmed}
    if one.left.seen is None:
        return why
    return _("%(why)s (%(left)s)") % {"why": why.rstrip("。"), "left": one.left.said}
