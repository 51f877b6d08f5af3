"""Run inside a site's `manage.py shell`: opens the next month, in which every cadre of the sample owes a commitment."""

import datetime

from django.contrib.auth import get_user_model
from django.utils import timezone

from commitments.domain.lifecycle import months
from commitments.models import Commitment, Month


def opened():
    """The next month, opened where it is not; returns its code, as 2026-12."""
    first = (timezone.localdate().replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    month = Month.objects.filter(first=first).first()
    if month is None:
        month = months.open_month(first, get_user_model().objects.get(username="efficiency_office"))
    return month.code


def told(code, username):
    """Where somebody's commitment stands and what is in it: the draft, or what was filed."""
    one = Commitment.objects.get(month__first=f"{code}-01", person__user__username=username)
    rows = list(one.promises.order_by("number").values_list("work", "measures", "goal"))
    return one.state, rows or [(row["work"], row["measures"], row["goal"]) for row in one.draft]
