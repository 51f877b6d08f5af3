"""The month: when it is filed for, and when its results are reported."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from commitments.enums import MonthState
from suite.state import StatefulModel, state_field

# The clocks of a month: subject (MONTH_CLOCK, pk); the rules name what ends.
MONTH_CLOCK = "commitments.month"
FILING_RULE = "commitments.filing"
RESULTS_RULE = "commitments.results"


class Month(StatefulModel):
    """One calendar month of commitments.

    ``files_until``: filed later is late; ``results_until``: until when results are reported. Both follow the clock.
    """

    state = state_field(MonthState, MonthState.OPEN)
    first = models.DateField(pgettext_lazy("commitment", "month"), unique=True)
    files_until = models.DateTimeField(_("to be filed until"))
    results_until = models.DateTimeField(_("results to be reported until"))
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)

    class Meta:
        verbose_name = _("month of commitments")
        verbose_name_plural = _("months of commitments")
        ordering = ["-first"]
        permissions = [("run_commitments", _("Can run the months of commitments"))]
        constraints = [models.CheckConstraint(condition=Q(first__day=1), name="a_month_begins_on_its_first")]

    def __str__(self) -> str:
        return f"{self.first.year}年{self.first.month}月"

    @property
    def code(self) -> str:
        """2026-11, as it stands in addresses."""
        return f"{self.first:%Y-%m}"

    @property
    def last(self) -> datetime.date:
        """Its last day."""
        return (self.first + datetime.timedelta(days=32)).replace(day=1) - datetime.timedelta(days=1)

    @transition(
        "state",
        source=MonthState.OPEN,
        target=MonthState.REPORTING,
        custom={"label": _("Begin the reporting of results")},
    )
    def to_reporting(self) -> None: ...

    @transition("state", source=MonthState.REPORTING, target=MonthState.CLOSED, custom={"label": _("Close the month")})
    def to_closed(self) -> None: ...
