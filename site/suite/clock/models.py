"""Due dates as rows, and the office's own calendar."""

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from suite.state import StatefulModel, state_field

from .enums import States, Unit
from .rules import label_of

LONGEST = 3650


class CalendarDay(models.Model):
    """A day on which the office departs from the State Council's calendar, or knows what that does not say yet."""

    date = models.DateField(_("date"), unique=True)
    working = models.BooleanField(_("working day"), default=False, help_text=_("Ticked: the office works on this day."))
    reason = models.CharField(
        _("reason"), max_length=100, help_text=_("Readers of due dates see it, for example: power cut, market day.")
    )

    class Meta:
        verbose_name = _("day of the work calendar")
        verbose_name_plural = _("work calendar")
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{self.date}"

    # Receivers recompute the open clocks: in the same transaction or not at all.
    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return super().delete(*args, **kwargs)


@register_setting(icon="time", order=610)
class ClockSettings(BaseGenericSetting):
    """What the office decides about time."""

    opens = models.TimeField(_("office opens"), default=datetime.time(8, 30))
    closes = models.TimeField(
        _("office closes"),
        default=datetime.time(17, 30),
        help_text=_("What is received later counts as received on the next working day where it is due at once."),
    )
    yellow_days = models.PositiveSmallIntegerField(
        _("due soon"), default=2, help_text=_("From so many working days before the due date a matter shows yellow.")
    )
    red_days = models.PositiveSmallIntegerField(
        _("urgent"),
        default=0,
        help_text=_("From so many working days before the due date it shows red; 0: on the due date and after."),
    )
    complete_until = models.DateField(
        _("work calendar complete until"),
        null=True,
        blank=True,
        help_text=_(
            "The State Council announces each year's holidays in November. Enter them in the work calendar, then put "
            "31 December of that year here: due dates up to that day are then no longer marked provisional."
        ),
    )

    class Meta:
        verbose_name = _("office hours and time limits")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse hours and levels in the wrong order."""
        if self.opens >= self.closes:
            raise ValidationError({"closes": _("The office closes after it opens: enter a later time.")})
        if self.red_days > self.yellow_days:
            raise ValidationError({"red_days": _("Red comes after yellow: enter at most the number of days above.")})


class DueDate(StatefulModel):
    """One clock: what it counts, since when, until when, and how that was reckoned.

    The subject is whatever record a plugin puts it on, as a reference (kind, key) without a foreign key.
    """

    state = state_field(States, States.RUNNING)
    subject_kind = models.CharField(_("kind of subject"), max_length=50)
    subject_key = models.CharField(_("key of subject"), max_length=50)
    rule = models.CharField(_("rule"), max_length=100)
    unit = models.CharField(_("counted in"), max_length=10, choices=Unit)
    amount = models.PositiveSmallIntegerField(_("days"), validators=[MaxValueValidator(LONGEST)])
    start = models.DateField(_("start"))
    due = models.DateField(_("due"), null=True, editable=False, db_index=True)
    provisional = models.BooleanField(_("provisional"), default=False, editable=False)
    explanation = models.TextField(_("how it was reckoned"), editable=False)
    stopped_on = models.DateField(_("stopped on"), null=True, editable=False)

    class Meta:
        verbose_name = _("due date")
        verbose_name_plural = _("due dates")
        ordering = ["due"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_key", "rule"],
                condition=~Q(state="stopped"),
                name="one_open_clock_per_subject_and_rule",
            )
        ]

    def __str__(self) -> str:
        return f"{label_of(self.rule)} {self.due or self.get_state_display()}"

    @transition("state", source=States.RUNNING, target=States.PAUSED, custom={"label": _("Pause")})
    def to_paused(self) -> None: ...

    @transition("state", source=States.PAUSED, target=States.RUNNING, custom={"label": _("Go on")})
    def to_running(self) -> None: ...

    @transition("state", source=[States.RUNNING, States.PAUSED], target=States.STOPPED, custom={"label": _("Stop")})
    def to_stopped(self) -> None: ...


class Pause(models.Model):
    """Days that do not count: those after ``since`` up to and with ``until``, which is empty while the pause lasts."""

    due_date = models.ForeignKey(DueDate, models.CASCADE, related_name="pauses", verbose_name=_("due date"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True)
    expected_until = models.DateField(_("expected until"), null=True)
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by whom")
    )

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return f"{self.since} – {self.until or self.expected_until or '?'}"


class Extension(models.Model):
    """Days added to a time limit, with who and why."""

    due_date = models.ForeignKey(DueDate, models.CASCADE, related_name="extensions", verbose_name=_("due date"))
    amount = models.PositiveSmallIntegerField(_("days"))
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by whom")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"+{self.amount}"
