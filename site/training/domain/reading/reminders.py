"""Reminders of required reading by mail, through `tick`: before the last day, and after it (requirement Q)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_admin_base_url

from suite.clock.domain import calendar
from suite.mailing import send_each
from suite.periodic import PeriodicJob
from training.domain.staff import Staff
from training.domain.whom import persons_of
from training.enums import RequirementState
from training.models import Requirement

from .standing import Standing

# Working days before the last day.
DAYS_BEFORE = 2
# Two working days never take longer, whatever the holidays.
_SOON = datetime.timedelta(days=21)


def jobs(now: datetime.datetime) -> Iterator[PeriodicJob]:
    """Two for each material and last day that somebody has who has not read it: newcomers have one of their own, and
    so has who is asked again or was given longer."""
    today, days = timezone.localdate(now), calendar()
    for one in Standing(Staff(today), due_before=today + _SOON).materials:
        for due in sorted({one.due[person] for person in one.unread()}):
            if today > due:
                stage = "late"
            elif days.working_days_between(today, due) <= DAYS_BEFORE:
                stage = "soon"
            else:
                continue
            key = f"training.remind:{one.pk}:{due}:{stage}"
            yield PeriodicJob(key, partial(remind, one.pk, due), _("Reminder of required reading"))


def remind(material: int, due: datetime.date) -> Callable[[], int] | None:
    """The mails to everybody who is asked to read the material by that day and has not: sent when called.

    Who has no address hears of it on the desk alone.
    """
    staff = Staff()
    found = Standing(staff, material=material).materials
    if not found:
        return None
    asked = found[0]
    late = [person for person in asked.unread() if asked.due[person] == due]
    reasons = _reasons(material, staff)
    accounts = get_user_model()._default_manager.filter(person__in=late).select_related("person")

    def about(user: Any) -> dict[str, Any]:
        return {
            "person": user.person,
            "title": asked.title,
            "reason": reasons[user.person.pk],
            "due": due,
            "is_late": due < timezone.localdate(),
            "url": (get_admin_base_url() or "") + reverse("training_reading_mine"),
        }

    return partial(send_each, "training/reading/mail.txt", accounts, about)


def _reasons(material: int, staff: Staff) -> dict[int, str]:
    """Person -> why it is asked of them; where several ask it, the first that is due."""
    rows = list(Requirement.objects.filter(state=RequirementState.ACTIVE, material=material).order_by("-due", "-pk"))
    meant, found = persons_of(rows, staff=staff), {}
    for one in rows:
        found.update(dict.fromkeys(meant[one.pk], one.reason))
    return found
