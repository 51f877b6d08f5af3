"""The monthly report meeting 月析月评: who was drawn to report, and what was said."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from commitments.enums import MeetingState
from suite.state import StatefulModel, state_field

from .commitments import Commitment
from .months import Month


class ReportMeeting(StatefulModel):
    """The meeting of one month. ``seats``: how many are drawn in all, at least one of each unit."""

    state = state_field(MeetingState, MeetingState.PLANNED)
    month = models.ForeignKey(
        Month, models.PROTECT, related_name="meetings", verbose_name=pgettext_lazy("commitment", "month")
    )
    starts_at = models.DateTimeField(_("begins"))
    place = models.CharField(_("meeting place"), max_length=100)
    chair = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+", verbose_name=_("chaired by"))
    seats = models.PositiveSmallIntegerField(
        _("how many are drawn"),
        validators=[MinValueValidator(1), MaxValueValidator(200)],
        help_text=_("In all. Every unit in which somebody filed gets at least one."),
    )
    rest = models.PositiveSmallIntegerField(
        _("meetings of rest"),
        default=3,
        validators=[MaxValueValidator(24)],
        help_text=_("Who was drawn in one of the last so many meetings comes after everybody else."),
    )
    held_at = models.DateTimeField(pgettext_lazy("meeting", "held at"), null=True, editable=False)
    reason = models.CharField(_("reason for cancelling"), max_length=300, blank=True, editable=False)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("report meeting")
        verbose_name_plural = _("report meetings")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["month"],
                condition=~models.Q(state=MeetingState.CANCELLED),
                name="one_meeting_a_month",
                violation_error_message=_("This month has its meeting already: change that one, or cancel it first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.month}月析月评会"

    @transition(
        "state", source=MeetingState.PLANNED, target=MeetingState.DRAWN, custom={"label": _("Take over the draw")}
    )
    def to_drawn(self) -> None: ...

    @transition(
        "state", source=MeetingState.DRAWN, target=MeetingState.PLANNED, custom={"label": _("Take the draw back")}
    )
    def to_undrawn(self) -> None: ...

    @transition("state", source=MeetingState.DRAWN, target=MeetingState.HELD, custom={"label": _("Close the meeting")})
    def to_held(self) -> None: ...

    @transition(
        "state",
        source=[MeetingState.PLANNED, MeetingState.DRAWN],
        target=MeetingState.CANCELLED,
        custom={"label": _("Cancel")},
    )
    def to_cancelled(self) -> None: ...


class MeetingReport(models.Model):
    """One who was drawn: whether present, what was reported, and what was remarked."""

    meeting = models.ForeignKey(ReportMeeting, models.PROTECT, related_name="reports")
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="meeting_reports")
    order = models.PositiveSmallIntegerField(_("order"))
    present = models.BooleanField(_("present"), null=True)
    said = models.TextField(_("what was reported"), max_length=2000, blank=True)
    remarks = models.TextField(_("remarks"), max_length=2000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("report in a meeting")
        verbose_name_plural = _("reports in meetings")
        ordering = ["meeting", "order"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "commitment"], name="one_report_for_each"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.person} {self.meeting}"
