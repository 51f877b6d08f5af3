"""What waits on desks about shadowing: reports to write, reports to close (requirement Q)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suite.clock.calendar import Calendar
from suite.clock.domain.queries import calendar
from suite.desk import DeskItem
from suite.theme.dates import in_full
from training.enums import REPORT_WANTED, ShadowingState
from training.models import Shadowing
from training.permissions import user_can_run

from .people import to_close

PLUGIN = "training"
# Working days after the last day of a shadowing.
DAYS_FOR_THE_REPORT = 5
_MOST_NAMES = 3


def writing(user: Any) -> Iterator[DeskItem]:
    """Each report that is due: one's own; for who runs training, those of people without a desk."""
    mine = Q(person=getattr(user, "person", None))
    if user_can_run(user):
        mine |= Q(person__user=None) | Q(person__user__is_active=False) | Q(person__active=False)
    rows = Shadowing.objects.filter(mine, state__in=REPORT_WANTED, until__lt=timezone.localdate())
    found = list(rows.select_related("person", "unit").order_by("until", "pk"))
    days = calendar() if found else Calendar()
    for row in found:
        own = row.person.user_id == user.pk
        title = _("Write the report about your shadowing: %(place)s") if own else _("Enter the report of %(who)s")
        yield DeskItem(
            f"training.shadowing:{row.pk}",
            title % {"place": row.place, "who": row},
            reverse("training_shadowing_step", args=[row.pk, "report"]),
            _("It was sent back: %(reason)s") % {"reason": row.reason}
            if row.state == ShadowingState.RETURNED
            else _("It ended on %(day)s.") % {"day": in_full(row.until)},
            _due(row, days),
            PLUGIN,
        )


def closing(user: Any) -> Iterator[DeskItem]:
    """For who closes: one line, however many wait."""
    if rows := to_close(user):
        title = ngettext("Read %(count)d report about shadowing", "Read %(count)d reports about shadowing", len(rows))
        names = list(dict.fromkeys(row.person.name for row in rows))
        said = "、".join(names[:_MOST_NAMES])
        yield DeskItem(
            "training.shadowings",
            title % {"count": len(rows)},
            reverse("training_shadowing_waiting"),
            (_("Reported by %(names)s and others.") if len(names) > _MOST_NAMES else _("Reported by %(names)s."))
            % {"names": said},
            None,
            PLUGIN,
        )


def _due(row: Shadowing, days: Calendar) -> datetime.datetime | None:
    """The end of the last working day for a first report; one that was sent back waits without a day."""
    if row.state == ShadowingState.RETURNED:
        return None
    last = days.add_working_days(row.until, DAYS_FOR_THE_REPORT)
    return timezone.make_aware(datetime.datetime.combine(last, datetime.time(23, 59, 59)))
