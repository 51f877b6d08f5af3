"""Reminders of notes and articles by mail, through `tick`, once each (requirement Q)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
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
from training.domain.settings import training_settings
from training.enums import WritingState
from training.models import Writing
from training.permissions import RUN

from .book import named
from .owing import owing
from .people import deciders

# Working days after which who decides is reminded of what waits.
DAYS_TO_DECIDE = 5
LAST_MONTH = 12
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def jobs(now: datetime.datetime) -> Iterator[PeriodicJob]:
    """What is to be mailed: to who still owes one, when desks begin to ask and in the last month of the year; to who
    decides, once for what was handed in on one day and has waited for longer than `DAYS_TO_DECIDE`."""
    today = timezone.localdate(now)
    if today.month >= training_settings().writing_month:
        stage = "last" if today.month == LAST_MONTH else "begun"
        key = f"training.writings.owing:{today.year}:{stage}"
        yield PeriodicJob(key, partial(remind_who_owes, today.year), _("Reminder of notes and articles to be written"))
    for (account, day), rows in sorted(_waiting_too_long(today).items()):
        key = f"training.writings.waiting:{account}:{day}"
        yield PeriodicJob(key, partial(remind_who_decides, account, rows), _("Reminder of notes and articles to read"))


def remind_who_owes(year: int) -> Callable[[], int]:
    """The mails to everybody who still has to hand one in: sent when called."""
    asked = {one.cadre.person.pk: one for one in owing(year) if one.wanting}
    accounts = get_user_model()._default_manager.filter(person__in=list(asked)).select_related("person")

    def about(user: Any) -> dict[str, Any]:
        one = asked[user.person.pk]
        return {
            "person": user.person,
            "year": year,
            "kinds": named(one.wanting),
            "unit": one.cadre.unit,
            "until": datetime.date(year, 12, 31),
            "url": _address("training_writings_own"),
        }

    return partial(send_each, "training/writings/mail_owing.txt", accounts, about)


def remind_who_decides(account: int, rows: Iterable[Writing]) -> Callable[[], int]:
    """The mail to an account about what has waited for it since one day: sent when called."""
    waiting = list(rows)

    def about(user: Any) -> dict[str, Any]:
        return {
            "name": getattr(user, "person", None) or user.get_full_name() or user.get_username(),
            "writings": waiting,
            "since": timezone.localdate(waiting[0].handed_in_at),
            "url": _address("training_writings_waiting"),
        }

    accounts = get_user_model()._default_manager.filter(pk=account).select_related("person")
    return partial(send_each, "training/writings/mail_waiting.txt", accounts, about)


def _waiting_too_long(today: datetime.date) -> dict[tuple[int, datetime.date], list[Writing]]:
    """(account that decides, day it was handed in) -> what has waited too long, the earliest first.

    Where no leader can decide, every account that runs training does, but never the author.
    """
    # As many days ago at least; which of them were working days is asked only where something waits.
    before = timezone.make_aware(datetime.datetime.combine(today, datetime.time.min))
    before -= datetime.timedelta(days=DAYS_TO_DECIDE)
    rows = Writing.objects.filter(state=WritingState.HANDED_IN, handed_in_at__lt=before)
    waiting = list(rows.select_related("person__user", "unit").order_by("handed_in_at", "pk"))
    if not waiting:
        return {}
    days, asked = calendar(), deciders(today)
    office: list[int] | None = None
    found: dict[tuple[int, datetime.date], list[Writing]] = defaultdict(list)
    for one in waiting:
        day = timezone.localdate(one.handed_in_at)
        if days.working_days_between(day, today) <= DAYS_TO_DECIDE:
            continue
        decider = asked.of(one.person, one.unit) if one.unit else None
        if decider is not None and decider.person.user_id is not None:
            accounts = [decider.person.user_id]
        else:
            office = _office() if office is None else office
            accounts = [pk for pk in office if pk != one.person.user_id]
        for account in accounts:
            found[account, day].append(one)
    return found


def _office() -> list[int]:
    """The accounts of who runs training; superusers have the right by rank and are not asked."""
    accounts = get_user_model()._default_manager
    running = accounts.with_perm(RUN, backend=_BACKEND, include_superusers=False)
    return list(running.order_by("pk").values_list("pk", flat=True))


def _address(name: str) -> str:
    return (get_admin_base_url() or "") + reverse(name)
