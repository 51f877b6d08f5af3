"""Reminders of required reading by mail, through `tick`: before the last day, and after it (requirement Q)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial

from django.core.mail import get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.users.models import UserProfile

from organisation.models import Person
from suite.clock.domain import calendar
from suite.periodic import PeriodicJob
from training.domain.staff import Staff
from training.enums import RequirementState
from training.models import Requirement

from .standing import Standing

# Working days before the last day.
DAYS_BEFORE = 2


def jobs(now: datetime.datetime) -> Iterator[PeriodicJob]:
    """Two for each requirement and last day: given longer, it is reminded of anew."""
    today, days = timezone.localdate(now), calendar()
    for one in Requirement.objects.filter(state=RequirementState.ACTIVE, material__live=True):
        if today > one.due:
            stage = "late"
        elif days.working_days_between(today, one.due) <= DAYS_BEFORE:
            stage = "soon"
        else:
            continue
        key = f"training.remind:{one.pk}:{one.due}:{stage}"
        yield PeriodicJob(key, partial(remind, one), _("Reminder of required reading"))


def remind(requirement: Requirement) -> int:
    """Mail everybody whom the requirement means and who has not read its material. Returns to how many.

    Who has no address hears of it on the desk alone.
    """
    found = Standing(Staff(), requirement=requirement.pk).materials
    if not found:
        return 0
    asked = found[0]
    people = Person.objects.filter(pk__in=list(asked.unread()), user__is_active=True).exclude(user__email="")
    url = (get_admin_base_url() or "") + reverse("training_reading_mine")
    connection, sent = get_connection(), 0
    for person in people.select_related("user"):
        due, user = asked.due[person.pk], person.user
        if user is None:
            continue
        profile = UserProfile.get_for_user(user)
        with translation.override(profile.get_preferred_language()):
            context = {
                "person": person,
                "title": asked.title,
                "reason": requirement.reason,
                "due": due,
                "is_late": due < timezone.localdate(),
                "url": url,
            }
            text = render_to_string("training/reading/mail.txt", context)
        subject, body = text.strip().split("\n", 1)
        sent += bool(send_mail(subject, body.strip() + "\n", [user.email], connection=connection))
    return sent
