"""Shadowing 跟班学习: some days at somebody's side, planned, reported on, closed by the leader in charge."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from suite.state import StatefulModel, state_field
from training.enums import REPORT_WANTED, ShadowingState

LONGEST_NAME, LONGEST_PURPOSE, LONGEST_REPORT, LONGEST_REASON = 60, 300, 5000, 300


def _account(name: str | Promise) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=name
    )


class Shadowing(StatefulModel):
    """One person's days with a unit of the directory (``unit``), or with a body that is not in it (``outside``)."""

    state = state_field(ShadowingState, ShadowingState.PLANNED)
    person = models.ForeignKey(
        "organisation.Person", models.PROTECT, related_name="shadowings", verbose_name=_("person")
    )
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"))
    unit = models.ForeignKey(
        "organisation.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("shadowing", "unit of the township"),
    )
    outside = models.CharField(pgettext_lazy("shadowing", "body elsewhere"), max_length=LONGEST_NAME, blank=True)
    host = models.CharField(pgettext_lazy("shadowing", "with whom"), max_length=LONGEST_NAME)
    purpose = models.CharField(pgettext_lazy("shadowing", "purpose"), max_length=LONGEST_PURPOSE)
    planned_by = _account(pgettext_lazy("shadowing", "planned by"))
    planned_at = models.DateTimeField(pgettext_lazy("shadowing", "planned at"), default=timezone.now, editable=False)
    report = models.TextField(pgettext_lazy("shadowing", "report"), blank=True, editable=False)
    reported_by = _account(pgettext_lazy("shadowing", "reported by"))
    reported_at = models.DateTimeField(pgettext_lazy("shadowing", "reported at"), null=True, editable=False)
    decided_by = _account(pgettext_lazy("shadowing", "decided by"))
    decided_at = models.DateTimeField(pgettext_lazy("shadowing", "decided at"), null=True, editable=False)
    reason = models.CharField(
        pgettext_lazy("shadowing", "reason"), max_length=LONGEST_REASON, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("shadowing")
        verbose_name_plural = _("shadowings")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="shadowing_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, outside="") | (Q(unit=None) & ~Q(outside="")),
                name="shadowing_in_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.place}"

    @property
    def place(self) -> str:
        """Where it is: the unit, or the body elsewhere."""
        return self.unit.label if self.unit else self.outside

    @property
    def is_over(self) -> bool:
        """Whether its last day is past."""
        return self.until < timezone.localdate()

    @property
    def report_due(self) -> bool:
        """Whether the report is to be written now, for the first time or anew."""
        return self.state in REPORT_WANTED and self.is_over

    @property
    def standing(self) -> str | Promise:
        """Where it stands in words; of one that is planned its days tell the rest."""
        if self.state != ShadowingState.PLANNED or timezone.localdate() < self.since:
            return self.get_state_display()
        if self.is_over:
            return pgettext_lazy("shadowing", "report wanted")
        return pgettext_lazy("shadowing", "under way")

    @transition(
        "state",
        source=[ShadowingState.PLANNED, ShadowingState.RETURNED],
        target=ShadowingState.REPORTED,
        custom={"label": pgettext_lazy("shadowing", "Hand in the report")},
    )
    def to_reported(self) -> None: ...

    @transition(
        "state",
        source=ShadowingState.REPORTED,
        target=ShadowingState.CLOSED,
        custom={"label": pgettext_lazy("shadowing", "Close")},
    )
    def to_closed(self) -> None: ...

    @transition(
        "state",
        source=ShadowingState.REPORTED,
        target=ShadowingState.RETURNED,
        custom={"label": pgettext_lazy("shadowing", "Send back")},
    )
    def to_returned(self) -> None: ...

    @transition(
        "state",
        source=[ShadowingState.PLANNED, ShadowingState.RETURNED],
        target=ShadowingState.CANCELLED,
        custom={"label": pgettext_lazy("shadowing", "Cancel")},
    )
    def to_cancelled(self) -> None: ...
