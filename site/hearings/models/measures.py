"""What was promised, by whom, until when, and what became of it; and how people were told."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from hearings.enums import FeedbackKind, MeasureKind, MeasureState
from suite.state import StatefulModel, state_field

from .hearing import Hearing
from .representatives import Representative
from .session import Problem
from .topics import Topic

# The clock of a measure: subject (KIND, pk), rule RULE.
MEASURE_CLOCK = "hearings.measure"
MEASURE_RULE = "hearings.promise"


class Measure(StatefulModel):
    """One measure to one problem; its due date is on the clock, except where it was done at once."""

    state = state_field(MeasureState, MeasureState.OPEN)
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="measures", verbose_name=_("problem"))
    kind = models.CharField(_("kind"), max_length=12, choices=MeasureKind.choices, default=MeasureKind.PLANNED)
    text = models.CharField(_("measure"), max_length=500)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("responsible unit"))
    handler = models.ForeignKey(
        "organisation.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handler")
    )
    due = models.DateField(_("due"), null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    issued_at = models.DateTimeField(default=timezone.now, editable=False)
    result = models.TextField(_("what was done, or why not"), max_length=2000, blank=True)
    ended_on = models.DateField(_("done or explained on"), null=True, editable=False)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["problem", "pk"]
        permissions = [("report_measure", _("Can report what became of a measure"))]

    def __str__(self) -> str:
        return self.text[:60]

    @transition("state", source=MeasureState.OPEN, target=MeasureState.DONE, custom={"label": _("Report as done")})
    def to_done(self) -> None: ...

    @transition(
        "state", source=MeasureState.OPEN, target=MeasureState.EXPLAINED, custom={"label": _("Explain why not")}
    )
    def to_explained(self) -> None: ...


class Evidence(models.Model):
    """A file or picture that shows that a measure was done."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="evidence")
    image = models.ForeignKey("wagtailimages.Image", models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey("wagtaildocs.Document", models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("what it shows"), max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title or str(self.image or self.document)


class DateChange(models.Model):
    """A due date that was moved: by who issued it, with a reason that is published."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="date_changes")
    before = models.DateField()
    after = models.DateField()
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("moved due date")
        verbose_name_plural = _("moved due dates")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Feedback(models.Model):
    """That people were told: the column, a letter to who raised a problem, the circular. Never changed."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="feedback")
    kind = models.CharField(_("how"), max_length=10, choices=FeedbackKind.choices)
    representative = models.ForeignKey(Representative, models.PROTECT, null=True, blank=True, related_name="letters")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="letters")
    sent_on = models.DateField(_("given out on"))
    how = models.CharField(_("how it was given out"), max_length=200, help_text=_("For example: 驻村干部当面送达"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["sent_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sent_on}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Feedback is evidence: refuse a second save."""
        if not self._state.adding:
            raise ValueError("recorded feedback is never changed")
        super().save(*args, **kwargs)
